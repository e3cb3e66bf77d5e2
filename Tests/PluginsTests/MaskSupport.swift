import Plugins

/// A mask as tests call it: the output as text, and what was returned.
func masked<Result>(
    _ value: String, _ mask: (UnsafeRawBufferPointer, inout [UInt8]) -> Result
) -> (text: String, result: Result) {
    let bytes = masked(Array(value.utf8), mask)
    return (String(decoding: bytes.output, as: UTF8.self), bytes.result)
}

func masked<Result>(
    _ value: [UInt8], _ mask: (UnsafeRawBufferPointer, inout [UInt8]) -> Result
) -> (output: [UInt8], result: Result) {
    var output: [UInt8] = []
    let result = value.withUnsafeBytes { mask($0, &output) }
    return (output, result)
}

func maskedText(_ value: String) -> String {
    masked(value) { Mask.text($0, into: &$1) }.text
}
