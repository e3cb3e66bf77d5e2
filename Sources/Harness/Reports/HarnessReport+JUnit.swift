internal import PluginTesting

extension HarnessReport {
    /// JUnit's XML, as its readers have settled on it (`testsuites`, `testsuite`, `testcase`, `failure`).
    public static func junit(_ files: [FileResult]) -> String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites>"]
        for file in files {
            let count = file.tests.count + (file.error == nil ? 0 : 1)
            let skipped = file.tests.count { $0.outcome == .pending }
            lines.append(
                #"  <testsuite name="\#(xml(file.path))" tests="\#(count)" failures="\#(file.failures)" "#
                    + #"skipped="\#(skipped)">"#)
            for test in file.tests { lines.append("    " + element(test, of: file)) }
            if let error = file.error {
                let name = #"name="(file)" classname="\#(xml(file.path))""#
                lines.append("    <testcase \(name)>\(failure(error))</testcase>")
            }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func element(_ test: TestResult, of file: FileResult) -> String {
        var attributes = #"name="\#(xml(test.name))" classname="\#(xml(file.path))" time="\#(test.seconds)""#
        if let line = test.line { attributes += #" file="\#(xml(file.path))" line="\#(line)""# }
        var content = ""
        switch test.outcome {
        case .passed: break
        case .pending: content = "<skipped/>"
        case .failed(let message): content = failure(message)
        }
        if !test.output.isEmpty { content += "<system-out>\(xml(test.output))</system-out>" }
        return content.isEmpty ? "<testcase \(attributes)/>" : "<testcase \(attributes)>\(content)</testcase>"
    }

    private static func failure(_ message: String) -> String {
        let first = message.split(whereSeparator: { $0.isNewline }).first.map(String.init) ?? ""
        return #"<failure message="\#(xml(first))">\#(xml(message))</failure>"#
    }

    /// XML 1.0 has no way to write most control characters: they become U+FFFD.
    private static func xml(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\n": output += "&#10;"
            case "\t", "\r": output += " "
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
