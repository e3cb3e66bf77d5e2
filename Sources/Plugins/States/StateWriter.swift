internal import CBridge
internal import Events

/// Writes values as Lua states keep them (vh_state.h), without Lua.
///
/// ```swift
/// writer.beginMap(2)
/// writer.put("title"); writer.put("Night Trains")
/// writer.put("score"); writer.put(0.5)
/// ```
struct StateWriter: ~Copyable {
    private(set) var bytes = ByteBuffer()

    mutating func removeAll() {
        bytes.removeAll()
    }

    /// Begins a table of so many keys and values, which follow one after the other.
    mutating func beginMap(_ count: Int) {
        putSize(count, small: VH_STATE_SMALL_MAP, below: 16, tag: VH_STATE_MAP)
    }

    /// Begins a list of so many values, which follow.
    mutating func beginArray(_ count: Int) {
        putSize(count, small: VH_STATE_SMALL_ARRAY, below: 16, tag: VH_STATE_ARRAY)
    }

    mutating func put(_ isTrue: Bool) {
        bytes.append(UInt8((isTrue ? VH_STATE_TRUE_VALUE : VH_STATE_FALSE_VALUE).rawValue))
    }

    mutating func put(_ integer: Int64) {
        if integer >= 0 {
            bytes.append(UInt8(VH_STATE_INTEGER.rawValue))
            bytes.append(number: UInt64(integer))
        } else {
            bytes.append(UInt8(VH_STATE_NEGATIVE_INTEGER.rawValue))
            bytes.append(number: UInt64(bitPattern: -1 - integer))
        }
    }

    mutating func put(_ double: Double) {
        bytes.append(UInt8(VH_STATE_DOUBLE.rawValue))
        withUnsafeBytes(of: double.bitPattern.littleEndian) { bytes.append($0) }
    }

    mutating func put(_ text: UnsafeRawBufferPointer) {
        putSize(text.count, small: VH_STATE_SHORT_STRING, below: 32, tag: VH_STATE_STRING)
        bytes.append(text)
    }

    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
    }

    mutating func put(_ name: StaticString) {
        put(name.rawBytes)
    }

    private mutating func putSize(_ size: Int, small: vh_state_tag, below end: Int, tag: vh_state_tag) {
        if size < end {
            bytes.append(UInt8(Int(small.rawValue) + size))
        } else {
            bytes.append(UInt8(tag.rawValue))
            bytes.append(number: UInt64(size))
        }
    }
}
