internal import Events
internal import Plugins
internal import Wasm

/// A run's plugins, loaded once for each worker.
struct PluginChains {
    private(set) var chains: [any EventChain] = []
    private(set) var manifests: [Manifest] = []

    init(_ options: RunOptions, key: [UInt8]) throws(HostError) {
        let count = max(1, options.jobs)
        switch options.isolation {
        case .native:
            let context = PluginContext(limits: options.limits, hash: KeyedHash(key: key))
            for _ in 0..<count {
                var redactors: [Redactor] = []
                for file in options.plugins { redactors.append(try file.load(context)) }
                manifests = redactors.map { $0.manifest }
                chains.append(RedactorChain(redactors))
            }
        case .wasm:
            let plugins = options.plugins.map { IsolatedPlugin(file: $0.path, source: $0.source) }
            do throws(WasmError) {
                let isolation = try Isolation()
                for _ in 0..<count {
                    let chain = try isolation.chain(plugins, key: key, limits: options.limits)
                    manifests = chain.manifests
                    chains.append(chain)
                }
            } catch {
                if case .plugin(let file, let message) = error { throw .plugin(file: file, message: message) }
                throw .isolation(error.message)
            }
        }
    }
}
