#include "vh_event.h"

#include <lauxlib.h>
#include <string.h>
#include "vh_random.h"
#include "vh_sandbox.h"
#include "vh_tables.h"
#include "vh_recommend.h"
#include "vh_title.h"

enum { MAX_DEPTH = 32 };

// Checking and escaping what goes into an event, and masking.
enum { BYTES_PER_STEP = 4 };

// A node of the event as Lua sees it. Containers of the loaded event only; `generation` finds the rest out.
typedef struct vh_proxy {
    vh_event *event;
    uint32_t node;
    uint32_t generation;
} proxy;

// Their addresses name values in the registry.
static const char proxy_key = 0;  // the metatable of proxies
static const char whole_key = 0;  // the metatable of the whole event's proxy
static const char shown_key = 0;  // what that one's __index is while the event has data: a table that holds their proxy
static const char array_key = 0;  // the metatable of json.array{}

static int has_metatable(lua_State *L, int index, const char *key) {
    if (!lua_getmetatable(L, index)) return 0;
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    int same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static proxy *test_proxy(lua_State *L, int index) {
    proxy *p = lua_touserdata(L, index);
    if (p == NULL) return NULL;
    return has_metatable(L, index, &proxy_key) || has_metatable(L, index, &whole_key) ? p : NULL;
}

// The proxy at `index`, where nothing else can be: metamethods are out of a plugin's reach but through the operators.
static proxy *checked(lua_State *L, int index) {
    proxy *p = lua_touserdata(L, index);
    if (p->generation != p->event->generation) luaL_error(L, "an event cannot be used after its call has ended");
    return p;
}

static int fail(lua_State *L, const vh_value *failure) {
    luaL_where(L, 1);
    lua_pushlstring(L, failure->text, failure->length);
    lua_concat(L, 2);
    return lua_error(L);
}

static proxy *push_proxy(lua_State *L, vh_event *event, uint32_t node, const char *metatable) {
    proxy *p = lua_newuserdatauv(L, sizeof *p, 0);
    p->event = event;
    p->node = node;
    p->generation = event->generation;
    lua_rawgetp(L, LUA_REGISTRYINDEX, metatable);
    lua_setmetatable(L, -2);
    return p;
}

static void push_value(lua_State *L, vh_event *event, const vh_value *value) {
    switch (value->kind) {
    case VH_NULL: lua_pushlightuserdata(L, NULL); break;
    case VH_FALSE: lua_pushboolean(L, 0); break;
    case VH_TRUE: lua_pushboolean(L, 1); break;
    case VH_INTEGER: lua_pushinteger(L, value->integer); break;
    case VH_NUMBER: lua_pushnumber(L, value->number); break;
    case VH_STRING: lua_pushlstring(L, value->text, value->length); break;
    case VH_OBJECT:
    case VH_ARRAY: push_proxy(L, event, value->node, &proxy_key); break;
    default: lua_pushnil(L);
    }
}

// The member or element of `p` that is named by the value at 2.
static int push_member(lua_State *L, proxy *p) {
    vh_event *event = p->event;
    vh_value value = {VH_NIL};
    int failed = 0;
    if (lua_type(L, 2) == LUA_TSTRING) {
        size_t length;
        const char *key = lua_tolstring(L, 2, &length);
        failed = event->get(event->context, p->node, key, length, &value);
    } else if (lua_isinteger(L, 2)) {
        failed = event->get_at(event->context, p->node, lua_tointeger(L, 2), &value);
    }
    if (failed) return fail(L, &value);
    push_value(L, event, &value);
    return 1;
}

static int proxy_index(lua_State *L) { return push_member(L, checked(L, 1)); }

static vh_event *upvalue_event(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

// Asked for what the table of the shown data does not hold, which is all but `data`.
static int whole_index(lua_State *L) {
    vh_event *event = upvalue_event(L);
    if (event->whole->generation != event->generation) luaL_error(L, "an event cannot be used after its call has ended");
    return push_member(L, event->whole);
}

static void write_value(lua_State *L, vh_event *event, int index, int depth);

static void write_scalar(lua_State *L, vh_event *event, vh_value *value) {
    if (event->write_value(event->context, value)) fail(L, value);
}

static void write_array(lua_State *L, vh_event *event, int index, lua_Integer count, int depth) {
    event->write_raw(event->context, "[", 1);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) event->write_raw(event->context, ",", 1);
        lua_rawgeti(L, index, i);
        write_value(L, event, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    event->write_raw(event->context, "]", 1);
}

static void write_object(lua_State *L, vh_event *event, int index, int depth) {
    lua_Integer count = vh_push_sorted_keys(L, index);
    int keys = lua_gettop(L);
    event->write_raw(event->context, "{", 1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        if (lua_type(L, -1) != LUA_TSTRING) {
            luaL_error(L, "a table with both positions and names, or with holes, is neither a JSON array nor an object");
        }
        vh_value key = {VH_STRING};
        key.text = lua_tolstring(L, -1, &key.length);
        if (i > 1) event->write_raw(event->context, ",", 1);
        write_scalar(L, event, &key);
        event->write_raw(event->context, ":", 1);
        lua_rawget(L, index);
        write_value(L, event, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    event->write_raw(event->context, "}", 1);
    lua_pop(L, 1);
}

static void write_table(lua_State *L, vh_event *event, int index, int depth) {
    if (depth > MAX_DEPTH) luaL_error(L, "a table nested deeper than %d levels (or in itself) is no JSON value", MAX_DEPTH);
    luaL_checkstack(L, 8, "table nested too deep");
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    vh_charge(L, count + 1);
    int is_array = has_metatable(L, index, &array_key);
    if (!is_array && count > 0) {
        lua_Integer keys = 0;
        lua_pushnil(L);
        while (lua_next(L, index)) {
            keys++;
            lua_pop(L, 1);
        }
        is_array = keys == count;
    }
    if (is_array) write_array(L, event, index, count, depth);
    else write_object(L, event, index, depth);
}

// Reads a Lua scalar or proxy into `value`; 0 where it is a table or no JSON value.
static int read_value(lua_State *L, vh_event *event, int index, vh_value *value) {
    switch (lua_type(L, index)) {
    case LUA_TNIL: value->kind = VH_NIL; return 1;
    case LUA_TBOOLEAN: value->kind = lua_toboolean(L, index) ? VH_TRUE : VH_FALSE; return 1;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            value->kind = VH_INTEGER;
            value->integer = lua_tointeger(L, index);
        } else {
            value->kind = VH_NUMBER;
            value->number = lua_tonumber(L, index);
        }
        return 1;
    case LUA_TSTRING:
        value->kind = VH_STRING;
        value->text = lua_tolstring(L, index, &value->length);
        vh_charge(L, (int64_t)(value->length / BYTES_PER_STEP));
        return 1;
    case LUA_TLIGHTUSERDATA:
        value->kind = VH_NULL;
        return 1;
    case LUA_TUSERDATA: {
        proxy *p = test_proxy(L, index);
        if (p == NULL || p->event != event) return 0;
        if (p->generation != event->generation) luaL_error(L, "an event cannot be used after its call has ended");
        value->kind = VH_OBJECT;
        value->node = p->node;
        return 1;
    }
    default: return 0;
    }
}

static void write_value(lua_State *L, vh_event *event, int index, int depth) {
    vh_value value = {VH_NIL};
    if (lua_istable(L, index)) {
        write_table(L, event, index, depth);
    } else if (read_value(L, event, index, &value)) {
        write_scalar(L, event, &value);
    } else {
        luaL_error(L, "a %s is no JSON value", luaL_typename(L, index));
    }
}

static int proxy_newindex(lua_State *L) {
    proxy *p = checked(L, 1);
    vh_event *event = p->event;
    vh_value value = {VH_NIL};
    int type = lua_type(L, 3);
    if (type == LUA_TTABLE || type == LUA_TUSERDATA) {
        event->write_begin(event->context);
        write_value(L, event, 3, 0);
        value.kind = VH_WRITTEN;
    } else if (type != LUA_TNIL && !read_value(L, event, 3, &value)) {
        return luaL_error(L, "a %s is no JSON value", luaL_typename(L, 3));
    }
    int failed;
    if (lua_type(L, 2) == LUA_TSTRING) {
        size_t length;
        const char *key = lua_tolstring(L, 2, &length);
        failed = event->set(event->context, p->node, key, length, &value);
    } else if (lua_isinteger(L, 2)) {
        failed = event->set_at(event->context, p->node, lua_tointeger(L, 2), &value);
    } else {
        return luaL_error(L, "an event's members are named by strings, its arrays' elements by integers");
    }
    return failed ? fail(L, &value) : 0;
}

static int proxy_length(lua_State *L) {
    proxy *p = checked(L, 1);
    lua_pushinteger(L, p->event->count(p->event->context, p->node));
    return 1;
}

// Equal where both stand for the same node of the same event.
static int proxy_equal(lua_State *L) {
    proxy *a = test_proxy(L, 1), *b = test_proxy(L, 2);
    lua_pushboolean(L, a && b && a->node == b->node && a->generation == b->generation);
    return 1;
}

static int proxy_tostring(lua_State *L) {
    lua_pushliteral(L, "event value");
    return 1;
}

// Upvalues: the proxy, the place of the last member given, and how many were given. A plugin may call this with anything,
// with another proxy too, whose members are not to be found at that place.
static int proxy_step(lua_State *L) {
    proxy *p = checked(L, lua_upvalueindex(1));
    vh_value key = {VH_INTEGER}, value = {VH_NIL};
    uint32_t place = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
    key.integer = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, key.integer);
    lua_replace(L, lua_upvalueindex(3));
    place = p->event->next(p->event->context, p->node, place, &key, &value);
    if (place == 0) return 0;
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(2));
    push_value(L, p->event, &key);
    push_value(L, p->event, &value);
    return 2;
}

static int proxy_pairs(lua_State *L) {
    checked(L, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, proxy_step, 3);
    lua_pushvalue(L, 1);
    return 2;
}

static int json_array(lua_State *L) {
    // What else was given must not be what the metatable goes to: numbers and strings share one each.
    lua_settop(L, 1);
    if (lua_isnil(L, 1)) {
        lua_newtable(L);
        lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    if (has_metatable(L, 1, &array_key)) return 1;
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &array_key);
    lua_setmetatable(L, 1);
    return 1;
}

static int null_tostring(lua_State *L) {
    lua_pushliteral(L, "json.null");
    return 1;
}

// mask.*(value): nil and json.null stay what they are; everything else is masked as its text.
static int mask_value(lua_State *L) {
    if (lua_isnoneornil(L, 1) || (lua_islightuserdata(L, 1))) {
        lua_settop(L, 1);
        return 1;
    }
    vh_event *event = upvalue_event(L);
    vh_value value = {VH_STRING};
    value.text = luaL_checklstring(L, 1, &value.length);
    vh_charge(L, (int64_t)(value.length / BYTES_PER_STEP) + 1);
    event->mask(event->context, (vh_mask)lua_tointeger(L, lua_upvalueindex(2)), &value);
    lua_pushlstring(L, value.text, value.length);
    return 1;
}

static int host_log(lua_State *L) {
    vh_event *event = upvalue_event(L);
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    vh_charge(L, 200 + (int64_t)length);
    event->log(event->context, text, length);
    return 0;
}

static int math_random(lua_State *L) {
    vh_event *event = upvalue_event(L);
    if (!event->is_seeded) {
        event->is_seeded = 1;
        event->random = event->seed(event->context);
    }
    uint64_t *state = &event->random;
    uint64_t bits = vh_next_random(state);
    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, (lua_Number)(bits >> 11) * (0.5 / ((uint64_t)1 << 52)));
        return 1;
    }
    lua_Integer low = 1, high = luaL_checkinteger(L, 1);
    if (lua_gettop(L) >= 2) {
        low = high;
        high = luaL_checkinteger(L, 2);
    } else if (high == 0) {
        // Lua's own: all bits are random.
        low = LUA_MININTEGER;
        high = LUA_MAXINTEGER;
    }
    luaL_argcheck(L, low <= high, lua_gettop(L) >= 2 ? 2 : 1, "interval is empty");
    uint64_t range = (uint64_t)high - (uint64_t)low;
    if (range != UINT64_MAX) {
        // Reject the incomplete last interval, so that every number is equally likely.
        uint64_t span = range + 1, limit = UINT64_MAX - UINT64_MAX % span;
        while (bits >= limit) bits = vh_next_random(state);
        bits %= span;
    }
    lua_pushinteger(L, (lua_Integer)(bits + (uint64_t)low));
    return 1;
}

static void set_function(lua_State *L, const char *name, vh_event *event, lua_CFunction function) {
    lua_pushlightuserdata(L, event);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

static void set_mask(lua_State *L, const char *name, vh_event *event, vh_mask mask) {
    lua_pushlightuserdata(L, event);
    lua_pushinteger(L, mask);
    lua_pushcclosure(L, mask_value, 2);
    lua_setfield(L, -2, name);
}

static void new_private_metatable(lua_State *L, const char *name) {
    lua_newtable(L);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
}

static void set_proxy_metatable(lua_State *L, const char *key) {
    static const luaL_Reg metamethods[] = {
        {"__index", proxy_index}, {"__newindex", proxy_newindex}, {"__len", proxy_length},
        {"__eq", proxy_equal}, {"__tostring", proxy_tostring}, {"__pairs", proxy_pairs}, {NULL, NULL},
    };
    new_private_metatable(L, "event");
    luaL_setfuncs(L, metamethods, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

// The event's data are touched by nearly every plugin: Lua finds their proxy in a table, without a call of a function.
static void open_shown_data(lua_State *L, vh_event *event) {
    lua_createtable(L, 0, 1);
    event->kept_data = push_proxy(L, event, 0, &proxy_key);
    lua_setfield(L, -2, "data");
    lua_createtable(L, 0, 1);
    set_function(L, "__index", event, whole_index);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &shown_key);
}

// Puts the table in the way of the event's members, or takes it away.
static int show_data(lua_State *L) {
    vh_event *event = lua_touserdata(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &whole_key);
    if (event->data != 0) lua_rawgetp(L, LUA_REGISTRYINDEX, &shown_key);
    else lua_pushcfunction(L, proxy_index);
    lua_setfield(L, -2, "__index");
    event->shows_data = event->data != 0;
    return 0;
}

void vh_open_event(lua_State *L, vh_event *event) {
    set_proxy_metatable(L, &proxy_key);
    set_proxy_metatable(L, &whole_key);
    open_shown_data(L, event);
    new_private_metatable(L, "json.array");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &array_key);

    lua_pushlightuserdata(L, NULL);
    new_private_metatable(L, "json.null");
    lua_pushcfunction(L, null_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 2);
    lua_insert(L, -2);
    lua_setfield(L, -2, "null");
    lua_pushcfunction(L, json_array);
    lua_setfield(L, -2, "array");
    lua_setglobal(L, "json");

    lua_createtable(L, 0, 8);
    set_mask(L, "ip", event, VH_MASK_IP);
    set_mask(L, "email", event, VH_MASK_EMAIL);
    set_mask(L, "phone", event, VH_MASK_PHONE);
    set_mask(L, "card", event, VH_MASK_CARD);
    set_mask(L, "name", event, VH_MASK_NAME);
    set_mask(L, "text", event, VH_MASK_TEXT);
    lua_setglobal(L, "mask");

    lua_createtable(L, 0, 8);
    set_mask(L, "hash", event, VH_HASH);
    set_function(L, "log", event, host_log);
    set_function(L, "title", event, vh_host_title);
    vh_open_questions(L, event);
    lua_setglobal(L, "host");

    lua_getglobal(L, "math");
    set_function(L, "random", event, math_random);
    lua_pop(L, 1);

    event->whole = push_proxy(L, event, 0, &whole_key);
}

int vh_refresh_event(lua_State *L, vh_event *event) {
    event->whole->node = event->root;
    event->whole->generation = event->generation;
    event->kept_data->node = event->data;
    event->kept_data->generation = event->generation;
    if ((event->data != 0) == event->shows_data) return LUA_OK;
    lua_pushcfunction(L, show_data);
    lua_pushlightuserdata(L, event);
    return lua_pcall(L, 1, 0, 0);
}
