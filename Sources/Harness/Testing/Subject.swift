internal import Foundation
internal import Wasm

/// A plugin, and the file of its tests where there is one.
struct Subject {
    let plugin: String
    let tests: String?

    private static let suffix = "_test.lua"

    /// What there is to test at a path: a test file, a plugin or a folder.
    static func all(at path: String) throws(HarnessError) -> [Subject] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missingPath(path) }
        if isFolder.boolValue { return inFolder(path.hasSuffix("/") ? String(path.dropLast()) : path) }
        if path.hasSuffix(suffix) { return [Subject(tests: path)] }
        return [Subject(plugin: path)]
    }

    private init(tests: String) {
        let name = String(tests.dropLast(Self.suffix.count))
        let plugins = PluginSource.endings.map { name + $0 }
        plugin = plugins.first { FileManager.default.fileExists(atPath: $0) } ?? plugins[0]
        self.tests = tests
    }

    private init(plugin: String) {
        self.plugin = plugin
        let tests = Self.name(of: plugin) + Self.suffix
        self.tests = FileManager.default.fileExists(atPath: tests) ? tests : nil
    }

    /// The path without its ending.
    private static func name(of plugin: String) -> String {
        String(plugin.dropLast(PluginSource.endings.first { plugin.hasSuffix($0) }?.count ?? 0))
    }

    /// The test files in a folder and below, and the plugins in the folder itself and in its folder of untrusted ones.
    private static func inFolder(_ folder: String) -> [Subject] {
        let files = FileManager.default.enumerator(
            at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        let root = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents.count
        var names: [String] = []
        while let file = files?.nextObject() as? URL {
            let name = file.standardizedFileURL.pathComponents.dropFirst(root).joined(separator: "/")
            let folders = name.split(separator: "/").dropLast()
            let isPlugin =
                PluginSource.endings.contains { name.hasSuffix($0) }
                && (folders.isEmpty || folders == [Substring(PluginSource.untrustedFolder)])
            if isPlugin || name.hasSuffix(suffix) { names.append(name) }
        }
        let tested = names.filter { $0.hasSuffix(suffix) }.map { Subject(tests: folder + "/" + $0) }
        let others = Set(names.filter { !$0.hasSuffix(suffix) }.map { folder + "/" + $0 })
            .subtracting(tested.map { $0.plugin }).map { Subject(plugin: $0) }
        return (tested + others).sorted { $0.plugin < $1.plugin }
    }
}
