internal import CBridge
internal import Events
internal import Lua
internal import Plugins

/// A test file, run in a Lua state of its own: to learn which tests it makes, or for one of them.
final class TestState {
    /// A test may take longer than a plugin's call, for it makes many of them.
    private static let limits = LuaLimits(memory: 256 << 20, steps: 200_000_000, nanoseconds: 10_000_000_000)
    private static let testLimit = 10_000
    private static let outputLimit = 64 << 10

    /// The tests that the file makes, in its order.
    private(set) var tests: [TestFile.Test] = []
    /// What was printed.
    private(set) var output = ""

    private let path: String
    private let plugin: PluginUnderTest?
    private let folder: TestFolder
    private let sandbox: LuaSandbox
    private let document = EventDocument()
    private var names: Set<String> = []
    private var current = 0
    /// What the last operation answered; Lua copies it at once.
    private var answer = ByteBuffer()

    /// Runs the file. `plugin` is the one that its `redact`, `segment` or `quality` leads to.
    init(_ path: String, _ source: [UInt8], _ plugin: PluginUnderTest?, _ folder: TestFolder) throws(Stop) {
        self.path = path
        self.plugin = plugin
        self.folder = folder
        do throws(LuaError) {
            // A test file has no event, but `math.random` asks one for its seed.
            var event = vh_event()
            event.seed = { _ in 0 }
            sandbox = try LuaSandbox(limits: Self.limits, event: event)
            try sandbox.setNative(answerNative, Unmanaged.passUnretained(self).toOpaque())
            try Self.prelude.span.withUnsafeBytes { bytes throws(LuaError) in try sandbox.load(bytes, name: "harness") }
            _ = sandbox.selectEntry("run")
            try source.span.withUnsafeBytes { bytes throws(LuaError) in try sandbox.load(bytes, name: path) }
        } catch {
            throw Stop(withoutInnerPlace(error.message), in: path)
        }
    }

    /// Runs one test; nil where it passed, else why not, with a place in front.
    func run(test index: Int) -> String? {
        current = index + 1
        do throws(LuaError) {
            _ = try sandbox.call()
            return nil
        } catch {
            let message = withoutInnerPlace(error.message)
            if hasPlace(message) { return message }
            return (tests[index].line.map { "\(path):\($0): " } ?? "") + message
        }
    }

    private static let prelude =
        Array(valuePrelude.rawBytes) + Array(testPrelude.rawBytes) + Array(foldPrelude.rawBytes)

    // MARK: What Lua asks for. Nothing here may raise or call Lua's state of the test.

    fileprivate func answer(
        _ operation: String, _ text: UnsafeRawBufferPointer
    ) -> (vh_answer, UnsafeRawBufferPointer) {
        answer.removeAll()
        let status = perform(operation, text)
        return (status, answer.rawBytes)
    }

    private func perform(_ operation: String, _ text: UnsafeRawBufferPointer) -> vh_answer {
        switch operation {
        case "test", "pending": add(String(decoding: text, as: UTF8.self), isPending: operation == "pending")
        case "current": give("\(current)")
        case "print": note(String(decoding: text, as: UTF8.self))
        case "redact": redact(text)
        case "viewer", "fold", "member", "report", "state": fold(operation, text)
        case "recommend": recommend(text)
        case "logs": give(plugin?.log ?? "")
        case "check": check(text)
        case "fixture": fixture(String(decoding: text, as: UTF8.self))
        case "sample": sample(String(decoding: text, as: UTF8.self))
        default: snapshot(String(decoding: text, as: UTF8.self))
        }
    }

    private func give(_ text: String, as status: vh_answer = VH_ANSWER_TEXT) -> vh_answer {
        Array(text.utf8).withUnsafeBytes { answer.append($0) }
        return status
    }

    private func refuse(_ message: String) -> vh_answer {
        give(message, as: VH_ANSWER_ERROR)
    }

    /// `text` is the place of the call and, on the next line, the test's name.
    private func add(_ text: String, isPending: Bool) -> vh_answer {
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[1])
        if tests.count == Self.testLimit { return refuse("a file may make \(Self.testLimit) tests, not more") }
        if !names.insert(name).inserted { return refuse("there are two tests '\(name)'") }
        let line = parts[0].split(separator: ":").last { Int($0) != nil }.flatMap { Int($0) }
        tests.append(TestFile.Test(name: name, line: line, isPending: isPending))
        return VH_ANSWER_NIL
    }

    private func note(_ text: String) -> vh_answer {
        if output.utf8.count + text.utf8.count > Self.outputLimit { return refuse("a test may print 64 KiB, not more") }
        output += text + "\n"
        return VH_ANSWER_NIL
    }

    private func redact(_ text: UnsafeRawBufferPointer) -> vh_answer {
        guard let plugin, current > 0 else { return refuse("redact(event) is for tests, inside it(...)") }
        guard case .redactor(let plugin) = plugin else {
            return refuse(
                "redact(event) is for redactors: a segment has segment(), a quality plugin quality(), a recommender recommend()"
            )
        }
        if let problem = problem(with: text) { return refuse(problem) }
        switch plugin.redact(text) {
        case .passed(let output):
            output.withUnsafeBytes { answer.append($0) }
            return VH_ANSWER_TEXT
        case .dropped: return VH_ANSWER_NIL
        case .failed(let failure): return give("\(failure.code)\n\(failure.message)")
        }
    }

    private func recommend(_ text: UnsafeRawBufferPointer) -> vh_answer {
        guard case .recommender(let plugin) = plugin, current > 0 else {
            return refuse("recommend(...) is for recommenders, inside it(...)")
        }
        plugin.recommend(text, into: &answer)
        return VH_ANSWER_TEXT
    }

    /// Why `text` is no event; nil where it is one, which is loaded then.
    private func problem(with text: UnsafeRawBufferPointer) -> String? {
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count > 0 else {
            return "this is no event: the text is empty"
        }
        do throws(EventError) {
            try document.load(start, count: text.count)
            return nil
        } catch {
            return "this is no event: \(error.message)"
        }
    }

    private func fold(_ operation: String, _ text: UnsafeRawBufferPointer) -> vh_answer {
        guard case .fold(let plugin) = plugin, current > 0 else {
            switch plugin {
            case .redactor: return refuse("the plugin is a redactor: it has redact(event)")
            case .recommender: return refuse("the plugin is a recommender: it has recommend(source, viewer, n)")
            case .fold, nil: return refuse("it is for tests, inside it(...)")
            }
        }
        let request = TestRequest(text)
        if operation == "fold", let problem = problem(with: request.rest(after: 1)) { return refuse(problem) }
        switch plugin.perform(operation, request, into: &answer) {
        case .nothing: return VH_ANSWER_NIL
        case .text: return VH_ANSWER_TEXT
        case .value: return VH_ANSWER_VALUE
        case .refused(let message): return refuse(message)
        }
    }

    /// Whether `text` is one JSON value: it is looked at as an event's data.
    private func check(_ text: UnsafeRawBufferPointer) -> vh_answer {
        let head = Array(#"{"specversion":"1.0","id":"1","source":"test","type":"test.parse","data":"#.utf8)
        let event = head + Array(text) + Array("}".utf8)
        return event.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return VH_ANSWER_NIL }
            do throws(EventError) {
                try document.load(start, count: bytes.count)
            } catch {
                let offset = min(max(0, error.offset - head.count), text.count)
                return refuse("byte \(offset + 1) of the text: \(error.message)")
            }
            let data = document.text(of: document.data)
            let rest = text.dropFirst(data.count).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            let isAll = data.elementsEqual(text.prefix(data.count)) && rest.isEmpty
            return isAll ? VH_ANSWER_NIL : refuse("the text is more than one JSON value")
        }
    }

    private func sample(_ type: String) -> vh_answer {
        guard let sample = Sample.event(ofType: type) else { return refuse("there is no event type '\(type)'") }
        sample.withUnsafeBytes { answer.append($0) }
        return VH_ANSWER_TEXT
    }

    /// `text` is the snapshot's quoted name and, on the next lines, the value.
    private func snapshot(_ text: String) -> vh_answer {
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].dropFirst().dropLast()
        guard let message = folder.checkSnapshot(String(parts[1]), name: String(name)) else { return VH_ANSWER_NIL }
        return give(message)
    }

    private func fixture(_ name: String) -> vh_answer {
        let bytes: [UInt8]
        do throws(Refusal) {
            bytes = try folder.fixture(name)
        } catch {
            return refuse(error.message)
        }
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty { continue }
            do throws(EventError) {
                try line.withUnsafeBufferPointer { bytes throws(EventError) in
                    if let start = bytes.baseAddress { try document.load(start, count: bytes.count) }
                }
            } catch {
                return refuse("\(name):\(index + 1):\(error.offset + 1): \(error.message)")
            }
        }
        bytes.withUnsafeBytes { answer.append($0) }
        return VH_ANSWER_TEXT
    }
}

private let answerNative: vh_native_function = { context, operation, text, length, result, resultLength in
    guard let context, let operation, let result, let resultLength else { return VH_ANSWER_NIL }
    let state = Unmanaged<TestState>.fromOpaque(context).takeUnretainedValue()
    let text = UnsafeRawBufferPointer(start: text, count: length)
    let (status, answer) = state.answer(String(cString: operation), text)
    result.pointee = answer.baseAddress?.assumingMemoryBound(to: CChar.self)
    resultLength.pointee = answer.count
    return status
}
