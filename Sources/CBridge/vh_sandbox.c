#include "vh_sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>
#include <time.h>
#include "vh_tables.h"

// Decoding UTF-8 and reading numbers.
enum { BYTES_PER_STEP = 4 };

// MARK: Base functions that differ from liblua's.

static int base_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        lua_rawget(L, 2);
        // Lua runs finalizers with its hooks off: nothing could stop one.
        if (!lua_isnil(L, -1)) return luaL_error(L, "finalizers (__gc) are not available to plugins");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int base_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected table");
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 1;
}

static int base_load(lua_State *L) {
    size_t length;
    const char *source = luaL_checklstring(L, 1, &length);
    const char *name = luaL_optstring(L, 2, "=(load)");
    int has_environment = !lua_isnone(L, 4);
    vh_charge(L, (int64_t)length);
    if (luaL_loadbufferx(L, source, length, name, "t") != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 4);
        if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
    }
    return 1;
}

// Upvalue: liblua's coroutine.close. A limit that ended a coroutine may have left its hooks switched off for ever, so
// that nothing could stop the handlers (__close) that still wait in it. Its hook counts to 1 from then on.
static int coroutine_close(lua_State *L) {
    lua_State *routine = lua_tothread(L, 1);
    luaL_argexpected(L, routine != NULL, 1, "coroutine");
    if (lua_gethookcount(routine) == 1) return luaL_error(L, "cannot close a coroutine that a limit has ended");
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, LUA_MULTRET);
    return lua_gettop(L);
}

static int base_charge(lua_State *L) {
    vh_charge(L, luaL_checkinteger(L, 1));
    return 0;
}

// MARK: The pure part of os: instants are given, never read from a clock; everything is UTC.

static int os_time(lua_State *L) {
    static const char *const names[] = {"year", "month", "day", "hour", "min", "sec"};
    lua_Integer parts[6] = {0, 0, 0, 12, 0, 0};
    luaL_checktype(L, 1, LUA_TTABLE);
    for (int i = 0; i < 6; i++) {
        if (lua_getfield(L, 1, names[i]) == LUA_TNIL) {
            if (i < 3) return luaL_error(L, "field '%s' missing in date table", names[i]);
        } else {
            int is_integer;
            parts[i] = lua_tointegerx(L, -1, &is_integer);
            if (!is_integer || parts[i] < -100000 || parts[i] > 100000) {
                return luaL_error(L, "field '%s' is not an integer in range", names[i]);
            }
        }
        lua_pop(L, 1);
    }
    struct tm date = {
        .tm_year = (int)parts[0] - 1900, .tm_mon = (int)parts[1] - 1, .tm_mday = (int)parts[2],
        .tm_hour = (int)parts[3], .tm_min = (int)parts[4], .tm_sec = (int)parts[5],
    };
    lua_pushinteger(L, (lua_Integer)timegm(&date));
    return 1;
}

// What strftime costs at the most.
enum { STEPS_PER_CONVERSION = 20 };

static int os_date(lua_State *L) {
    const char *format = luaL_checkstring(L, 1);
    time_t instant = (time_t)luaL_checkinteger(L, 2);
    if (*format == '!') format++;
    struct tm parts;
    if (gmtime_r(&instant, &parts) == NULL) return luaL_error(L, "date result cannot be represented");
    if (strncmp(format, "*t", 2) == 0) {
        const struct { const char *name; int value; } fields[] = {
            {"year", parts.tm_year + 1900}, {"month", parts.tm_mon + 1}, {"day", parts.tm_mday},
            {"hour", parts.tm_hour}, {"min", parts.tm_min}, {"sec", parts.tm_sec},
            {"wday", parts.tm_wday + 1}, {"yday", parts.tm_yday + 1},
        };
        lua_createtable(L, 0, 9);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            lua_pushinteger(L, fields[i].value);
            lua_setfield(L, -2, fields[i].name);
        }
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "isdst");
        return 1;
    }
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (; *format != 0; format++) {
        if (*format != '%') {
            luaL_addchar(&buffer, *format);
            continue;
        }
        format++;
        if (*format == 0 || strchr("aAbBcdDFHIjmMpSTuUVwWxXyYZ%", *format) == NULL) {
            return luaL_argerror(L, 1, "invalid conversion specifier");
        }
        vh_charge(L, STEPS_PER_CONVERSION);
        if (*format == 'Z') {
            // C libraries do not agree on its name.
            luaL_addstring(&buffer, "GMT");
            continue;
        }
        const char conversion[] = {'%', *format, 0};
        char text[64];
        luaL_addlstring(&buffer, text, strftime(text, sizeof text, conversion, &parts));
    }
    luaL_pushresult(&buffer);
    return 1;
}

// MARK: Opening.

// Upvalues: a liblua function without upvalues whose work grows with its string arguments, and how many bytes make a step. It runs in
// this call's place, so that its messages name what the plugin called.
static int call_charged(lua_State *L) {
    lua_Integer bytes = 0;
    for (int i = lua_gettop(L); i > 0; i--) {
        if (lua_type(L, i) == LUA_TSTRING) bytes += (lua_Integer)lua_rawlen(L, i);
    }
    vh_charge(L, bytes == 0 ? 1 : 1 + bytes / lua_tointeger(L, lua_upvalueindex(2)));
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void vh_name_functions(lua_State *L, int from, const char *library) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, from);
    lua_setfield(L, -2, library);
    lua_pop(L, 1);
}

void vh_copy_functions(lua_State *L, int from, const char *const *names, lua_Integer bytes_per_step) {
    for (; *names != NULL; names++) {
        lua_getfield(L, from, *names);
        if (bytes_per_step > 0) {
            lua_pushinteger(L, bytes_per_step);
            lua_pushcclosure(L, call_charged, 2);
        }
        lua_setfield(L, -2, *names);
    }
}

static void open_library(lua_State *L, lua_CFunction open, const char *name, const char *const *functions,
                         lua_Integer bytes_per_step, const char *const *constants) {
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    int from = lua_gettop(L);
    vh_name_functions(L, from, name);
    lua_newtable(L);
    vh_copy_functions(L, from, functions, bytes_per_step);
    vh_copy_functions(L, from, constants, 0);
    lua_setglobal(L, name);
    lua_pop(L, 1);
}

static void open_base(lua_State *L) {
    static const char *const kept[] = {
        "assert", "error", "getmetatable", "ipairs", "pcall", "rawequal", "rawget", "rawlen", "select", "type",
        "_VERSION", NULL,
    };
    static const char *const charged[] = {"tonumber", NULL};
    static const luaL_Reg own[] = {
        {"pairs", vh_pairs}, {"next", vh_next}, {"setmetatable", base_setmetatable}, {"rawset", base_rawset},
        {"load", base_load}, {"tostring", vh_tostring}, {NULL, NULL},
    };
    lua_newtable(L);
    int fresh = lua_gettop(L);
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    int original = lua_gettop(L);
    vh_name_functions(L, original, "_G");
    lua_pushvalue(L, fresh);
    vh_copy_functions(L, original, kept, 0);
    vh_copy_functions(L, original, charged, BYTES_PER_STEP);
    luaL_setfuncs(L, own, 0);
    lua_pushvalue(L, fresh);
    lua_setfield(L, fresh, "_G");
    // Everything that is loaded from here on has the fresh table as its environment.
    lua_pushvalue(L, fresh);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_settop(L, fresh - 1);
}

static void open_libraries(lua_State *L) {
    static const char *const math_functions[] = {
        "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "log", "max", "min", "modf",
        "rad", "sin", "sqrt", "tan", "tointeger", "type", "ult", NULL,
    };
    static const char *const math_constants[] = {"huge", "maxinteger", "mininteger", "pi", NULL};
    static const char *const utf8_functions[] = {"char", "codepoint", "codes", "len", "offset", NULL};
    static const char *const coroutine_names[] = {
        "close", "create", "isyieldable", "resume", "running", "status", "yield", NULL,
    };
    static const char *const none[] = {NULL};
    open_base(L);
    open_library(L, luaopen_math, "math", math_functions, BYTES_PER_STEP, math_constants);
    open_library(L, luaopen_utf8, "utf8", utf8_functions, BYTES_PER_STEP, none);
    lua_getglobal(L, "utf8");
    lua_pushliteral(L, "[\0-\x7F\xC2-\xFD][\x80-\xBF]*");
    lua_setfield(L, -2, "charpattern");
    lua_pop(L, 1);
    open_library(L, luaopen_coroutine, "coroutine", coroutine_names, 0, none);
    lua_getglobal(L, "coroutine");
    lua_getfield(L, -1, "close");
    lua_pushcclosure(L, coroutine_close, 1);
    lua_setfield(L, -2, "close");
    lua_pop(L, 1);
    vh_open_strings(L);
    lua_setglobal(L, "string");
    vh_open_tables(L);
    lua_setglobal(L, "table");
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, os_time);
    lua_setfield(L, -2, "time");
    lua_pushcfunction(L, os_date);
    lua_setfield(L, -2, "date");
    lua_setglobal(L, "os");
}

typedef struct {
    vh_event *event;
    const char *prelude;
    size_t prelude_length;
} opening;

static int open_sandbox(lua_State *L) {
    const opening *arguments = lua_touserdata(L, 1);
    open_libraries(L);
    vh_open_sketches(L);
    vh_open_event(L, arguments->event);
    if (luaL_loadbufferx(L, arguments->prelude, arguments->prelude_length, "=prelude", "t") != LUA_OK) lua_error(L);
    lua_pushcfunction(L, base_charge);
    lua_call(L, 1, 0);
    return 1;
}

lua_State *vh_new_sandbox(vh_limits *limits, vh_event *event, const char *prelude, size_t prelude_length) {
    lua_State *L = lua_newstate(vh_allocate, limits);
    if (L == NULL) return NULL;
    *(vh_limits **)lua_getextraspace(L) = limits;
    limits->top = VH_EVENT;
    vh_begin_call(L);
    opening arguments = {event, prelude, prelude_length};
    lua_pushnil(L);  // VH_PLUGIN
    lua_pushnil(L);  // VH_ENTRY
    lua_pushcfunction(L, open_sandbox);
    lua_pushlightuserdata(L, &arguments);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
        vh_close_sandbox(L);
        return NULL;
    }
    return L;
}

// MARK: Calls from Swift. Each runs what can raise inside lua_pcall.

typedef struct {
    const char *source;
    size_t length;
    const char *name;
    lua_Integer index;
    int type;
    const char *text;
    size_t text_length;
} request;

static int run_chunk(lua_State *L) {
    request *arguments = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, arguments->source, arguments->length, arguments->name, "t") != LUA_OK) return lua_error(L);
    lua_call(L, 0, 1);
    return 1;
}

int vh_load_plugin(lua_State *L, const char *source, size_t length, const char *name) {
    vh_begin_call(L);
    request arguments = {source, length, name};
    lua_pushcfunction(L, run_chunk);
    lua_pushlightuserdata(L, &arguments);
    int status = lua_pcall(L, 1, 1, 0);
    if (status != LUA_OK) return status;
    if (vh_limits_of(L)->tripped != VH_TRIP_NONE) return LUA_ERRRUN;
    lua_replace(L, VH_PLUGIN);
    return LUA_OK;
}

static int read_field(lua_State *L) {
    request *arguments = lua_touserdata(L, 1);
    lua_pushstring(L, arguments->name);
    lua_rawget(L, 2);
    if (arguments->index > 0) {
        if (lua_istable(L, -1)) lua_rawgeti(L, -1, arguments->index);
        else lua_pushnil(L);
    }
    arguments->type = lua_type(L, -1);
    if (arguments->type == LUA_TSTRING || arguments->type == LUA_TNUMBER) {
        arguments->text = lua_tolstring(L, -1, &arguments->text_length);
    } else if (arguments->type == LUA_TBOOLEAN) {
        arguments->text = lua_toboolean(L, -1) ? "true" : "false";
        arguments->text_length = strlen(arguments->text);
    }
    return 1;
}

static int read_plugin(lua_State *L, request *arguments) {
    if (!lua_istable(L, VH_PLUGIN)) {
        arguments->type = LUA_TNONE;
        lua_pushnil(L);
        return LUA_OK;
    }
    lua_pushcfunction(L, read_field);
    lua_pushlightuserdata(L, arguments);
    lua_pushvalue(L, VH_PLUGIN);
    return lua_pcall(L, 2, 1, 0);
}

int vh_plugin_element(lua_State *L, const char *name, lua_Integer index, const char **text, size_t *length) {
    request arguments = {.name = name, .index = index};
    int status = read_plugin(L, &arguments);
    lua_pop(L, 1);
    if (status != LUA_OK) return LUA_TNONE;
    *text = arguments.text;
    *length = arguments.text_length;
    return arguments.type;
}

int vh_plugin_field(lua_State *L, const char *name, const char **text, size_t *length) {
    return vh_plugin_element(L, name, 0, text, length);
}

int vh_set_entry(lua_State *L, const char *name) {
    request arguments = {.name = name};
    if (read_plugin(L, &arguments) != LUA_OK || arguments.type != LUA_TFUNCTION) {
        lua_pop(L, 1);
        return 0;
    }
    lua_replace(L, VH_ENTRY);
    return 1;
}

int vh_call_entry(lua_State *L, vh_event *event, int *result) {
    vh_begin_call(L);
    int status = vh_refresh_event(L, event);
    if (status != LUA_OK) return status;
    lua_pushvalue(L, VH_ENTRY);
    lua_pushvalue(L, VH_EVENT);
    status = lua_pcall(L, 1, 1, 0);
    if (status != LUA_OK) return status;
    if (vh_limits_of(L)->tripped != VH_TRIP_NONE) return LUA_ERRRUN;
    *result = lua_touserdata(L, -1) == event->whole ? 1 : lua_isnil(L, -1) ? 0 : -1;
    lua_pop(L, 1);
    return LUA_OK;
}

const char *vh_error_text(lua_State *L, size_t *length) {
    // No conversion: that could allocate, and so raise.
    if (lua_type(L, -1) == LUA_TSTRING) return lua_tolstring(L, -1, length);
    const char *text = "the error value is no string";
    *length = strlen(text);
    return text;
}

void vh_pop_error(lua_State *L) {
    lua_settop(L, vh_limits_of(L)->top);
    // Where Lua collects because there is no memory left, it calls no finalizers: sketches that are garbage would stay.
    if (vh_limits_of(L)->tripped == VH_TRIP_MEMORY) lua_gc(L, LUA_GCCOLLECT, 0);
}
