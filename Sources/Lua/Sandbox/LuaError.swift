/// Why Lua code did not come to its end.
public struct LuaError: Error, Equatable, Sendable {
    public enum Code: UInt8, CaseIterable, Sendable {
        /// The source is no Lua text.
        case syntax
        /// The code raised an error.
        case runtime
        case instructionLimit
        case memoryLimit
        case timeLimit
    }

    public let code: Code
    /// Lua's own message; it begins with `file:line:` where Lua knows them.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension LuaError.Code {
    /// A stable name for reports and JSON.
    public var name: StaticString {
        switch self {
        case .syntax: "syntax"
        case .runtime: "error"
        case .instructionLimit: "instruction_limit"
        case .memoryLimit: "memory_limit"
        case .timeLimit: "time_limit"
        }
    }
}
