internal import Lua
public import Plugins
internal import Synchronization

/// A plugin that is a WebAssembly module. It is compiled once, when it is first loaded, for all workers.
public final class ModulePlugin: Sendable {
    /// What messages call it.
    public let file: String

    /// Bytes that a module may have: nothing stops a compiler.
    private static let largestModule = 16 << 20
    private static let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D]

    private let bytes: [UInt8]
    private let runtime: WasmRuntime?
    private let cache: String?
    private let module = Mutex<WasmModule?>(nil)

    /// Whether a plugin's file is a WebAssembly module, by how it begins.
    public static func isModule(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: magic)
    }

    /// A module that runs in the wasmtime that ``WasmtimeLibrary/init()`` finds.
    public init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        runtime = nil
        cache = ArtefactCache.defaultFolder
    }

    /// A module that runs in `library`, and a folder for what it is compiled to; nil for none.
    public init(file: String, bytes: [UInt8], library: WasmtimeLibrary, cache: String?) throws(WasmError) {
        self.file = file
        self.bytes = bytes
        runtime = try WasmRuntime(library, for: .plugin)
        self.cache = cache
    }

    /// Loads the module into an instance of its own.
    public func redactor(_ context: PluginContext) throws(WasmError) -> Redactor {
        try ModuleRedactor(try compiled(), context)
    }

    private func compiled() throws(WasmError) -> WasmModule {
        try module.withLock { module throws(WasmError) in
            if let module { return module }
            let made = try compile()
            module = made
            return made
        }
    }

    private func compile() throws(WasmError) -> WasmModule {
        // Module or component, and of which version.
        switch Array(bytes.dropFirst(4).prefix(4)) {
        case [1, 0, 0, 0]: break
        case let word where word.count == 4 && word[2...] == [1, 0]:
            throw .plugin(file: file, message: "it is a WebAssembly component: build a core module")
        default: throw .plugin(file: file, message: "it is no WebAssembly module of version 1")
        }
        if bytes.count > Self.largestModule {
            throw .plugin(file: file, message: "it has more than \(Self.largestModule >> 20) MiB")
        }
        let runtime = if let runtime { runtime } else { try WasmRuntime.forPlugins.get() }
        do throws(WasmError) {
            return try WasmModule(path: file, bytes: bytes, runtime, cache: cache)
        } catch .badModule(_, let reason) {
            throw .plugin(file: file, message: "it is no module that can be run (\(reason))")
        }
    }
}

extension WasmRuntime {
    /// What all module plugins of the process run in.
    fileprivate static let forPlugins = Result { () throws(WasmError) in
        try WasmRuntime(try WasmtimeLibrary(), for: .plugin)
    }
}
