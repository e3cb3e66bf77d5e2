#include "vh_tables.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include "vh_limits.h"

// What comparing keys, and moving an element of a list, costs.
enum { BYTES_PER_STEP = 4, STEPS_PER_MOVE = 4 };

// So many keys need no memory of Lua's.
enum { KEYS_IN_PLACE = 16 };

// MARK: Keys in a defined order. liblua seeds its string hash anew in every state, so `next` has none.

typedef struct {
    int rank;  // 0 number, 1 string, 2 boolean
    int place;  // on Lua's stack, which keeps the text where it is: a table with weak values may lose its keys at any time
    lua_Integer position;
    lua_Number number;
    const char *text;
    size_t length;
} sort_key;

static int compare_keys(const void *left, const void *right) {
    const sort_key *a = left, *b = right;
    if (a->rank != b->rank) return a->rank - b->rank;
    if (a->rank == 1) {
        int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
        if (order != 0) return order;
        return (a->length > b->length) - (a->length < b->length);
    }
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position);
}

// Reads the key at a place of the stack; 0 where it is of a type that has no order.
static int read_key(lua_State *L, int place, sort_key *key) {
    *key = (sort_key){.place = place};
    switch (lua_type(L, place)) {
    case LUA_TNUMBER:
        key->number = lua_tonumber(L, place);
        key->position = lua_isinteger(L, place) ? lua_tointeger(L, place) : 0;
        return 1;
    case LUA_TSTRING:
        key->rank = 1;
        key->text = lua_tolstring(L, place, &key->length);
        return 1;
    case LUA_TBOOLEAN:
        key->rank = 2;
        key->number = lua_toboolean(L, place);
        return 1;
    default: return 0;
    }
}

void vh_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    enum { FEW = 16, LARGEST = 64 };
    if (count > FEW || size > LARGEST) return qsort(items, count, size, compare);
    char item[LARGEST];
    for (char *next = (char *)items + size; next < (char *)items + count * size; next += size) {
        char *place = next;
        while (place > (char *)items && compare(next, place - size) < 0) place -= size;
        if (place == next) continue;
        memcpy(item, next, size);
        memmove(place + size, place, (size_t)(next - place));
        memcpy(place, item, size);
    }
}

int vh_push_keys(lua_State *L, int index) {
    int base = lua_gettop(L);
    luaL_checkstack(L, 6, "table too large to walk");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        luaL_checkstack(L, 6, "table too large to walk");
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
    }
    return lua_gettop(L) - base;
}

lua_Integer vh_push_sorted_keys(lua_State *L, int index) {
    index = lua_absindex(L, index);
    int base = lua_gettop(L), count = vh_push_keys(L, index);
    sort_key in_place[KEYS_IN_PLACE];
    sort_key *keys = in_place;
    if (count > KEYS_IN_PLACE) keys = lua_newuserdatauv(L, sizeof *keys * (size_t)count, 0);
    lua_Integer bytes = 0;
    int sorted = 0, last = 0;
    for (int place = base + 1; place <= base + count; place++) {
        if (read_key(L, place, &keys[sorted])) {
            bytes += (lua_Integer)keys[sorted++].length;
        } else if (last == 0) {
            last = place;
        } else {
            luaL_error(L, "cannot walk a table with several keys that are tables or functions: they have no order that "
                          "would be the same in every run (keep them in a list)");
        }
    }
    vh_charge(L, count + 1 + bytes / BYTES_PER_STEP);
    vh_sort(keys, (size_t)sorted, sizeof *keys, compare_keys);
    lua_createtable(L, count, 0);
    for (int i = 0; i < sorted; i++) {
        lua_pushvalue(L, keys[i].place);
        lua_rawseti(L, -2, i + 1);
    }
    // The one key without an order comes last.
    if (last != 0) {
        lua_pushvalue(L, last);
        lua_rawseti(L, -2, count);
    }
    if (count > 0) lua_replace(L, base + 1);
    lua_settop(L, base + 1);
    return count;
}

// Upvalues: keys, how many, the position of the last one given, the table. What a plugin calls this with may be no table.
static int walk_step(lua_State *L) {
    lua_Integer count = lua_tointeger(L, lua_upvalueindex(2));
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3));
    while (position < count) {
        position++;
        lua_rawgeti(L, lua_upvalueindex(1), position);
        lua_pushvalue(L, -1);
        lua_rawget(L, lua_upvalueindex(4));
        if (!lua_isnil(L, -1)) {
            lua_pushinteger(L, position);
            lua_replace(L, lua_upvalueindex(3));
            return 2;
        }
        lua_pop(L, 2);
    }
    return 0;
}

static int walk_nothing(lua_State *L) {
    (void)L;
    return 0;
}

int vh_give_walk(lua_State *L, int index) {
    index = lua_absindex(L, index);
    lua_Integer count = vh_push_sorted_keys(L, index);
    if (count == 0) {
        lua_pushcfunction(L, walk_nothing);
    } else {
        lua_pushinteger(L, count);
        lua_pushinteger(L, 0);
        lua_pushvalue(L, index);
        lua_pushcclosure(L, walk_step, 4);
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

int vh_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    return vh_give_walk(L, 1);
}

int vh_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    lua_Integer count = vh_push_sorted_keys(L, 1);
    lua_Integer position = 0;
    if (!lua_isnil(L, 2)) {
        do {
            if (++position > count) return luaL_error(L, "invalid key to 'next'");
            lua_rawgeti(L, 3, position);
            int same = lua_rawequal(L, -1, 2);
            lua_pop(L, 1);
            if (same) break;
        } while (1);
    }
    vh_charge(L, position);
    if (position == count) return 0;
    lua_rawgeti(L, 3, position + 1);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

// MARK: The functions of `table` that are not written in Lua. A list may be an array of an event's.

static void check_list(lua_State *L) {
    int type = lua_type(L, 1);
    luaL_argexpected(L, type == LUA_TTABLE || type == LUA_TUSERDATA, 1, "table");
}

static void move_element(lua_State *L, lua_Integer from, lua_Integer to) {
    vh_charge(L, STEPS_PER_MOVE);
    lua_geti(L, 1, from);
    lua_seti(L, 1, to);
}

static int table_insert(lua_State *L) {
    check_list(L);
    lua_Integer end = (lua_Integer)((lua_Unsigned)luaL_len(L, 1) + 1);
    lua_Integer position = end;
    int count = lua_gettop(L);
    if (count == 3) {
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)position - 1 < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > position; i--) move_element(L, i - 1, i);
    } else if (count != 2) {
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    vh_charge(L, STEPS_PER_MOVE);
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    check_list(L);
    lua_Integer length = luaL_len(L, 1);
    lua_Integer position = luaL_optinteger(L, 2, length);
    if (position != length) {
        luaL_argcheck(L, (lua_Unsigned)position - 1 <= (lua_Unsigned)length, 2, "position out of bounds");
    }
    vh_charge(L, STEPS_PER_MOVE);
    lua_geti(L, 1, position);
    int is_there = position > 0 && position <= length;
    for (; position < length; position++) move_element(L, position + 1, position);
    if (is_there) {
        lua_pushnil(L);
        lua_seti(L, 1, length);
    }
    return 1;
}

static int table_concat(lua_State *L) {
    check_list(L);
    size_t separator_length;
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = first; i <= last; i++) {
        vh_charge(L, 2);
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1)) {
            return luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
        }
        luaL_addvalue(&buffer);
        if (i == last) break;
        luaL_addlstring(&buffer, separator, separator_length);
    }
    luaL_pushresult(&buffer);
    return 1;
}

void vh_open_tables(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"concat", table_concat}, {NULL, NULL},
    };
    luaL_newlib(L, functions);
}
