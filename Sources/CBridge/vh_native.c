#include "vh_native.h"

#include <lauxlib.h>

#include "vh_limits.h"
#include "vh_state.h"

typedef struct {
    vh_native_function function;
    void *context;
} native;

// Copying, and what the host does with it.
enum { BYTES_PER_STEP = 16 };

static int call_native(lua_State *L) {
    const native *upvalue = lua_touserdata(L, lua_upvalueindex(1));
    const char *operation = luaL_checkstring(L, 1);
    size_t length, result_length = 0;
    const char *text = luaL_optlstring(L, 2, "", &length), *result = "";
    vh_charge(L, 1 + (int64_t)(length / BYTES_PER_STEP));
    vh_answer answer = upvalue->function(upvalue->context, operation, text, length, &result, &result_length);
    vh_charge(L, 1 + (int64_t)(result_length / BYTES_PER_STEP));
    if (answer == VH_ANSWER_NIL) return 0;
    if (answer == VH_ANSWER_VALUE) {
        vh_decode_value(L, (const uint8_t *)result, result_length);
        return 1;
    }
    if (answer == VH_ANSWER_ERROR) lua_pushnil(L);
    lua_pushlstring(L, result, result_length);
    return answer == VH_ANSWER_ERROR ? 2 : 1;
}

static int set_native(lua_State *L) {
    const native *given = lua_touserdata(L, 1);
    native *kept = lua_newuserdatauv(L, sizeof *kept, 0);
    *kept = *given;
    lua_pushcclosure(L, call_native, 1);
    lua_setglobal(L, "native");
    return 0;
}

int vh_set_native(lua_State *L, vh_native_function function, void *context) {
    native given = {function, context};
    lua_pushcfunction(L, set_native);
    lua_pushlightuserdata(L, &given);
    return lua_pcall(L, 1, 0, 0);
}

typedef struct {
    const char *source;
    size_t length;
    const char *name;
    lua_Writer write;
    void *context;
} dump;

static int dump_chunk(lua_State *L) {
    const dump *arguments = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, arguments->source, arguments->length, arguments->name, "t") != LUA_OK) return lua_error(L);
    lua_dump(L, arguments->write, arguments->context, 0);
    return 0;
}

int vh_dump_chunk(lua_State *L, const char *source, size_t length, const char *name, lua_Writer write, void *context) {
    dump arguments = {source, length, name, write, context};
    lua_pushcfunction(L, dump_chunk);
    lua_pushlightuserdata(L, &arguments);
    return lua_pcall(L, 1, 0, 0);
}

const char *vh_lua_release(void) {
    return LUA_RELEASE;
}
