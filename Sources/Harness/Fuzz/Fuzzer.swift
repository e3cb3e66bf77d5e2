internal import Events
internal import PluginTesting
internal import Plugins

/// Leads made-up events through a plugin, which must pass, drop or fold each of them.
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

        init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        init(_ failure: PluginFailure) {
            self.init(code: failure.code, message: failure.message)
        }
    }

    private func problem(_ event: MadeUpEvent, _ running: PluginUnderTest) -> Problem? {
        event.bytes.withUnsafeBufferPointer { text in
            guard let start = text.baseAddress else { return nil }
            do throws(EventError) {
                try document.load(start, count: text.count)
            } catch {
                return Problem(code: "made_up_event", message: error.message)
            }
            switch running {
            case .redactor(let plugin): return fault(of: plugin.redact(UnsafeRawBufferPointer(text)))
            case .fold(let plugin): return fault(of: plugin, UnsafeRawBufferPointer(text))
            // It sees no event.
            case .recommender: return nil
            }
        }
    }

    private func fault(of outcome: RunningPlugin.Outcome) -> Problem? {
        switch outcome {
        case .dropped: nil
        case .failed(let failure): Problem(failure)
        case .passed(let output): fault(of: output)
        }
    }

    /// What goes wrong when a plugin folds an event of a viewer of whom it knows nothing, and is asked about it then.
    private func fault(of plugin: RunningFold, _ event: UnsafeRawBufferPointer) -> Problem? {
        let viewer = plugin.add(hasConsented: true)
        if let failure = plugin.fold(event, into: viewer).first { return Problem(failure.failure) }
        do throws(PluginFailure) {
            try plugin.ask(viewer, now: document.seconds(received: nil) ?? 0)
            return nil
        } catch {
            return Problem(error)
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
