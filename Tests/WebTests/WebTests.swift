import Foundation
import Testing

/// What the driver says of one case.
private struct CaseResult: Decodable, Sendable {
    let `case`: String
    let problem: String?
    let notes: [String]
    let seconds: Double
}

/// `drive.py`, which opens the pages of `.build-web` in Chromium.
private enum Driver {
    /// The names of all cases; empty where the driver cannot be started.
    static let cases: [String] =
        (try? run(["--list"])).flatMap { output in
            try? JSONDecoder().decode([String].self, from: Data(output.utf8))
        } ?? []

    /// What became of each case, in one run of the browser for all. It takes minutes, and must not hold up a thread that
    /// other tests wait for.
    static let results = Task {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try runAll() }) }
        }
    }

    private static func runAll() throws -> [String: CaseResult] {
        let output = try run([products + "/host"])
        let results = try output.split(separator: "\n").map { line in
            try JSONDecoder().decode(CaseResult.self, from: Data(line.utf8))
        }
        return Dictionary(uniqueKeysWithValues: results.map { ($0.case, $0) })
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", folder.path + "/drive.py"] + arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "drive.py ended with \(process.terminationStatus); what it says of that is above. "
                    + "It needs the pages (`make web`) and Chromium (`scripts/bootstrap web`)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite("The web pages, in Chromium")
struct WebTests {
    @Test("are tested by cases that the driver knows")
    func driverHasCases() {
        #expect(Driver.cases.count > 50)
    }

    @Test("do what a reader expects of them", arguments: Driver.cases)
    func passes(_ name: String) async throws {
        let result = try #require(try await Driver.results.value[name], "the driver did not come to this case")
        #expect(result.problem == nil)
        for note in result.notes { print("\(name): \(note)") }
    }
}
