#ifndef CBRIDGE_NATIVE_H
#define CBRIDGE_NATIVE_H

#include <stddef.h>
#include <lua.h>

typedef enum {
    VH_ANSWER_NIL,
    VH_ANSWER_TEXT,
    VH_ANSWER_ERROR,  // Lua gets nil and the text
    VH_ANSWER_VALUE,  // the text is what vh_encode_value wrote: Lua gets the value
} vh_answer;

// A function of the host that Lua calls as `native(operation, text)`. It never raises and never calls Lua. The text
// that it answers with stays valid until the next call.
typedef vh_answer (*vh_native_function)(void *context, const char *operation, const char *text, size_t length,
                                        const char **result, size_t *result_length);

// Makes `function` the global `native`. Returns LUA_OK, or a status of lua_pcall with the error value on the stack.
int vh_set_native(lua_State *L, vh_native_function function, void *context);

// Compiles a chunk and hands its binary form to `write`, without running it. Returns as vh_set_native.
int vh_dump_chunk(lua_State *L, const char *source, size_t length, const char *name, lua_Writer write, void *context);

// The release of the Lua library that this was compiled for, such as "Lua 5.4.4".
const char *vh_lua_release(void);

#endif
