#include "vh_title.h"

#include <lauxlib.h>
#include "vh_sandbox.h"
#include "vh_state.h"
#include "vh_tables.h"

// Titles are asked for again and again: each is made once, and then shown to all calls. So none may change it: plugins get
// an empty table whose metatable leads to the one with the values.

enum { MOST_TITLES = 4096, BYTES_PER_STEP = 16 };

// Their addresses name values in the registry.
static const char titles_key = 0;  // the titles that were made, by key or name
static const char frozen_key = 0;  // in metatables of frozen tables: the table that is shown

int vh_unfreeze(lua_State *L, int index) {
    index = lua_absindex(L, index);
    if (!lua_getmetatable(L, index)) return 0;
    if (lua_rawgetp(L, -1, &frozen_key) != LUA_TTABLE) {
        lua_pop(L, 2);
        return 0;
    }
    lua_replace(L, index);
    lua_pop(L, 1);
    return 1;
}

static int refuse_change(lua_State *L) { return luaL_error(L, "what the catalogue has of a title cannot be changed"); }

// Upvalue: the table that is shown.
static int frozen_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

static int frozen_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushvalue(L, lua_upvalueindex(1));
    return vh_give_walk(L, lua_gettop(L));
}

static void set_method(lua_State *L, const char *name, lua_CFunction function, int shown) {
    lua_pushvalue(L, shown);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

// Puts a frozen table in the place of the one at `index`, and of those in it.
static void freeze(lua_State *L, int index) {
    luaL_checkstack(L, 8, "title nested too deep");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (lua_istable(L, -1)) {
            freeze(L, lua_gettop(L));
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, index);
        } else {
            lua_pop(L, 1);
        }
    }
    lua_newtable(L);
    lua_createtable(L, 0, 6);
    lua_pushvalue(L, index);
    lua_rawsetp(L, -2, &frozen_key);
    lua_pushvalue(L, index);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushcfunction(L, refuse_change);
    lua_setfield(L, -2, "__newindex");
    set_method(L, "__len", frozen_length, index);
    set_method(L, "__pairs", frozen_pairs, index);
    lua_setmetatable(L, -2);
    lua_replace(L, index);
}

// Pushes the table of the titles that were made; a new one where there are too many, or where they are out of date.
static void push_titles(lua_State *L, vh_event *event) {
    uint64_t version = event->title_version(event->context);
    if (event->titles_made < MOST_TITLES && event->titles_version == version
        && lua_rawgetp(L, LUA_REGISTRYINDEX, &titles_key) == LUA_TTABLE) return;
    lua_settop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &titles_key);
    event->titles_version = version;
    event->titles_made = 0;
}

int vh_host_title(lua_State *L) {
    vh_event *event = lua_touserdata(L, lua_upvalueindex(1));
    if (lua_type(L, 1) != LUA_TSTRING || event->title == NULL) return 0;
    lua_settop(L, 1);
    vh_charge(L, 10);
    push_titles(L, event);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL) return 1;
    lua_settop(L, 2);
    size_t length, count;
    const char *key = lua_tolstring(L, 1, &length);
    const uint8_t *bytes;
    vh_charge(L, (int64_t)(length / BYTES_PER_STEP));
    if (!event->title(event->context, key, length, &bytes, &count)) return 0;
    vh_decode_value(L, bytes, count);
    if (lua_istable(L, 3)) freeze(L, 3);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 3);
    lua_rawset(L, 2);
    event->titles_made++;
    return 1;
}
