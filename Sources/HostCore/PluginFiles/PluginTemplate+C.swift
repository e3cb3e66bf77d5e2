extension PluginTemplate {
    /// A module in C. `examples/modules/in-c` is made of it.
    static func filesInC(_ name: String) -> [File] {
        [
            File(
                "\(name)/\(name).c",
                #"""
                #include "viewerhost.h"

                VH_MANIFEST({
                    "kind": "redactor",
                    "name": "\#(name)",
                    "version": "1.0.0",
                    "reads": ["user.device.ip_address"]
                })

                // VH_PASS lets the event go on as it is then, VH_DROP drops it. After `vh_fail` it goes to quarantine.
                int32_t viewerhost_redact(void) {
                    vh_mask_field("data.ip", VH_IP);
                    return VH_PASS;
                }

                """#),
            File(
                "\(name)/viewerhost.h",
                #"""
                // What a module plugin of ViewerHost in C uses of its host: version 1 of the interface in docs/module-abi.md.
                #ifndef VIEWERHOST_H
                #define VIEWERHOST_H

                #include <stddef.h>
                #include <stdint.h>

                // What `viewerhost_redact` returns.
                enum { VH_PASS = 0, VH_DROP = 1 };

                // What functions return that look for something, instead of a length.
                enum { VH_ABSENT = -1, VH_NO_TEXT = -2 };

                typedef enum { VH_IP, VH_EMAIL, VH_PHONE, VH_CARD, VH_NAME, VH_TEXT } vh_mask_kind;

                #define VH_IMPORT(name) __attribute__((import_module("viewerhost"), import_name(name)))
                #define VH_EXPORT(name) __attribute__((export_name(#name))) name

                // Used for texts that the compiler does not know; a C library's own may stand in its place.
                __attribute__((weak, no_builtin("strlen"))) size_t strlen(const char *text) {
                    size_t length = 0;
                    while (text[length] != 0) length++;
                    return length;
                }

                VH_IMPORT("get") int32_t vh_get_bytes(const char *path, size_t length, char *out, size_t capacity);
                VH_IMPORT("get_text") int32_t vh_get_text_bytes(const char *path, size_t length, char *out, size_t capacity);
                VH_IMPORT("set") void vh_set_bytes(const char *path, size_t length, const char *json, size_t json_length);
                VH_IMPORT("set_text") void vh_set_text_bytes(const char *path, size_t length, const char *text, size_t text_length);
                VH_IMPORT("remove") void vh_remove_bytes(const char *path, size_t length);
                VH_IMPORT("count") int32_t vh_count_bytes(const char *path, size_t length);
                VH_IMPORT("key") int32_t vh_key_bytes(const char *path, size_t length, uint32_t index, char *out, size_t capacity);
                VH_IMPORT("mask") int32_t vh_mask(vh_mask_kind kind, const char *text, size_t length, char *out, size_t capacity);
                VH_IMPORT("hash") int32_t vh_hash(const char *text, size_t length, char *out, size_t capacity);
                VH_IMPORT("log") void vh_log_bytes(const char *text, size_t length);
                VH_IMPORT("fail") _Noreturn void vh_fail_bytes(const char *text, size_t length);

                // The JSON text of what lies at `path`. Here and below: the length, with nothing written where it is more than
                // `capacity`, or VH_ABSENT.
                static inline int32_t vh_get(const char *path, char *out, size_t capacity) {
                    return vh_get_bytes(path, __builtin_strlen(path), out, capacity);
                }

                // The text of the string at `path`; VH_NO_TEXT where it is no string. No NUL is written behind it.
                static inline int32_t vh_get_text(const char *path, char *out, size_t capacity) {
                    return vh_get_text_bytes(path, __builtin_strlen(path), out, capacity);
                }

                // Puts a JSON text at `path`.
                static inline void vh_set(const char *path, const char *json) {
                    vh_set_bytes(path, __builtin_strlen(path), json, __builtin_strlen(json));
                }

                // Puts a string at `path`.
                static inline void vh_set_text(const char *path, const char *text, size_t length) {
                    vh_set_text_bytes(path, __builtin_strlen(path), text, length);
                }

                // Takes out what lies at `path`, if anything does.
                static inline void vh_remove(const char *path) { vh_remove_bytes(path, __builtin_strlen(path)); }

                // How many members the object at `path` has, or elements the array; VH_ABSENT where there is neither.
                static inline int32_t vh_count(const char *path) { return vh_count_bytes(path, __builtin_strlen(path)); }

                // The name of member `index`, from 0, of the object at `path`.
                static inline int32_t vh_key(const char *path, uint32_t index, char *out, size_t capacity) {
                    return vh_key_bytes(path, __builtin_strlen(path), index, out, capacity);
                }

                // A line on the host's standard error.
                static inline void vh_log(const char *text) { vh_log_bytes(text, __builtin_strlen(text)); }

                // Ends the call: the event goes to quarantine with the message.
                static inline _Noreturn void vh_fail(const char *text) { vh_fail_bytes(text, __builtin_strlen(text)); }

                // Masks the string at `path`, where there is one; fails for one of more than 4096 bytes.
                static inline void vh_mask_field(const char *path, vh_mask_kind kind) {
                    char text[4096], masked[8192];
                    int32_t length = vh_get_text(path, text, sizeof text);
                    if (length < 0) return;
                    if (length > (int32_t)sizeof text) vh_fail("the text is too long to be masked");
                    length = vh_mask(kind, text, (size_t)length, masked, sizeof masked);
                    if (length > (int32_t)sizeof masked) vh_fail("the masked text is too long");
                    vh_set_text(path, masked, (size_t)length);
                }

                // The plugin's manifest, as JSON that is no string: VH_MANIFEST({"kind": "redactor", ...})
                #define VH_MANIFEST(...) \
                    int32_t VH_EXPORT(viewerhost_abi_version)(void) { return 1; } \
                    uint64_t VH_EXPORT(viewerhost_manifest)(void) { \
                        static const char text[] = #__VA_ARGS__; \
                        return (uint64_t)(sizeof text - 1) << 32 | (uintptr_t)text; \
                    }

                // Looks at an event: VH_PASS or VH_DROP.
                int32_t viewerhost_redact(void) __attribute__((export_name("viewerhost_redact")));

                #endif

                """#),
            File(
                "\(name)/build", isProgram: true,
                #"""
                #!/bin/sh
                # Builds ../\#(name).wasm with clang and wasm-ld, which come with Swift's toolchain.
                set -eu
                cd "$(dirname "$0")"
                clang --target=wasm32 -std=c17 -O2 -nostdlib -mbulk-memory -Wall -Wextra \
                    -Wl,--no-entry -Wl,--strip-all -Wl,--stack-first \#(name).c -o ../\#(name).wasm

                """#),
        ]
    }
}
