internal import Events
internal import Store

extension AccessReport {
    /// Writes the report to `path`, as a zip where its name ends so, else as a new folder: `report.html` for people, `report.json`,
    /// the events as they are stored, and tables. It appears there when it is whole.
    public func write(to path: String) throws(HostError) {
        let folder = try ReportFolder(for: path)
        try folder.file("report.html").write(AccessPage(self).markup.text)
        let json = try folder.file("report.json")
        let lines = try folder.file("events.ndjson")
        let tables = try CategoryTables(survey.shapes, in: folder)
        var writer = EventWriter()
        begin(&writer)
        try forEachEvent { event, entry, text throws(HostError) in
            let shape = survey.shapes.shape(of: event)
            write(event, shape, entry, text, to: &writer)
            try Self.flush(&writer) { json.page.bytes.append($0) }
            try json.flushIfFull()
            lines.page.bytes.append(text)
            lines.page.bytes.append("\n")
            try lines.flushIfFull()
            try tables.add(
                event, shape, survey.shapes.nodes, at: entry.position, received: received.text(of: entry.received))
        }
        finish(&writer)
        json.page.bytes.append(writer.bytes.rawBytes)
        try writeQuarantine(in: folder)
        // It is on record before anybody has it.
        try recordMade()
        let (file, store) = (WrittenFile(.accessReport, path: absolutePath(ofNew: path)), requests.store)
        try HostError.translating { () throws(StoreError) in
            for viewer in person.viewers where try store.hasAny(of: [viewer]) {
                return try store.remember(file, of: viewer)
            }
        }
        try folder.finish(at: requests.time)
    }

    private func writeQuarantine(in folder: ReportFolder) throws(HostError) {
        if quarantined.isEmpty { return }
        let file = try folder.file("quarantine.ndjson")
        for event in quarantined {
            event.body.withUnsafeBytes { file.page.bytes.append($0) }
            file.page.bytes.append("\n")
            try file.flushIfFull()
        }
    }
}
