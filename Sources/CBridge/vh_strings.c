#define _GNU_SOURCE  // memmem
#include "vh_strings.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>
#include "vh_sandbox.h"

// The `string` library with bounded work. Matching is done by a Swift function that never raises; only the C frames
// here raise and call Lua.

// Copying and comparing.
enum { BYTES_PER_STEP = 16 };

static size_t start_position(lua_Integer position, size_t length) {
    // All positions past the end are alike; a size_t of 32 bits does not have them.
    if (position > (lua_Integer)length) return length + (position == (lua_Integer)length + 1 ? 1 : 2);
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)length) return 1;
    return length + (size_t)position + 1;
}

static size_t end_position(lua_Integer position, size_t length) {
    if (position > (lua_Integer)length) return length;
    if (position >= 0) return (size_t)position;
    if (position < -(lua_Integer)length) return 0;
    return length + (size_t)position + 1;
}

static void charge_bytes(lua_State *L, size_t bytes) {
    vh_charge(L, 1 + (int64_t)(bytes / BYTES_PER_STEP));
}

// MARK: Matching

// A pattern without its `^`.
typedef struct {
    const char *text;
    size_t length;
    int is_anchored;
} pattern;

static pattern make_pattern(const char *text, size_t length) {
    int is_anchored = length > 0 && *text == '^';
    return (pattern){text + is_anchored, length - (size_t)is_anchored, is_anchored};
}

static int search(lua_State *L, const char *subject, size_t length, pattern p, size_t from, size_t last_end,
                  vh_match *match) {
    vh_limits *limits = vh_limits_of(L);
    int status = limits->search(subject, length, p.text, p.length, from, p.is_anchored, last_end, &limits->steps, match);
    if (status == VH_MATCH_OUT_OF_STEPS) vh_charge(L, 1);
    if (status == VH_MATCH_ERROR) return luaL_error(L, "%s", match->message);
    return status == VH_MATCH_FOUND;
}

static void push_capture(lua_State *L, const char *subject, const vh_match *match, int index) {
    if (index >= match->captures) {
        if (index != 0) luaL_error(L, "invalid capture index %%%d", index + 1);
        lua_pushlstring(L, subject + match->start, match->end - match->start);
    } else if (match->capture[index].length == VH_CAPTURE_OPEN) {
        luaL_error(L, "unfinished capture");
    } else if (match->capture[index].length == VH_CAPTURE_POSITION) {
        lua_pushinteger(L, (lua_Integer)match->capture[index].start + 1);
    } else {
        lua_pushlstring(L, subject + match->capture[index].start, (size_t)match->capture[index].length);
    }
}

static int push_captures(lua_State *L, const char *subject, const vh_match *match, int whole_if_none) {
    int count = match->captures == 0 && whole_if_none ? 1 : match->captures;
    luaL_checkstack(L, count, "too many captures");
    for (int i = 0; i < count; i++) push_capture(L, subject, match, i);
    return count;
}

static int has_specials(const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (pattern[i] != 0 && strchr("^$*+?.([%-", pattern[i]) != NULL) return 1;
    }
    return 0;
}

// Plain search; NULL where there is none.
static const char *find_plain(const char *subject, size_t length, const char *wanted, size_t wanted_length) {
    if (wanted_length == 0) return subject;
    if (wanted_length > length) return NULL;
    return memmem(subject, length, wanted, wanted_length);
}

static int find_or_match(lua_State *L, int is_find) {
    size_t subject_length, pattern_length;
    const char *subject = luaL_checklstring(L, 1, &subject_length);
    const char *pattern = luaL_checklstring(L, 2, &pattern_length);
    size_t init = start_position(luaL_optinteger(L, 3, 1), subject_length) - 1;
    if (init > subject_length) {
        luaL_pushfail(L);
        return 1;
    }
    if (is_find && (lua_toboolean(L, 4) || !has_specials(pattern, pattern_length))) {
        charge_bytes(L, subject_length - init);
        const char *found = find_plain(subject + init, subject_length - init, pattern, pattern_length);
        if (found == NULL) {
            luaL_pushfail(L);
            return 1;
        }
        lua_pushinteger(L, found - subject + 1);
        lua_pushinteger(L, (lua_Integer)(found - subject) + (lua_Integer)pattern_length);
        return 2;
    }
    vh_match match;
    if (!search(L, subject, subject_length, make_pattern(pattern, pattern_length), init, VH_NO_END, &match)) {
        luaL_pushfail(L);
        return 1;
    }
    if (!is_find) return push_captures(L, subject, &match, 1);
    lua_pushinteger(L, (lua_Integer)match.start + 1);
    lua_pushinteger(L, (lua_Integer)match.end);
    return 2 + push_captures(L, subject, &match, 0);
}

static int string_find(lua_State *L) { return find_or_match(L, 1); }
static int string_match(lua_State *L) { return find_or_match(L, 0); }

// Upvalues: subject, pattern, where to search next, the end of the last match.
static int gmatch_step(lua_State *L) {
    size_t subject_length, pattern_length;
    const char *subject = lua_tolstring(L, lua_upvalueindex(1), &subject_length);
    const char *text = lua_tolstring(L, lua_upvalueindex(2), &pattern_length);
    size_t from = (size_t)lua_tointeger(L, lua_upvalueindex(3));
    size_t last_end = (size_t)lua_tointeger(L, lua_upvalueindex(4));
    vh_match match;
    // In gmatch, `^` is a character like others.
    pattern p = {text, pattern_length, 0};
    if (from > subject_length || !search(L, subject, subject_length, p, from, last_end, &match)) return 0;
    lua_pushinteger(L, (lua_Integer)match.end);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    return push_captures(L, subject, &match, 1);
}

static int string_gmatch(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    size_t init = start_position(luaL_optinteger(L, 3, 1), length) - 1;
    lua_settop(L, 2);
    if (init > length) init = length + 1;
    lua_pushinteger(L, (lua_Integer)init);
    lua_pushinteger(L, (lua_Integer)VH_NO_END);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

static void add_template(lua_State *L, luaL_Buffer *buffer, const char *subject, const vh_match *match) {
    size_t length;
    const char *text = lua_tolstring(L, 3, &length);
    charge_bytes(L, length);
    if (memchr(text, '%', length) == NULL) {
        luaL_addlstring(buffer, text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%') {
            luaL_addchar(buffer, text[i]);
            continue;
        }
        char next = ++i < length ? text[i] : 0;
        if (next == '%') {
            luaL_addchar(buffer, next);
        } else if (next == '0') {
            luaL_addlstring(buffer, subject + match->start, match->end - match->start);
        } else if (next >= '1' && next <= '9') {
            if (next - '1' >= match->captures && next != '1') {
                luaL_error(L, "invalid capture index %%%d in replacement string", next - '0');
            }
            push_capture(L, subject, match, next - '1');
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(buffer);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

// Adds the replacement of one match; 0 where the match stays as it is.
static int add_replacement(lua_State *L, luaL_Buffer *buffer, const char *subject, const vh_match *match, int type) {
    switch (type) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, subject, match, 1), 1);
        break;
    case LUA_TTABLE:
        push_capture(L, subject, match, 0);
        lua_gettable(L, 3);
        break;
    default:
        add_template(L, buffer, subject, match);
        return 1;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(buffer, subject + match->start, match->end - match->start);
        return 0;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(buffer);
    return 1;
}

static int string_gsub(lua_State *L) {
    size_t subject_length, pattern_length;
    const char *subject = luaL_checklstring(L, 1, &subject_length);
    const char *text = luaL_checklstring(L, 2, &pattern_length);
    int type = lua_type(L, 3);
    luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                     "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)subject_length + 1);
    pattern p = make_pattern(text, pattern_length);
    size_t position = 0, last_end = VH_NO_END;
    lua_Integer count = 0;
    int changed = 0;
    vh_match match;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    while (count < most && search(L, subject, subject_length, p, position, last_end, &match)) {
        count++;
        charge_bytes(L, match.start - position);
        luaL_addlstring(&buffer, subject + position, match.start - position);
        changed |= add_replacement(L, &buffer, subject, &match, type);
        position = last_end = match.end;
        if (p.is_anchored || match.is_last) break;
    }
    if (!changed) {
        lua_pushvalue(L, 1);
    } else {
        charge_bytes(L, subject_length - position);
        luaL_addlstring(&buffer, subject + position, subject_length - position);
        luaL_pushresult(&buffer);
    }
    lua_pushinteger(L, count);
    return 2;
}

// MARK: Whole strings

static int string_rep(lua_State *L) {
    size_t length, separator_length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separator_length);
    if (count <= 0 || length + separator_length == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    uint64_t step = (uint64_t)length + separator_length;
    if (step > (uint64_t)INT64_MAX / (uint64_t)count) return luaL_error(L, "resulting string too large");
    uint64_t bytes = (uint64_t)count * step - separator_length;
    if (bytes > vh_limits_of(L)->memory_limit) vh_trip_limit(L, VH_TRIP_MEMORY);
    vh_charge(L, 1 + (int64_t)(bytes / 16 + bytes / step / 4));
    size_t total = (size_t)bytes;
    luaL_Buffer buffer;
    char *out = luaL_buffinitsize(L, &buffer, total);
    for (lua_Integer i = 0; i < count; i++) {
        memcpy(out, text, length);
        out += length;
        if (separator_length > 0 && i + 1 < count) {
            memcpy(out, separator, separator_length);
            out += separator_length;
        }
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

static int string_byte(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    size_t start = start_position(first, length);
    size_t end = end_position(luaL_optinteger(L, 3, first), length);
    if (start > end) return 0;
    if (end - start >= 10000) return luaL_error(L, "string slice too long");
    int count = (int)(end - start) + 1;
    charge_bytes(L, (size_t)count * 16);
    luaL_checkstack(L, count, "string slice too long");
    for (int i = 0; i < count; i++) lua_pushinteger(L, (unsigned char)text[start + (size_t)i - 1]);
    return count;
}

static int string_len(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)length);
    return 1;
}

static int string_sub(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    size_t start = start_position(luaL_checkinteger(L, 2), length);
    size_t end = end_position(luaL_optinteger(L, 3, -1), length);
    if (start > end) {
        lua_pushliteral(L, "");
        return 1;
    }
    charge_bytes(L, end - start + 1);
    lua_pushlstring(L, text + start - 1, end - start + 1);
    return 1;
}

// MARK: Text of values, without addresses: they differ from run to run.

int vh_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_callmeta(L, 1, "__tostring")) {
        if (!lua_isstring(L, -1)) return luaL_error(L, "'__tostring' must return a string");
        return 1;
    }
    switch (lua_type(L, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        luaL_tolstring(L, 1, NULL);
        return 1;
    default:
        if (luaL_getmetafield(L, 1, "__name") != LUA_TSTRING) lua_pushstring(L, luaL_typename(L, 1));
        return 1;
    }
}

// Upvalue 1: liblua's format, which never sees a %p nor a value that it would print as an address.
static int string_format(lua_State *L) {
    size_t length;
    const char *format = luaL_checklstring(L, 1, &length);
    int count = lua_gettop(L);
    size_t bytes = length;
    for (size_t i = 0; i < length; i++) {
        if (format[i] != '%') continue;
        i++;
        while (i < length && format[i] != 0 && strchr("-+ #0123456789.", format[i]) != NULL) i++;
        if (i < length && format[i] == 'p') {
            return luaL_error(L, "'%%p' is not available: addresses differ from run to run");
        }
    }
    for (int i = 2; i <= count; i++) {
        int type = lua_type(L, i);
        if (type == LUA_TSTRING) bytes += lua_rawlen(L, i);
        if (type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA || type == LUA_TTHREAD
            || type == LUA_TLIGHTUSERDATA) {
            lua_pushcfunction(L, vh_tostring);
            lua_pushvalue(L, i);
            lua_call(L, 1, 1);
            lua_replace(L, i);
        }
    }
    charge_bytes(L, bytes);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, 1);
    return 1;
}

void vh_open_strings(lua_State *L) {
    static const luaL_Reg own[] = {
        {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"rep", string_rep}, {"byte", string_byte}, {"len", string_len}, {"sub", string_sub}, {NULL, NULL},
    };
    static const char *const wrapped[] = {"lower", "upper", "reverse", "char", "pack", "unpack", "packsize", NULL};
    static const char *const arithmetic[] = {
        "__add", "__sub", "__mul", "__mod", "__pow", "__div", "__idiv", "__unm", NULL,
    };
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    int original = lua_gettop(L);
    vh_name_functions(L, original, "string");
    lua_newtable(L);
    luaL_setfuncs(L, own, 0);
    vh_copy_functions(L, original, wrapped, BYTES_PER_STEP);
    lua_getfield(L, original, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");

    // liblua has given strings a metatable with arithmetic; its index leads to the library above from now on.
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    vh_copy_functions(L, lua_gettop(L), arithmetic, BYTES_PER_STEP);
    lua_pop(L, 2);
    lua_remove(L, original);
}
