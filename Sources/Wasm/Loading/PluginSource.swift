internal import Foundation

/// A plugin's file, read once for all that runs it.
public struct PluginSource: Sendable {
    /// The folder whose plugins, and those in folders below it, are never run natively.
    public static let untrustedFolder = "untrusted"

    /// How the names of plugins end.
    public static let endings = [".lua", ".wasm"]

    /// The path; messages name it.
    public let path: String
    public let bytes: [UInt8]
    /// Whether it is never run natively, whatever else is asked for.
    public let isUntrusted: Bool
    /// The module, where the file is one.
    let module: ModulePlugin?

    /// A plugin that was read from `path`. One that lies in ``untrustedFolder`` is not trusted, whatever `isUntrusted` says.
    public init(path: String, bytes: [UInt8], isUntrusted: Bool = false) {
        self.path = path
        self.bytes = bytes
        module = ModulePlugin.isModule(bytes) ? ModulePlugin(file: path, bytes: bytes) : nil
        let file = URL(fileURLWithPath: path)
        // A link into the folder leads to what is not trusted, and one that is in the folder is not trusted itself.
        self.isUntrusted =
            isUntrusted
            || [file, file.resolvingSymlinksInPath()].contains {
                $0.deletingLastPathComponent().pathComponents.contains(Self.untrustedFolder)
            }
    }
}

/// Where a plugin runs; the results are the same.
public enum PluginHome: String, CaseIterable, Sendable {
    /// In the host's process: the fast way.
    case native
    /// In WebAssembly: whatever a plugin does, it reaches nothing but the events, and can be stopped.
    case wasm
}
