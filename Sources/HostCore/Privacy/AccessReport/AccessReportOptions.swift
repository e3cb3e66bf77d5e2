public import Events

/// What an access report is made with.
public struct AccessReportOptions: Sendable {
    /// Plugins, of which segments are asked why the viewer is in them.
    public var plugins: [PluginFile]
    public var keyFile: String
    /// Until when data of a category that came at a time are kept, both in seconds since 1970; nil where nothing limits it.
    public var retention: (@Sendable (DataCategory, Int64) -> Int64?)?

    public init(plugins: [PluginFile], keyFile: String = KeyFile.defaultPath) {
        self.plugins = plugins
        self.keyFile = keyFile
    }
}
