/// Masks for personal values: what is left is useful for counting and support, and no longer points at a person.
///
/// Every function appends to `output` and works on UTF-8 bytes. The field masks (`ip`, `email`, `phone`, `card`,
/// `name`) fail closed: a value that is not of the kind becomes `[redacted]`, never itself, and `false` is returned.
/// Masking a masked value changes nothing.
///
///     ip     203.0.113.77           203.0.113.0
///     email  anna@example.org       a***@e***.org
///     phone  +49 30 1234567         +49***67
///     card   4111-1111-1111-1111    ****1111
///     name   Anna Maria Smith       A. M. S.
///     text   mail anna@example.org  mail [email]
public enum Mask {
    /// What stands in for a value that could not be masked.
    public static let redacted: StaticString = "[redacted]"

    /// Appends `[redacted]`; returns `false` so that a mask can end with it.
    static func redact(into output: inout [UInt8]) -> Bool {
        append(redacted, to: &output)
        return false
    }

    static func append(_ text: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
