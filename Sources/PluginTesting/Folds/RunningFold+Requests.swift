internal import Events
internal import Plugins

/// What a test asks of a plugin that folds: lines, of which the first is the number of a `segment()` or `quality()`.
struct TestRequest {
    private let text: UnsafeRawBufferPointer

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// The line with this number, from 0; empty where there is none.
    func line(_ number: Int) -> String {
        let rest = rest(after: number)
        return String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// What follows so many lines.
    func rest(after lines: Int) -> UnsafeRawBufferPointer {
        var rest = text[...]
        for _ in 0..<lines {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                return UnsafeRawBufferPointer(start: nil, count: 0)
            }
            rest = rest[(end + 1)...]
        }
        return UnsafeRawBufferPointer(rebasing: rest)
    }
}

extension RunningFold {
    enum Reply {
        case nothing
        /// The answer is JSON, or a failure's code and, on the next lines, its message.
        case text
        /// The answer is a state's bytes.
        case value
        case refused(String)
    }

    /// Does what a test asks for. An event to fold must have been found to be one.
    func perform(_ operation: String, _ request: TestRequest, into answer: inout ByteBuffer) -> Reply {
        if operation == "viewer" { return open(request, into: &answer) }
        guard let number = Int(request.line(0)), has(number) else { return .refused("there is no such viewer") }
        switch operation {
        case "fold": return fold(request.rest(after: 1), number, into: &answer)
        case "member": return member(number, at: request.rest(after: 1), into: &answer)
        case "report": return report(number, request, into: &answer)
        default:
            withState(of: number) { answer.append($0) }
            return answer.count > 0 ? .value : .nothing
        }
    }

    /// The request says which function was called, and whether the viewer has consented.
    private func open(_ request: TestRequest, into answer: inout ByteBuffer) -> Reply {
        let kind = "\(fold.manifest.kind.name)"
        if request.line(0) != kind { return .refused("the plugin is of kind '\(kind)': it has \(kind)()") }
        answer.append(text: "\(add(hasConsented: request.line(1) == "true"))")
        return .text
    }

    private func fold(_ text: UnsafeRawBufferPointer, _ number: Int, into answer: inout ByteBuffer) -> Reply {
        let failures = fold(text, into: number)
        if failures.isEmpty { return .nothing }
        for (index, failure) in failures.enumerated() {
            answer.append(index == 0 ? "[" : ",")
            answer.append("{\"code\":")
            answer.append(string: failure.failure.code)
            answer.append(",\"message\":")
            answer.append(string: failure.failure.message)
            answer.append(",\"event\":")
            answer.append(string: failure.event)
            answer.append("}")
        }
        answer.append("]")
        return .text
    }

    private func member(_ number: Int, at text: UnsafeRawBufferPointer, into answer: inout ByteBuffer) -> Reply {
        guard let time = Int64(String(decoding: text, as: UTF8.self)) ?? seconds(of: text) else {
            return .refused("member(now) takes seconds since 1970, or an RFC 3339 time")
        }
        do throws(PluginFailure) {
            switch try member(number, now: time) {
            case .refused(let reason):
                answer.append("{\"member\":false,\"events\":[],\"refused\":")
                answer.append(string: "\(reason)")
            case .member(let membership):
                answer.append(membership.isMember ? "{\"member\":true" : "{\"member\":false")
                append(membership, into: &answer)
            }
            answer.append("}")
        } catch {
            answer.append(text: "\(error.code)\n\(error.message)")
        }
        return .text
    }

    private func seconds(of text: UnsafeRawBufferPointer) -> Int64? {
        Timestamp.microseconds(of: text).map { $0 >= 0 ? $0 / 1_000_000 : ($0 - 999_999) / 1_000_000 }
    }

    private func append(_ membership: Membership, into answer: inout ByteBuffer) {
        if !membership.reason.isEmpty {
            answer.append(",\"reason\":")
            answer.append(string: membership.reason)
        }
        answer.append(",\"events\":[")
        for (index, event) in membership.events.compactMap({ id(of: $0) }).enumerated() {
            if index > 0 { answer.append(",") }
            answer.append(string: event)
        }
        answer.append("]")
        if let until = membership.until { answer.append(text: ",\"expires\":\(until)") }
    }

    private func report(_ number: Int, _ request: TestRequest, into answer: inout ByteBuffer) -> Reply {
        guard case .quality(let quality) = fold.manifest.kind else { return .nothing }
        let name = request.line(1)
        let dimension = quality.dimensions.first { "\($0.name)" == name }
        if !name.isEmpty, dimension == nil { return .refused("'\(name)' is not in the plugin's `by`") }
        do throws(PluginFailure) {
            guard let numbers = try report(number, dimension, Array(request.rest(after: 2))) else { return .nothing }
            answer.append("{")
            var isFirst = true
            for (column, number) in zip(quality.columns, numbers) {
                guard let number else { continue }
                if !isFirst { answer.append(",") }
                isFirst = false
                answer.append(string: column)
                answer.append(text: Int64(exactly: number).map { ":\($0)" } ?? ":\(number)")
            }
            answer.append("}")
        } catch {
            answer.append(text: "\(error.code)\n\(error.message)")
        }
        return .text
    }
}
