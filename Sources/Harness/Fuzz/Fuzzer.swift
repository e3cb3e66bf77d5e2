internal import Events
internal import PluginTesting
internal import Plugins

/// Leads made-up events through a plugin, which must pass or drop each of them.
struct Fuzzer {
    private let plugin: TestedPlugin
    private let document = EventDocument()
    /// How often a smaller event is tried, each in a state of its own.
    private static let tryLimit = 400

    init(_ plugin: TestedPlugin) {
        self.plugin = plugin
    }

    /// Nil where the plugin took all events; else what went wrong, and the smallest event found that shows it. `count` is
    /// at least 1.
    func run(count: Int, seed: UInt64) throws(Stop) -> String? {
        var generator = EventGenerator(seed: seed)
        let running = try plugin.load()
        for number in 1...count {
            let event = generator.next()
            guard let problem = problem(event, running) else { continue }
            // A plugin that keeps something from call to call may take this event when it is the first.
            guard self.problem(event, try plugin.load()) != nil else {
                return "\(problem.code): \(problem.message)\nonly after \(number - 1) others, at event\n"
                    + Self.text(event)
            }
            let smallest = shrink(event, problem)
            return "\(smallest.problem.code): \(smallest.problem.message)\n"
                + "event \(number); the smallest that shows it:\n\(Self.text(smallest.event))"
        }
        return nil
    }

    private func shrink(_ event: MadeUpEvent, _ problem: Problem) -> (event: MadeUpEvent, problem: Problem) {
        var smallest = (event: event, problem: problem)
        var tries = 0
        search: while true {
            for candidate in smallest.event.smaller {
                tries += 1
                guard tries <= Self.tryLimit, let running = try? plugin.load() else { return smallest }
                guard let found = self.problem(candidate, running), found.code == problem.code else { continue }
                smallest = (candidate, found)
                continue search
            }
            return smallest
        }
    }

    private struct Problem {
        let code: String
        let message: String
    }

    private func problem(_ event: MadeUpEvent, _ running: RunningPlugin) -> Problem? {
        event.bytes.withUnsafeBufferPointer { text in
            guard let start = text.baseAddress else { return nil }
            do throws(EventError) {
                try document.load(start, count: text.count)
            } catch {
                return Problem(code: "made_up_event", message: error.message)
            }
            switch running.redact(UnsafeRawBufferPointer(text)) {
            case .dropped: return nil
            case .failed(let failure): return Problem(code: failure.code, message: failure.message)
            case .passed(let output): return fault(of: output)
            }
        }
    }

    /// What is wrong with an event that the plugin passed on.
    private func fault(of bytes: [UInt8]) -> Problem? {
        bytes.withUnsafeBufferPointer { text in
            guard let start = text.baseAddress else { return nil }
            do throws(EventError) {
                try document.load(start, count: text.count)
                return nil
            } catch {
                return Problem(code: "invalid_event", message: "what the plugin made is no event: \(error.message)")
            }
        }
    }

    private static func text(_ event: MadeUpEvent) -> String {
        String(decoding: event.bytes, as: UTF8.self)
    }
}
