internal import PluginTesting

/// What results look like: here for people, in the other files for programs.
public enum HarnessReport {
    /// One plugin's results.
    public static func text(_ file: FileResult) -> String {
        var lines = [file.path + (file.isIsolated ? " (isolated)" : "")]
        for test in file.tests {
            lines.append("  \(label(test.outcome))  \(oneLine(test.name))")
            lines += indented(test.output)
            if case .failed(let message) = test.outcome { lines += indented(message) }
        }
        if let error = file.error { lines += ["  FAILED   the file"] + indented(error) }
        if !file.written.isEmpty { lines.append("  snapshots written: \(file.written.joined(separator: ", "))") }
        if !file.obsolete.isEmpty {
            lines.append(
                "  snapshots that no test asks for (--update removes them): \(file.obsolete.joined(separator: ", "))")
        }
        if let coverage = file.coverage { lines.append("  coverage \(text(coverage))") }
        if file.lacksCoverage { lines.append("  coverage: none, it is measured of plugins that run natively") }
        return printable(lines.joined(separator: "\n"))
    }

    /// The last line.
    public static func summary(_ files: [FileResult], untested: [String] = []) -> String {
        let failures = files.reduce(0) { $0 + $1.failures }
        let tests = files.reduce(0) { $0 + $1.tests.count }
        let summary =
            "\(counted(tests, "test")) of \(counted(files.count, "plugin")), "
            + (failures == 0 ? "none failed" : "\(failures) failed")
        return untested.isEmpty ? summary : summary + "; without tests: \(untested.joined(separator: ", "))"
    }

    /// A name or message on one line.
    static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    /// Text in which no control character is left that a terminal would obey.
    private static func printable(_ text: String) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    private static func label(_ outcome: TestResult.Outcome) -> String {
        switch outcome {
        case .passed: "ok     "
        case .pending: "pending"
        case .failed: "FAILED "
        }
    }

    private static func indented(_ text: String) -> [String] {
        text.split(separator: "\n").map { "           \($0)" }
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func text(_ coverage: Coverage) -> String {
        let ran = coverage.lines - coverage.missed.count
        let tenths = Int((coverage.percent * 10).rounded(.down))
        let share = "\(tenths / 10).\(tenths % 10) % (\(ran) of \(coverage.lines) lines)"
        return coverage.missed.isEmpty ? share : "\(share); not run: \(ranges(coverage.missed))"
    }

    /// `[3, 4, 5, 9]` as `3-5, 9`.
    private static func ranges(_ lines: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for line in lines {
            if let last = ranges.last, last.upperBound == line - 1 {
                ranges[ranges.count - 1] = last.lowerBound...line
            } else {
                ranges.append(line...line)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }
}
