package import Events

/// What a store keeps of one viewer for one plugin: the gate's record, and behind it the plugin's state.
package struct FoldEntry {
    package let record: GateRecord
    /// No bytes where there is no state.
    package let state: UnsafeRawBufferPointer

    /// No bytes are an entry without anything. A record that cannot be read keeps the state from being used.
    package init(_ bytes: UnsafeRawBufferPointer) {
        var place = 0
        guard let record = GateRecord(decoding: bytes, at: &place) else {
            self.record = GateRecord()
            state = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        self.record = record
        state = UnsafeRawBufferPointer(rebasing: bytes[place...])
    }

    /// Appends an entry; nothing where there is nothing to keep.
    package static func write(_ record: GateRecord, _ state: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
        if state.isEmpty, record == GateRecord() { return }
        record.encode(into: &output)
        output.append(state)
    }
}
