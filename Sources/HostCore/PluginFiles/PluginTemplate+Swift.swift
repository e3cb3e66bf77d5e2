extension PluginTemplate {
    /// A module in Embedded Swift. `examples/modules/in-swift` is made of it.
    static func filesInSwift(_ name: String) -> [File] {
        [
            File(
                "\(name)/\(name).swift",
                #"""
                let manifest: StaticString = """
                    {
                      "kind": "redactor",
                      "name": "\#(name)",
                      "version": "1.0.0",
                      "reads": ["user.device.ip_address"]
                    }
                    """

                /// `.pass` lets the event go on as it is then, `.drop` drops it. After `fail(_:)` it goes to quarantine.
                func redact() -> Decision {
                    if let ip = Event.text("data.ip") { Event.setText("data.ip", Mask.ip(ip)) }
                    return .pass
                }

                """#),
            File(
                "\(name)/ViewerHost.swift",
                #"""
                // What a module plugin of ViewerHost in Embedded Swift uses of its host: version 1 of the interface in docs/module-abi.md.

                /// What becomes of an event.
                enum Decision: Int32 {
                    case pass = 0
                    case drop = 1
                }

                /// The event at hand. A path has the names of members with dots between them; the empty path is the whole event.
                enum Event {
                    /// The text of the string at `path`; nil where there is none.
                    static func text(_ path: String) -> String? {
                        received { out, capacity in withBytes(path) { hostGetText($0, $1, out, capacity) } }
                    }

                    /// The JSON text of what lies at `path`; nil where there is nothing.
                    static func json(_ path: String) -> String? {
                        received { out, capacity in withBytes(path) { hostGet($0, $1, out, capacity) } }
                    }

                    /// Puts a string at `path`.
                    static func setText(_ path: String, _ text: String) {
                        withBytes(path) { path, length in withBytes(text) { hostSetText(path, length, $0, $1) } }
                    }

                    /// Puts a JSON text at `path`.
                    static func set(_ path: String, json: String) {
                        withBytes(path) { path, length in withBytes(json) { hostSet(path, length, $0, $1) } }
                    }

                    /// Takes out what lies at `path`, if anything does.
                    static func remove(_ path: String) {
                        withBytes(path) { hostRemove($0, $1) }
                    }

                    /// How many members the object at `path` has, or elements the array; nil where there is neither.
                    static func count(_ path: String) -> Int? {
                        let count = withBytes(path) { hostCount($0, $1) }
                        return count < 0 ? nil : Int(count)
                    }

                    /// The name of member `index`, from 0, of the object at `path`; nil where there is none.
                    static func key(_ path: String, _ index: Int) -> String? {
                        received { out, capacity in withBytes(path) { hostKey($0, $1, Int32(index), out, capacity) } }
                    }
                }

                /// What is still useful of a value, without the person.
                enum Mask {
                    static func ip(_ text: String) -> String { masked(0, text) }
                    static func email(_ text: String) -> String { masked(1, text) }
                    static func phone(_ text: String) -> String { masked(2, text) }
                    static func card(_ text: String) -> String { masked(3, text) }
                    static func name(_ text: String) -> String { masked(4, text) }
                    static func text(_ text: String) -> String { masked(5, text) }

                    private static func masked(_ kind: Int32, _ text: String) -> String {
                        received { out, capacity in withBytes(text) { hostMask(kind, $0, $1, out, capacity) } } ?? ""
                    }
                }

                /// 32 hexadecimal digits that stand for the value, under the host's key.
                func hash(_ value: String) -> String {
                    received { out, capacity in withBytes(value) { hostHash($0, $1, out, capacity) } } ?? ""
                }

                /// A line on the host's standard error.
                func log(_ text: String) {
                    withBytes(text) { hostLog($0, $1) }
                }

                /// Ends the call: the event goes to quarantine with the message.
                func fail(_ message: String) -> Never {
                    withBytes(message) { hostFail($0, $1) }
                    fatalError()
                }

                // MARK: The interface itself

                private typealias Bytes = UnsafePointer<UInt8>
                private typealias Room = UnsafeMutablePointer<UInt8>

                @_extern(wasm, module: "viewerhost", name: "get") @_extern(c)
                private func hostGet(_ path: Bytes, _ length: Int32, _ out: Room, _ capacity: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "get_text") @_extern(c)
                private func hostGetText(_ path: Bytes, _ length: Int32, _ out: Room, _ capacity: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "set") @_extern(c)
                private func hostSet(_ path: Bytes, _ length: Int32, _ json: Bytes, _ jsonLength: Int32)
                @_extern(wasm, module: "viewerhost", name: "set_text") @_extern(c)
                private func hostSetText(_ path: Bytes, _ length: Int32, _ text: Bytes, _ textLength: Int32)
                @_extern(wasm, module: "viewerhost", name: "remove") @_extern(c)
                private func hostRemove(_ path: Bytes, _ length: Int32)
                @_extern(wasm, module: "viewerhost", name: "count") @_extern(c)
                private func hostCount(_ path: Bytes, _ length: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "key") @_extern(c)
                private func hostKey(_ path: Bytes, _ length: Int32, _ index: Int32, _ out: Room, _ capacity: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "mask") @_extern(c)
                private func hostMask(_ kind: Int32, _ text: Bytes, _ length: Int32, _ out: Room, _ capacity: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "hash") @_extern(c)
                private func hostHash(_ text: Bytes, _ length: Int32, _ out: Room, _ capacity: Int32) -> Int32
                @_extern(wasm, module: "viewerhost", name: "log") @_extern(c)
                private func hostLog(_ text: Bytes, _ length: Int32)
                @_extern(wasm, module: "viewerhost", name: "fail") @_extern(c)
                private func hostFail(_ text: Bytes, _ length: Int32)

                private func withBytes<R>(_ text: String, _ body: (Bytes, Int32) -> R) -> R {
                    var text = text
                    return text.withUTF8 { bytes in
                        // The address of nothing is still an address.
                        guard let start = bytes.baseAddress else { return withUnsafeBytes(of: 0) { body(address(of: $0), 0) } }
                        return body(start, Int32(bytes.count))
                    }
                }

                private func address(of bytes: UnsafeRawBufferPointer) -> Bytes {
                    bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
                }

                /// The text that `fill` writes, which tells its length, and may have to be called again with more room; nil where the
                /// length is negative.
                private func received(_ fill: (Room, Int32) -> Int32) -> String? {
                    var capacity: Int32 = 256
                    while true {
                        let room = Room.allocate(capacity: Int(capacity))
                        defer { room.deallocate() }
                        let length = fill(room, capacity)
                        if length < 0 { return nil }
                        if length <= capacity {
                            return String(decoding: UnsafeBufferPointer(start: room, count: Int(length)), as: UTF8.self)
                        }
                        capacity = length
                    }
                }

                @_expose(wasm, "viewerhost_abi_version")
                @c(viewerhost_abi_version)
                public func viewerhostABIVersion() -> Int32 {
                    1
                }

                @_expose(wasm, "viewerhost_manifest")
                @c(viewerhost_manifest)
                public func viewerhostManifest() -> Int64 {
                    Int64(manifest.utf8CodeUnitCount) << 32 | Int64(UInt(bitPattern: manifest.utf8Start))
                }

                @_expose(wasm, "viewerhost_redact")
                @c(viewerhost_redact)
                public func viewerhostRedact() -> Int32 {
                    redact().rawValue
                }

                """#),
            File(
                "\(name)/runtime.c",
                #"""
                // What Embedded Swift expects of a C library: memory from the end of the module's own on, in blocks of powers of two.
                #include <stddef.h>
                #include <stdint.h>

                enum { HEADER = 16, SMALLEST = 5, LARGEST = 30, PAGE = 65536 };

                extern unsigned char __heap_base;

                typedef struct block {
                    struct block *next;
                } block;

                static block *freed[LARGEST + 1];
                static uintptr_t end;

                static void *new_block(unsigned power) {
                    size_t size = (size_t)1 << power;
                    if (end == 0) end = ((uintptr_t)&__heap_base + HEADER - 1) & ~(uintptr_t)(HEADER - 1);
                    size_t room = __builtin_wasm_memory_size(0) * PAGE - end;
                    if (size > room && __builtin_wasm_memory_grow(0, (size - room + PAGE - 1) / PAGE) == (size_t)-1) return NULL;
                    void *start = (void *)end;
                    end += size;
                    return start;
                }

                int posix_memalign(void **result, size_t alignment, size_t size) {
                    unsigned power = SMALLEST;
                    while (power <= LARGEST && (size_t)1 << power < size + HEADER) power++;
                    if (power > LARGEST || alignment > HEADER) return 12;
                    block *start = freed[power];
                    if (start != NULL) freed[power] = start->next;
                    else start = new_block(power);
                    if (start == NULL) return 12;
                    *(unsigned *)start = power;
                    *result = (char *)start + HEADER;
                    return 0;
                }

                void free(void *pointer) {
                    if (pointer == NULL) return;
                    block *start = (block *)((char *)pointer - HEADER);
                    unsigned power = *(unsigned *)start;
                    start->next = freed[power];
                    freed[power] = start;
                }

                __attribute__((no_builtin("memcmp", "bcmp"))) int memcmp(const void *left, const void *right, size_t length) {
                    const unsigned char *a = left, *b = right;
                    for (size_t i = 0; i < length; i++) {
                        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
                    }
                    return 0;
                }

                """#),
            File(
                "\(name)/build", isProgram: true,
                #"""
                #!/bin/sh
                # Builds ../\#(name).wasm with Swift's toolchain alone.
                set -eu
                cd "$(dirname "$0")"
                objects=$(mktemp -d)
                trap 'rm -rf "$objects"' EXIT
                swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -enable-experimental-feature Extern \
                    -wmo -Osize -parse-as-library -Xfrontend -disable-stack-protector -module-name plugin -c *.swift -o "$objects/plugin.o"
                clang --target=wasm32 -std=c17 -O2 -mbulk-memory -Wall -Wextra -c runtime.c -o "$objects/runtime.o"
                # Strings that are compared or taken apart need Unicode's tables.
                unicode=$(dirname "$(command -v swiftc)")/../lib/swift/embedded/wasm32-unknown-none-wasm/libswiftUnicodeDataTables.a
                wasm-ld --no-entry --gc-sections --strip-all --stack-first "$objects"/*.o "$unicode" -o ../\#(name).wasm

                """#),
        ]
    }
}
