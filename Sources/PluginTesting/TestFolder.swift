/// What a test asks of the files beside it. This one has no files, for homes that have none; another overrides all.
open class TestFolder {
    public init() {}

    /// The content of a file beside the test or below, as NDJSON.
    open func fixture(_ name: String) throws(Refusal) -> [UInt8] {
        throw Refusal("fixture '\(name)' is a file, and there are none here: run the test with `host test`")
    }

    /// Says which test the snapshots that follow are of.
    open func beginSnapshots(of test: String) {}

    /// Nil where the value is the one of the snapshot, or is it from now on; else what to say. A `name` is on one line.
    open func checkSnapshot(_ value: String, name: String) -> String? {
        "a snapshot is in a file, and there are none here: run the test with `host test`"
    }
}

/// Why a test does not get what it asked for; the test fails with it.
public struct Refusal: Error {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }
}
