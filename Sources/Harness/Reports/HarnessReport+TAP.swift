internal import PluginTesting

extension HarnessReport {
    /// TAP 14 (testanything.org).
    public static func tap(_ files: [FileResult]) -> String {
        var lines: [String] = []
        var number = 0
        for file in files {
            for test in file.tests {
                number += 1
                let name = "\(number) - \(escaped(file.path)): \(escaped(test.name))"
                switch test.outcome {
                case .passed: lines.append("ok \(name)")
                case .pending: lines.append("ok \(name) # SKIP pending")
                case .failed(let message): lines += ["not ok \(name)"] + diagnosis(message)
                }
            }
            if let error = file.error {
                number += 1
                lines += ["not ok \(number) - \(escaped(file.path))"] + diagnosis(error)
            }
        }
        return (["TAP version 14", "1..\(number)"] + lines).joined(separator: "\n")
    }

    private static func diagnosis(_ message: String) -> [String] {
        let lines = message.split(whereSeparator: { $0.isNewline })
        return ["  ---", "  message: |"] + lines.map { "    \($0)" } + ["  ..."]
    }

    /// A name on one line, in which `#` begins no directive.
    private static func escaped(_ name: String) -> String {
        oneLine(name).split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\\#")
    }
}
