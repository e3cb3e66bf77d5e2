/// A WebAssembly module put together by hand, for engines that are none.
struct SmallModule {
    /// An exported function: what it takes (`i` an i32, `l` an i64), whether it returns an i32, and its instructions without
    /// the `end`.
    struct Function {
        let name: String
        var parameters = ""
        var returns = false
        var body: [UInt8] = []
    }

    var functions: [Function] = []
    /// 64 KiB each; nil for no memory.
    var pages: Int? = 1
    /// What the memory begins with.
    var data: [UInt8] = []
    /// An imported function, as module and name.
    var imported: (String, String)?

    static let unreachable: [UInt8] = [0x00]
    static let endless: [UInt8] = [0x03, 0x40, 0x0C, 0x00, 0x0B]

    /// Puts functions in the place of those of the same name.
    mutating func replace(_ changes: [Function]) {
        functions.removeAll { function in changes.contains { $0.name == function.name } }
        functions += changes
    }

    static let load: [UInt8] = [0x28, 0x02, 0x00]
    static let store: [UInt8] = [0x36, 0x02, 0x00]

    static func constant(_ number: Int) -> [UInt8] {
        [0x41] + signed(number)
    }

    /// An engine that does all it is asked and has nothing to say; `changes` are instead of its own functions.
    static func engine(_ changes: [Function] = []) -> SmallModule {
        let own: [Function] = [
            Function(name: "_initialize"), Function(name: "vh_abi_version", returns: true, body: constant(2)),
            Function(name: "vh_block_new", parameters: "i", returns: true, body: constant(1024)),
            Function(name: "vh_block_free", parameters: "i"),
            Function(name: "vh_results", returns: true, body: constant(0)),
            Function(name: "vh_results_length", returns: true, body: constant(0)),
            Function(name: "vh_set_key", parameters: "ii"), Function(name: "vh_feed", parameters: "ii"),
            Function(name: "vh_feed_edits", parameters: "ii"),
            Function(name: "vh_process", parameters: "i", returns: true, body: constant(0)),
            Function(name: "vh_report"),
            Function(name: "vh_load", parameters: "iiiiill", returns: true, body: constant(1)),
            Function(name: "vh_progress", returns: true, body: constant(0)),
        ]
        let kept = own.filter { function in !changes.contains { $0.name == function.name } }
        return SmallModule(functions: kept + changes)
    }

    var bytes: [UInt8] {
        var types = functions.map { function in
            [0x60] + Self.list(function.parameters.map { $0 == "i" ? [0x7F] : [0x7E] })
                + (function.returns ? [1, 0x7F] : [0])
        }
        types.append([0x60, 0, 0])
        var module: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        module += Self.section(1, Self.list(types))
        if let (from, name) = imported {
            module += Self.section(2, Self.list([Self.name(from) + Self.name(name) + [0, UInt8(functions.count)]]))
        }
        let first = imported == nil ? 0 : 1
        module += Self.section(3, Self.list(functions.indices.map { [UInt8($0)] }))
        if let pages { module += Self.section(5, Self.list([[0] + Self.unsigned(pages)])) }
        var exports = functions.indices.map { Self.name(functions[$0].name) + [0, UInt8($0 + first)] }
        if pages != nil { exports.append(Self.name("memory") + [2, 0]) }
        module += Self.section(7, Self.list(exports))
        module += Self.section(
            10,
            Self.list(
                functions.map { function in
                    let code = [0] + function.body + [0x0B]
                    return Self.unsigned(code.count) + code
                }))
        if !data.isEmpty {
            module += Self.section(11, Self.list([[0] + Self.constant(0) + [0x0B] + Self.unsigned(data.count) + data]))
        }
        return module
    }

    private static func section(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        [number] + unsigned(content.count) + content
    }

    private static func list(_ items: [[UInt8]]) -> [UInt8] {
        unsigned(items.count) + items.flatMap { $0 }
    }

    private static func name(_ text: String) -> [UInt8] {
        unsigned(text.utf8.count) + Array(text.utf8)
    }

    private static func unsigned(_ number: Int) -> [UInt8] {
        number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80)] + unsigned(number >> 7)
    }

    private static func signed(_ number: Int) -> [UInt8] {
        (-0x40..<0x40).contains(number)
            ? [UInt8(number & 0x7F)] : [UInt8(number & 0x7F | 0x80)] + signed(number >> 7)
    }
}
