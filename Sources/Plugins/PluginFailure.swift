public import Lua

/// Why a plugin could not be loaded.
public enum PluginLoadError: Error, Equatable, Sendable {
    case manifest(ManifestError)
    case lua(LuaError)

    /// What is wrong, and what to do about it.
    public var message: String {
        switch self {
        case .manifest(let error): error.message
        case .lua(let error): error.message
        }
    }
}

/// Why a plugin's call failed; the event waits in quarantine with it.
public struct PluginFailure: Error, Equatable, Sendable {
    public let plugin: String
    /// A stable name: ``LuaError/Code/name``, `output_limit`, `wrong_result`, `trap` or `circuit_open`.
    public let code: String
    public let message: String

    public init(plugin: String, code: String, message: String) {
        self.plugin = plugin
        self.code = code
        self.message = message
    }

    static func tooMuchOutput(of plugin: String) -> PluginFailure {
        PluginFailure(plugin: plugin, code: "output_limit", message: "the plugin wrote more than it may")
    }
}
