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
        plugin = tests.dropLast(Self.suffix.count) + ".lua"
        self.tests = tests
    }

    private init(plugin: String) {
        self.plugin = plugin
        let tests = (plugin.hasSuffix(".lua") ? plugin.dropLast(4) : plugin[...]) + Self.suffix
        self.tests = FileManager.default.fileExists(atPath: String(tests)) ? String(tests) : nil
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
                name.hasSuffix(".lua") && (folders.isEmpty || folders == [Substring(PluginSource.untrustedFolder)])
            if isPlugin || name.hasSuffix(suffix) { names.append(name) }
        }
        let tested = Set(names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) + ".lua" })
        return names.sorted().compactMap { name in
            if name.hasSuffix(suffix) { return Subject(tests: folder + "/" + name) }
            return tested.contains(name) ? nil : Subject(plugin: folder + "/" + name)
        }
    }
}
