import Foundation
import Store
import Testing

@Suite("What is kept of viewers is read")
struct StateReaderTests {
    @Test("of more viewers than have their keys read at a time, by list and by range, but for those who were erased")
    func many() throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(at: place.folder) }
        let store = try place.open()
        let viewers = (0..<9500).map { Int64($0) * 3 - 9000 }.filter { $0 != 0 }
        func row(_ viewer: Int64) -> [UInt8] { Array("what is kept of \(viewer)".utf8) }
        let changes = FoldChanges()
        for viewer in viewers {
            var entries = EntryList()
            row(viewer).withUnsafeBytes { entries.set($0, of: 1) }
            try changes.set(&entries, of: viewer)
        }
        try store.commit(changes)
        let erased = Set(viewers.filter { $0 % 500 == 0 })
        _ = try store.erase(erased.sorted(), at: 1)

        let reader = try store.makeStateReader()
        var entries = EntryList()
        var asked = viewers + viewers.map { $0 + 1 }
        asked.shuffle()
        var wrong = 0
        try reader.forEach(asked) { number, bytes in
            let viewer = asked[number]
            try entries.read(bytes, of: viewer, known: [1])
            let isKept = viewer % 3 == 0 && !erased.contains(viewer)
            if Array(entries.entry(of: 1)) != (isKept ? row(viewer) : []) { wrong += 1 }
        }
        #expect(wrong == 0)
        for range in [Int64.min...Int64.max, -100...15000, 1...1] {
            var found: [Int64] = []
            try reader.forEach(in: range) { viewer, bytes in
                try entries.read(bytes, of: viewer, known: [1])
                if Array(entries.entry(of: 1)) == row(viewer) { found.append(viewer) }
            }
            #expect(found == viewers.filter { range.contains($0) && !erased.contains($0) })
        }
        try reader.close()
        try store.close()
    }
}
