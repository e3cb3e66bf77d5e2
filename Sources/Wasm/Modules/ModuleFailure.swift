/// Why a call of a module did not come to its end; the event waits in quarantine with it.
struct ModuleFailure: Error {
    /// As ``PluginFailure/code``.
    let code: String
    let message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }
}
