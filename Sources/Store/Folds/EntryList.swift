public import Events

/// What a store keeps of one viewer for the plugins that fold: their entries, by the folds' numbers.
///
/// A row has, for each entry, the fold's number and the entry's length (both LEB128), and the entry.
public struct EntryList: ~Copyable {
    private var entries: [(fold: Int64, start: Int, end: Int)] = []
    private var bytes = ByteBuffer()

    public init() {}

    /// Reads the row of a viewer; entries of folds that are not `known` are left out.
    public mutating func read(
        _ row: UnsafeRawBufferPointer, of viewer: Int64, known: [Int64]
    ) throws(StoreError) {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll()
        bytes.append(row)
        let row = bytes.rawBytes
        var place = 0
        while place < row.count {
            guard let fold = row.number(at: &place), let length = row.number(at: &place), fold <= Int64.max,
                row.bytes(length, at: &place) != nil
            else { throw .damagedRow(viewer: viewer) }
            let number = Int64(fold)
            if known.contains(number) { entries.append((number, place - Int(length), place)) }
        }
    }

    /// Forgets all entries.
    public mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll()
    }

    /// A fold's entry, good until the next change; no bytes where there is none.
    public func entry(of fold: Int64) -> UnsafeRawBufferPointer {
        guard let entry = entries.first(where: { $0.fold == fold }) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: bytes.rawBytes[entry.start..<entry.end])
    }

    /// Sets a fold's entry; one without bytes is removed.
    public mutating func set(_ entry: UnsafeRawBufferPointer, of fold: Int64) {
        let start = bytes.count
        bytes.append(entry)
        let index = entries.firstIndex { $0.fold == fold }
        if entry.isEmpty {
            if let index { entries.remove(at: index) }
        } else if let index {
            entries[index] = (fold, start, bytes.count)
        } else {
            entries.append((fold, start, bytes.count))
        }
    }

    /// Appends the row, entries in the order of the folds' numbers; nothing where there is no entry.
    public mutating func write(into output: inout ByteBuffer) {
        entries.sort { $0.fold < $1.fold }
        for entry in entries {
            output.append(number: UInt64(entry.fold))
            output.append(number: UInt64(entry.end - entry.start))
            output.append(bytes.base + entry.start, count: entry.end - entry.start)
        }
    }
}
