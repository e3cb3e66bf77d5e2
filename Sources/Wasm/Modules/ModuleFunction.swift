internal import CWasmtime
internal import Plugins

/// A function that modules may import from `viewerhost`, as `docs/module-abi.md` has it, or `engine.wasm` does. All numbers are i32.
struct ModuleFunction {
    static let module = "viewerhost"

    let name: String
    let parameters: Int
    let returns: Bool
    let callback: wasmtime_func_unchecked_callback

    /// What there is at a path: nothing, or no text.
    private static let absent: Int32 = -1
    private static let otherKind: Int32 = -2

    static let all: [ModuleFunction] = [
        ModuleFunction(name: "get", parameters: 4, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                guard let text = try host.withEvent({ access throws(AccessError) in try access.json(at: path) }) else {
                    return absent
                }
                return try host.give(text, to: values[2], capacity: values[3], in: context)
            }
        },
        ModuleFunction(name: "get_text", parameters: 4, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                switch try host.withEvent({ access throws(AccessError) in try access.text(at: path) }) {
                case .absent: return absent
                case .otherKind: return otherKind
                case .text(let text): return try host.give(text, to: values[2], capacity: values[3], in: context)
                }
            }
        },
        ModuleFunction(name: "set", parameters: 4, returns: false) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                let json = try host.text(at: values[2], count: values[3], in: context)
                try host.withEvent { access throws(AccessError) in try access.set(path, json: json) }
                return nil
            }
        },
        ModuleFunction(name: "set_text", parameters: 4, returns: false) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                let text = try host.text(at: values[2], count: values[3], in: context)
                try host.withEvent { access throws(AccessError) in try access.set(path, text: text) }
                return nil
            }
        },
        ModuleFunction(name: "remove", parameters: 2, returns: false) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                try host.withEvent { access throws(AccessError) in try access.remove(path) }
                return nil
            }
        },
        ModuleFunction(name: "count", parameters: 2, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                let count = try host.withEvent { access throws(AccessError) in try access.count(at: path) }
                return count.map { Int32($0) } ?? absent
            }
        },
        ModuleFunction(name: "key", parameters: 5, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let path = try host.text(at: values[0], count: values[1], in: context)
                let index = Int(values[2])
                let name = try host.withEvent { access throws(AccessError) in try access.name(at: path, index: index) }
                guard let name else { return absent }
                return try host.give(name, to: values[3], capacity: values[4], in: context)
            }
        },
        ModuleFunction(name: "mask", parameters: 5, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let text = try host.text(at: values[1], count: values[2], in: context)
                guard let masked = host.access.masked(values[0], text) else {
                    throw ModuleFailure("error", "there is no mask of number \(values[0])")
                }
                return try host.give(masked, to: values[3], capacity: values[4], in: context)
            }
        },
        ModuleFunction(name: "hash", parameters: 4, returns: true) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let text = try host.text(at: values[0], count: values[1], in: context)
                return try host.give(host.access.hashed(text), to: values[2], capacity: values[3], in: context)
            }
        },
        ModuleFunction(name: "log", parameters: 2, returns: false) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                host.access.append(log: try host.text(at: values[0], count: values[1], in: context))
                return nil
            }
        },
        ModuleFunction(name: "fail", parameters: 2, returns: false) { environment, caller, values, _ in
            call(environment, caller, values) { host, context, values throws(ModuleFailure) in
                let text = try host.bytes(at: values[0], count: values[1], in: context).prefix(longestMessage)
                throw ModuleFailure("error", String(decoding: text, as: UTF8.self))
            }
        },
    ]

    /// Offers the function to what is linked with `linker`.
    func define(in linker: OpaquePointer, _ library: WasmtimeLibrary) throws(WasmError) {
        let wasmtime = library.functions.pointee
        let type = Self.type(parameters: parameters, results: returns ? 1 : 0, library)
        defer { wasmtime.wasm_functype_delete(type) }
        let error = wasmtime.wasmtime_linker_define_func_unchecked(
            linker, Self.module, Self.module.utf8.count, name, name.utf8.count, type, callback,
            UnsafeMutablePointer(mutating: library.functions), nil)
        if let error { throw .badRuntime(reason: library.takeMessage(error)) }
    }

    private static func type(parameters: Int, results: Int, _ library: WasmtimeLibrary) -> OpaquePointer? {
        let wasmtime = library.functions.pointee
        func numbers(_ count: Int) -> wasm_valtype_vec_t {
            let types = (0..<count).map { _ in wasmtime.wasm_valtype_new(UInt8(WASMTIME_I32)) }
            var list = wasm_valtype_vec_t()
            wasmtime.wasm_valtype_vec_new(&list, count, types)
            return list
        }
        var (taken, given) = (numbers(parameters), numbers(results))
        return wasmtime.wasm_functype_new(&taken, &given)
    }

    /// Bytes of a failure's message that are kept: a message stays with every event in quarantine.
    private static let longestMessage = 1000
}

/// Calls `body` with the host of the module that calls.
@inline(__always)
private func call(
    _ environment: UnsafeMutableRawPointer?, _ caller: OpaquePointer?,
    _ values: UnsafeMutablePointer<wasmtime_val_raw_t>?,
    _ body: (ModuleHost, OpaquePointer, GuestNumbers) throws(ModuleFailure) -> Int32?
) -> OpaquePointer? {
    GuestHost.call(ModuleHost.self, environment, caller, values, body)
}
