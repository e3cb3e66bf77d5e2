internal import ArchiveFiles
internal import Foundation
internal import Lua
internal import Plugins
internal import Store
internal import Wasm

/// Looks at all that a run needs.
public struct Doctor {
    /// What was found of one thing.
    public struct Finding: Equatable, Sendable {
        public enum State: String, Sendable {
            case ok
            /// Nothing is wrong, but it is good to know.
            case note
            case fault
        }

        public let subject: String
        public let state: State
        /// What there is and, for a fault, what to do.
        public let text: String

        init(_ subject: String, _ state: State, _ text: String) {
            self.subject = subject
            self.state = state
            self.text = text
        }
    }

    private let keyFile: String
    private let pluginFolder: String
    private let store: String?

    /// `store` is looked at where it is given.
    public init(keyFile: String = KeyFile.defaultPath, pluginFolder: String = "plugins", store: String? = nil) {
        self.keyFile = keyFile
        self.pluginFolder = pluginFolder
        self.store = store
    }

    /// Looks at everything and mends nothing.
    public func findings() -> [Finding] {
        [
            Finding("lua", .ok, LuaLibrary.release),
            sqlite,
            Finding("libzip", .ok, ZipLibrary.version),
            isolation,
            key,
        ] + plugins + (store.map { [look(atStore: $0)] } ?? []) + [cores, terminal]
    }

    private var sqlite: Finding {
        guard SQLiteLibrary.isThreadSafe else {
            return Finding(
                "sqlite", .fault, "\(SQLiteLibrary.version) is built without threads: install Debian's libsqlite3-0")
        }
        return Finding("sqlite", .ok, SQLiteLibrary.version)
    }

    private var isolation: Finding {
        do throws(WasmError) {
            let isolation = try Isolation()
            _ = try isolation.chain([], key: [], limits: LuaLimits())
            return Finding("isolation", .ok, "\(isolation.engine), run by wasmtime \(WasmtimeLibrary.version)")
        } catch {
            switch error {
            case .noLibrary, .noEngine: return Finding("isolation", .note, error.message)
            default: return Finding("isolation", .fault, error.message)
            }
        }
    }

    private var key: Finding {
        var status = stat()
        guard stat(keyFile, &status) == 0 else {
            return Finding("key", .note, "\(keyFile) is not there yet: the first run with a plugin makes it")
        }
        if status.st_mode & 0o077 != 0 {
            return Finding("key", .fault, "\(keyFile) can be read by others: chmod 600 \(keyFile)")
        }
        do throws(HostError) {
            _ = try KeyFile.key(at: keyFile)
            return Finding("key", .ok, "\(keyFile), readable by its owner alone")
        } catch {
            return Finding("key", .fault, error.message)
        }
    }

    private var plugins: [Finding] {
        let paths = PluginFile.paths(in: pluginFolder)
        if paths.isEmpty {
            return [
                Finding(
                    "plugins", .note,
                    "there is none in \(pluginFolder)/: make one with `host plugin new NAME`, or name one with --plugin"
                )
            ]
        }
        return PluginFile.descriptions(of: paths, folder: pluginFolder).map { path, result in
            switch result {
            case .success(let plugin):
                let isolated = plugin.home == .wasm ? ", isolated" : ""
                return Finding("plugin", .ok, "\(path): \(plugin.manifest.name) \(plugin.manifest.version)\(isolated)")
            case .failure(let error): return Finding("plugin", .fault, error.message)
            }
        }
    }

    private func look(atStore path: String) -> Finding {
        guard FileManager.default.fileExists(atPath: path) else {
            return Finding("store", .fault, "there is no file \(path): `host run --store \(path)` makes it")
        }
        do throws(StoreError) {
            let store = try EventStore(path: path, mode: .readOnly)
            let problems = try store.check()
            let counts = try store.counts()
            let lost = try store.lostViewers()
            try store.close()
            if let problem = problems.first {
                return Finding("store", .fault, "\(path) is damaged (\(problem)): use a backup")
            }
            if lost > 0 {
                return Finding(
                    "store", .fault,
                    "\(path) has \(lost.counted("viewer")) whose keys are lost, for the keys are older than it: put a later copy of the keys "
                        + "back; until then nothing of them is read")
            }
            let text = "\(path) is sound: \(counts.events.counted("event")) of \(counts.viewers.counted("viewer"))"
            if counts.quarantined == 0 { return Finding("store", .ok, text) }
            return Finding(
                "store", .note,
                text
                    + "; \(counts.quarantined.grouped) in quarantine: mend the plugin and `host run --replay --store \(path)`"
            )
        } catch {
            return Finding("store", .fault, error.message)
        }
    }

    private var cores: Finding {
        let count = ProcessInfo.processInfo.activeProcessorCount
        return Finding("cores", .ok, "\(count): a run has \(count == 1 ? "one worker" : "\(count) workers")")
    }

    private var terminal: Finding {
        let isTerminal = isatty(STDERR_FILENO) == 1
        return Finding(
            "terminal", .ok,
            isTerminal
                ? "standard error is one: a run shows its progress" : "standard error is none: no progress is shown")
    }
}
