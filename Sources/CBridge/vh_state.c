#include "vh_state.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include "vh_limits.h"
#include "vh_recommend.h"
#include "vh_sketch.h"
#include "vh_tables.h"
#include "vh_title.h"

enum { MAX_DEPTH = 16, KEYS_IN_PLACE = 16, BYTES_PER_STEP = 16 };

// MARK: Writing

static void put(lua_State *L, vh_state_buffer *buffer, const void *bytes, size_t length) {
    if (length > buffer->limit - buffer->count) {
        buffer->exceeded = 1;
        luaL_error(L, "the state is larger than %d bytes", (int)buffer->limit);
    }
    if (buffer->count + length > buffer->capacity) {
        size_t capacity = buffer->capacity * 2 + length + 256;
        uint8_t *grown = realloc(buffer->bytes, capacity);
        if (grown == NULL) luaL_error(L, "not enough memory");
        buffer->bytes = grown;
        buffer->capacity = capacity;
    }
    memcpy(buffer->bytes + buffer->count, bytes, length);
    buffer->count += length;
}

static void put_byte(lua_State *L, vh_state_buffer *buffer, uint8_t byte) { put(L, buffer, &byte, 1); }

static void put_number(lua_State *L, vh_state_buffer *buffer, uint8_t tag, uint64_t number) {
    uint8_t bytes[11] = {tag};
    size_t length = 1;
    do {
        bytes[length++] = (uint8_t)(number & 0x7F) | (number > 0x7F ? 0x80 : 0);
        number >>= 7;
    } while (number != 0);
    put(L, buffer, bytes, length);
}

// A tag that has a small size within it, or a tag and the size.
static void put_size(lua_State *L, vh_state_buffer *buffer, uint8_t small, uint64_t end, uint8_t tag, uint64_t size) {
    if (size < end) put_byte(L, buffer, (uint8_t)(small + size));
    else put_number(L, buffer, tag, size);
}

static void put_integer(lua_State *L, vh_state_buffer *buffer, lua_Integer number) {
    if (number < 0) put_number(L, buffer, VH_STATE_NEGATIVE_INTEGER, (uint64_t)(-1 - number));
    else put_size(L, buffer, VH_STATE_SMALL_INTEGER, 64, VH_STATE_INTEGER, (uint64_t)number);
}

static void put_double(lua_State *L, vh_state_buffer *buffer, lua_Number number) {
    uint8_t bytes[9];
    float narrow = (float)number;
    if ((double)narrow == number) {
        bytes[0] = VH_STATE_FLOAT;
        memcpy(bytes + 1, &narrow, 4);
        put(L, buffer, bytes, 5);
    } else {
        bytes[0] = VH_STATE_DOUBLE;
        memcpy(bytes + 1, &number, 8);
        put(L, buffer, bytes, 9);
    }
}

static void put_string(lua_State *L, vh_state_buffer *buffer, const char *text, size_t length) {
    put_size(L, buffer, VH_STATE_SHORT_STRING, 32, VH_STATE_STRING, length);
    put(L, buffer, text, length);
}

// A key of a table: an integer, or a string, whose text Lua's stack keeps alive.
typedef struct {
    const char *text;
    size_t length;
    lua_Integer integer;
    int place;
} map_key;

static int compare_keys(const void *left, const void *right) {
    const map_key *a = left, *b = right;
    if (a->text == NULL || b->text == NULL) {
        if (a->text != b->text) return a->text == NULL ? -1 : 1;
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static void put_value(lua_State *L, vh_state_buffer *buffer, int index, int depth);

static void put_map(lua_State *L, vh_state_buffer *buffer, int index, int depth) {
    int base = lua_gettop(L), count = vh_push_keys(L, index);
    vh_charge(L, count + 1);
    map_key in_place[KEYS_IN_PLACE];
    map_key *keys = in_place;
    if (count > KEYS_IN_PLACE) keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
    for (int i = 0; i < count; i++) {
        map_key *key = &keys[i];
        *key = (map_key){.place = base + 1 + i};
        if (lua_type(L, key->place) == LUA_TSTRING) key->text = lua_tolstring(L, key->place, &key->length);
        else if (lua_isinteger(L, key->place)) key->integer = lua_tointeger(L, key->place);
        else luaL_error(L, "a %s cannot be a key in a state: use integers and strings", luaL_typename(L, key->place));
    }
    vh_sort(keys, (size_t)count, sizeof *keys, compare_keys);
    put_size(L, buffer, VH_STATE_SMALL_MAP, 16, VH_STATE_MAP, (uint64_t)count);
    for (int i = 0; i < count; i++) {
        if (keys[i].text != NULL) put_string(L, buffer, keys[i].text, keys[i].length);
        else put_integer(L, buffer, keys[i].integer);
        lua_pushvalue(L, keys[i].place);
        lua_rawget(L, index);
        put_value(L, buffer, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    lua_settop(L, base);
}

static void put_list(lua_State *L, vh_state_buffer *buffer, int index, size_t count, int depth) {
    put_size(L, buffer, VH_STATE_SMALL_ARRAY, 16, VH_STATE_ARRAY, count);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        put_value(L, buffer, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
}

static size_t count_of_keys(lua_State *L, int index) {
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        count++;
        lua_pop(L, 1);
    }
    return count;
}

static void put_table(lua_State *L, vh_state_buffer *buffer, int index, int depth) {
    vh_unfreeze(L, index);
    if (depth >= MAX_DEPTH) luaL_error(L, "a state nested deeper than %d levels (or in itself)", MAX_DEPTH);
    luaL_checkstack(L, 6, "state nested too deep");
    vh_complete(L, index);
    // A list has no keys but its positions.
    size_t length = (size_t)lua_rawlen(L, index);
    if (length > 0 && count_of_keys(L, index) == length) {
        vh_charge(L, (int64_t)length + 1);
        put_list(L, buffer, index, length, depth);
    } else {
        put_map(L, buffer, index, depth);
    }
}

static void put_sketch(lua_State *L, vh_state_buffer *buffer, int index) {
    if (!vh_is_sketch(L, index)) luaL_error(L, "an event's value cannot be kept in a state: keep strings and numbers of it");
    const uint8_t *bytes;
    luaL_checkstack(L, 4, "state nested too deep");
    size_t length = vh_sketch_bytes(L, index, &bytes);
    vh_charge(L, (int64_t)(length / BYTES_PER_STEP));
    put_number(L, buffer, VH_STATE_SKETCH, length);
    put(L, buffer, bytes, length);
}

static void put_value(lua_State *L, vh_state_buffer *buffer, int index, int depth) {
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: put_byte(L, buffer, lua_toboolean(L, index) ? VH_STATE_TRUE_VALUE : VH_STATE_FALSE_VALUE); break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) put_integer(L, buffer, lua_tointeger(L, index));
        else put_double(L, buffer, lua_tonumber(L, index));
        break;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        put_string(L, buffer, text, length);
        break;
    }
    case LUA_TTABLE: put_table(L, buffer, index, depth); break;
    case LUA_TUSERDATA: put_sketch(L, buffer, index); break;
    case LUA_TLIGHTUSERDATA: put_byte(L, buffer, VH_STATE_NULL_VALUE); break;
    default: luaL_error(L, "a %s cannot be kept in a state", luaL_typename(L, index));
    }
}

void vh_encode_value(lua_State *L, int index, vh_state_buffer *buffer) {
    buffer->exceeded = 0;
    put_value(L, buffer, lua_absindex(L, index), 0);
}

void vh_free_state_buffer(vh_state_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (vh_state_buffer){NULL, 0, 0, buffer->limit, 0};
}

// MARK: Reading

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
} reader;

static void fail(lua_State *L) { luaL_error(L, "the stored state is damaged"); }

static const uint8_t *take(lua_State *L, reader *from, uint64_t length) {
    if (length > (uint64_t)(from->end - from->next)) fail(L);
    const uint8_t *bytes = from->next;
    from->next += length;
    return bytes;
}

static uint64_t take_number(lua_State *L, reader *from) {
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        uint8_t byte = *take(L, from, 1);
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return number;
    }
    fail(L);
    return 0;
}

static void push_value(lua_State *L, reader *from, int depth);

// Each element takes a byte at the least: so the size of a table that is made is bounded by the bytes.
static size_t checked_count(lua_State *L, const reader *from, uint64_t count, size_t bytes_each, int depth) {
    if (depth >= MAX_DEPTH || count > (size_t)(from->end - from->next) / bytes_each) fail(L);
    luaL_checkstack(L, 4, "state nested too deep");
    return (size_t)count;
}

static void push_map(lua_State *L, reader *from, uint64_t number, int depth) {
    size_t count = checked_count(L, from, number, 2, depth);
    lua_createtable(L, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        push_value(L, from, MAX_DEPTH);
        if (lua_type(L, -1) != LUA_TSTRING && !lua_isinteger(L, -1)) fail(L);
        push_value(L, from, depth + 1);
        lua_rawset(L, -3);
    }
}

static void push_array(lua_State *L, reader *from, uint64_t number, int depth) {
    size_t count = checked_count(L, from, number, 1, depth);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 1; i <= count; i++) {
        push_value(L, from, depth + 1);
        lua_rawseti(L, -2, (lua_Integer)i);
    }
}

static void push_string(lua_State *L, reader *from, uint64_t length) {
    if (length > (uint64_t)(from->end - from->next)) fail(L);
    lua_pushlstring(L, (const char *)take(L, from, length), (size_t)length);
}

static void push_sketch(lua_State *L, reader *from, uint64_t length) {
    if (length > (uint64_t)(from->end - from->next)) fail(L);
    luaL_checkstack(L, 4, "state nested too deep");
    if (!vh_push_sketch(L, take(L, from, length), (size_t)length)) fail(L);
}

static void push_double(lua_State *L, reader *from, uint8_t tag) {
    if (tag == VH_STATE_FLOAT) {
        float narrow;
        memcpy(&narrow, take(L, from, sizeof narrow), sizeof narrow);
        lua_pushnumber(L, narrow);
    } else {
        double number;
        memcpy(&number, take(L, from, sizeof number), sizeof number);
        lua_pushnumber(L, number);
    }
}

static void push_value(lua_State *L, reader *from, int depth) {
    uint8_t tag = *take(L, from, 1);
    if (tag < VH_STATE_SHORT_STRING) return lua_pushinteger(L, tag);
    if (tag < VH_STATE_SMALL_MAP) return push_string(L, from, (uint64_t)(tag - VH_STATE_SHORT_STRING));
    if (tag < VH_STATE_SMALL_ARRAY) return push_map(L, from, (uint64_t)(tag - VH_STATE_SMALL_MAP), depth);
    if (tag < VH_STATE_FALSE_VALUE) return push_array(L, from, (uint64_t)(tag - VH_STATE_SMALL_ARRAY), depth);
    switch (tag) {
    case VH_STATE_FALSE_VALUE:
    case VH_STATE_TRUE_VALUE: lua_pushboolean(L, tag == VH_STATE_TRUE_VALUE); break;
    case VH_STATE_NULL_VALUE: lua_pushlightuserdata(L, NULL); break;
    case VH_STATE_INTEGER: lua_pushinteger(L, (lua_Integer)take_number(L, from)); break;
    case VH_STATE_NEGATIVE_INTEGER: lua_pushinteger(L, -1 - (lua_Integer)take_number(L, from)); break;
    case VH_STATE_FLOAT:
    case VH_STATE_DOUBLE: push_double(L, from, tag); break;
    case VH_STATE_STRING: push_string(L, from, take_number(L, from)); break;
    case VH_STATE_MAP: push_map(L, from, take_number(L, from), depth); break;
    case VH_STATE_SKETCH: push_sketch(L, from, take_number(L, from)); break;
    case VH_STATE_ARRAY: push_array(L, from, take_number(L, from), depth); break;
    default: fail(L);
    }
}

void vh_decode_value(lua_State *L, const uint8_t *bytes, size_t length) {
    reader from = {bytes, bytes + length};
    vh_charge(L, 1 + (int64_t)(length / BYTES_PER_STEP));
    push_value(L, &from, 0);
    if (from.next != from.end) fail(L);
}
