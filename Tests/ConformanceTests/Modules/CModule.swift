import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Testing
import Wasm

/// A module plugin that is compiled from C for a test.
struct CModule {
    /// What the body of `viewerhost_redact` returns where it does not say.
    private static let end = "\nreturn VH_PASS;\n}\n"
    static let manifest = """
        VH_MANIFEST({"kind": "redactor", "name": "test", "version": "1.0.0", "reads": ["user", "user.unclassified", "system"]})
        """

    let bytes: [UInt8]

    /// A whole source text.
    init(source: String, flags: [String] = []) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, module) = (folder.appending(path: "module.c"), folder.appending(path: "module.wasm"))
        try Data(source.utf8).write(to: file)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments =
            [
                "clang", "--target=wasm32", "-std=c17", "-O1", "-nostdlib", "-mbulk-memory", "-Wl,--no-entry",
                "-Wl,--stack-first", "-I", root.appending(path: "examples/modules/in-c").path,
            ] + flags + [file.path, "-o", module.path]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
        bytes = Array(try Data(contentsOf: module))
    }

    /// A redactor around a function body.
    init(_ body: String, before: String = "", manifest: String = CModule.manifest) throws {
        try self.init(
            source: "#include \"viewerhost.h\"\n\(manifest)\n\(before)\nint32_t viewerhost_redact(void) {\n\(body)"
                + Self.end)
    }

    /// With a start function: that which it exports under `name`.
    func starting(with name: String) throws -> [UInt8] {
        var position = 8
        var index: UInt8 = 0
        while position < bytes.count {
            let (section, start) = (bytes[position], position)
            position += 1
            let length = number(at: &position)
            if section == 7 { index = try #require(exportedFunction(name, at: position)) }
            if section >= 9 { return Array(bytes[..<start]) + [8, 1, index] + Array(bytes[start...]) }
            position += length
        }
        throw CocoaError(.coderInvalidValue)
    }

    private func exportedFunction(_ name: String, at start: Int) -> UInt8? {
        var position = start
        for _ in 0..<number(at: &position) {
            let length = number(at: &position)
            let found = String(decoding: bytes[position..<(position + length)], as: UTF8.self)
            position += length + 1
            let index = number(at: &position)
            if found == name { return UInt8(index) }
        }
        return nil
    }

    private func number(at position: inout Int) -> Int {
        var (value, shift) = (0, 0)
        while true {
            let byte = bytes[position]
            position += 1
            value |= Int(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 { return value }
        }
    }
}

/// Loads a module as `test.wasm`.
func load(_ bytes: [UInt8], limits: LuaLimits = .patient, key: String = "", cache: String? = nil) throws -> Redactor {
    let plugin = try ModulePlugin(file: "test.wasm", bytes: bytes, library: try library.get(), cache: cache)
    return try plugin.redactor(PluginContext(limits: limits, hash: KeyedHash(key: Array(key.utf8))))
}

/// Leads lines through a module that does `body`.
func run(_ body: String, before: String = "", on lines: String, limits: LuaLimits = .patient) throws -> Ran {
    Ran(lines, through: RedactorChain([try load(try CModule(body, before: before).bytes, limits: limits)]))
}
