// What the compilers expect of a C library and wasi-libc of Debian 12 does not have.
#include <errno.h>
#include <lauxlib.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

// MARK: setjmp and longjmp, as LLVM's WebAssembly back end calls them.

void __wasm_setjmp(void *env, unsigned label, void *invocation) {
    jmp_buf *buffer = env;
    (*buffer)->invocation = invocation;
    (*buffer)->label = label;
}

// The label to go on at, where the jump's target lies in this invocation; else 0.
unsigned __wasm_setjmp_test(void *env, void *invocation) {
    jmp_buf *buffer = env;
    return (*buffer)->invocation == invocation ? (*buffer)->label : 0;
}

_Noreturn void __wasm_longjmp(void *env, int value) {
    enum { LONGJMP_TAG = 1 };
    jmp_buf *buffer = env;
    (*buffer)->thrown.env = env;
    (*buffer)->thrown.value = value != 0 ? value : 1;
    __builtin_wasm_throw(LONGJMP_TAG, &(*buffer)->thrown);
}

// MARK: What Swift's standard library calls.

// Memory is laid out the same in every run and holds no secret that a canary would guard: a constant will do.
uintptr_t __stack_chk_guard = 0x00ff0a0d;

_Noreturn void __stack_chk_fail(void) { __builtin_trap(); }

// Swift seeds its hash tables with it. A run has to give the same bytes as the last, and no plugin chooses the keys of a
// Swift dictionary, so the numbers need not be random.
void arc4random_buf(void *bytes, size_t count) {
    uint8_t *next = bytes;
    for (size_t i = 0; i < count; i++) next[i] = (uint8_t)(0x9d + 0x3b * i);
}

// The number at the start of `text`, as `Double.init(_:)` reads it.
const char *_swift_stdlib_strtod_clocale(const char *text, double *value) {
    char *end;
    *value = strtod(text, &end);
    return end;
}

// MARK: What liblua's sources call and an engine does not have.

// There are no files: without this, lauxlib would pull all of stdio in.
int luaL_loadfilex(lua_State *L, const char *name, const char *mode) {
    (void)mode;
    lua_pushfstring(L, "cannot open %s: there are no files here", name != NULL ? name : "stdin");
    return LUA_ERRFILE;
}

// MARK: Memory for what the caller hands in.

void *vh_block_new(uint32_t size) { return malloc(size); }

void vh_block_free(void *block) { free(block); }
