#include "vh_sketch.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>
#include "vh_sandbox.h"

// What the work of Swift's functions costs at the most.
enum {
    ADD_STEPS = 16,
    ADD_TOP_STEPS = 64,
    READ_STEPS = 256,
    COUNT_STEPS = 1024,
    MERGE_STEPS = 2048,
    STEPS_PER_ENTRY = 16,
    BYTES_PER_STEP = 16,
};

// A sketch as Lua sees it.
typedef struct {
    vh_sketch_kind kind;
    void *value;    // Swift's; NULL before it is made and after it is released
    size_t memory;  // bytes of it that are counted
} sketch;

// The names of their metatables.
static const char *const kinds[] = {"sketch.quantiles", "sketch.distinct", "sketch.top"};

static const vh_sketch_functions *functions_of(lua_State *L) {
    return &vh_limits_of(L)->sketches;
}

static void *value_of(lua_State *L, const sketch *s) {
    // A table with weak keys still shows one that the collector has released.
    if (s->value == NULL) luaL_error(L, "a sketch cannot be used after it was collected");
    return s->value;
}

static sketch *checked(lua_State *L, int index, vh_sketch_kind kind) {
    sketch *s = luaL_checkudata(L, index, kinds[kind]);
    value_of(L, s);
    return s;
}

static sketch *test_sketch(lua_State *L, int index) {
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        sketch *s = luaL_testudata(L, index, kinds[kind]);
        if (s != NULL) return s;
    }
    return NULL;
}

static void count_memory(lua_State *L, sketch *s) {
    size_t before = s->memory;
    s->memory = functions_of(L)->memory(s->kind, s->value);
    if (s->memory != before) vh_count_memory(L, before, s->memory);
}

// After an addition or a merge.
static int finish(lua_State *L, sketch *s, vh_sketch_status status) {
    if (status == VH_SKETCH_UNLIKE) {
        luaL_argerror(L, 2, s->kind == VH_TOP ? "sketch of the same size expected" : "sketch of the same accuracy expected");
    }
    if (status == VH_SKETCH_FULL) luaL_error(L, "a sketch cannot count further than 9223372036854775807");
    count_memory(L, s);
    return 0;
}

// MARK: Arguments. Strings are no numbers here: turning one into a number is work that nobody counts.

static lua_Number checked_number(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TNUMBER);
    lua_Number number = lua_tonumber(L, index);
    luaL_argcheck(L, isfinite(number), index, "finite number expected");
    return number;
}

static lua_Integer checked_integer(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TNUMBER);
    return luaL_checkinteger(L, index);
}

// How often something is to count; left out, once.
static lua_Integer checked_count(lua_State *L, int index) {
    if (lua_isnoneornil(L, index)) return 1;
    lua_Integer count = checked_integer(L, index);
    luaL_argcheck(L, count >= 1, index, "count of at least 1 expected");
    return count;
}

// MARK: Making

static sketch *new_sketch(lua_State *L, vh_sketch_kind kind) {
    sketch *s = lua_newuserdatauv(L, sizeof *s, 0);
    *s = (sketch){kind, NULL, 0};
    luaL_setmetatable(L, kinds[kind]);
    return s;
}

static int make(lua_State *L, vh_sketch_kind kind, double parameter) {
    vh_charge(L, ADD_STEPS);
    sketch *s = new_sketch(L, kind);
    s->value = functions_of(L)->make(kind, parameter);
    count_memory(L, s);
    return 1;
}

static int make_quantiles(lua_State *L) {
    lua_Number accuracy = 0.01;
    if (!lua_isnoneornil(L, 1)) {
        accuracy = checked_number(L, 1);
        luaL_argcheck(L, accuracy >= 0.001 && accuracy <= 0.1, 1, "accuracy from 0.001 to 0.1 expected");
    }
    return make(L, VH_QUANTILES, accuracy);
}

static int make_distinct(lua_State *L) { return make(L, VH_DISTINCT, 0); }

static int make_top(lua_State *L) {
    lua_Integer size = 100;
    if (!lua_isnoneornil(L, 1)) {
        size = checked_integer(L, 1);
        luaL_argcheck(L, size >= 1 && size <= 1000, 1, "size from 1 to 1000 expected");
    }
    return make(L, VH_TOP, (double)size);
}

// Out of a plugin's reach: only the collector calls it.
static int collect(lua_State *L) {
    sketch *s = lua_touserdata(L, 1);
    if (s->value == NULL) return 0;
    functions_of(L)->release(s->kind, s->value);
    vh_limits_of(L)->memory -= s->memory;
    s->value = NULL;
    s->memory = 0;
    return 0;
}

// Upvalue: the kind.
static int merge(lua_State *L) {
    vh_sketch_kind kind = (vh_sketch_kind)lua_tointeger(L, lua_upvalueindex(1));
    sketch *s = checked(L, 1, kind), *other = checked(L, 2, kind);
    const vh_sketch_functions *functions = functions_of(L);
    size_t entries = kind == VH_TOP ? functions->used(s->value) + functions->used(other->value) : 0;
    vh_charge(L, MERGE_STEPS + (int64_t)entries * STEPS_PER_ENTRY);
    return finish(L, s, functions->merge(kind, s->value, other->value));
}

// MARK: Quantiles

static int quantiles_add(lua_State *L) {
    sketch *s = checked(L, 1, VH_QUANTILES);
    lua_Number value = checked_number(L, 2);
    lua_Integer count = checked_count(L, 3);
    vh_charge(L, ADD_STEPS);
    return finish(L, s, functions_of(L)->add_number(s->value, value, count));
}

static int quantiles_quantile(lua_State *L) {
    sketch *s = checked(L, 1, VH_QUANTILES);
    lua_Number part = checked_number(L, 2), result;
    luaL_argcheck(L, part >= 0 && part <= 1, 2, "part from 0 to 1 expected");
    vh_charge(L, READ_STEPS);
    if (functions_of(L)->quantile(s->value, part, &result)) lua_pushnumber(L, result);
    else lua_pushnil(L);
    return 1;
}

static vh_quantiles describe(lua_State *L) {
    return functions_of(L)->describe(checked(L, 1, VH_QUANTILES)->value);
}

static int quantiles_count(lua_State *L) {
    lua_pushinteger(L, describe(L).count);
    return 1;
}

static int quantiles_sum(lua_State *L) {
    lua_pushnumber(L, describe(L).sum);
    return 1;
}

static int push_bound(lua_State *L, int64_t count, double bound) {
    if (count > 0) lua_pushnumber(L, bound);
    else lua_pushnil(L);
    return 1;
}

static int quantiles_min(lua_State *L) {
    vh_quantiles quantiles = describe(L);
    return push_bound(L, quantiles.count, quantiles.min);
}

static int quantiles_max(lua_State *L) {
    vh_quantiles quantiles = describe(L);
    return push_bound(L, quantiles.count, quantiles.max);
}

// MARK: Distinct

static int distinct_add(lua_State *L) {
    sketch *s = checked(L, 1, VH_DISTINCT);
    size_t length = 0;
    switch (lua_type(L, 2)) {
    case LUA_TSTRING: {
        const char *text = lua_tolstring(L, 2, &length);
        vh_charge(L, ADD_STEPS + (int64_t)(length / BYTES_PER_STEP));
        functions_of(L)->add_bytes(s->value, text, length);
        break;
    }
    case LUA_TNUMBER: {
        lua_Integer value = luaL_checkinteger(L, 2);
        vh_charge(L, ADD_STEPS);
        functions_of(L)->add_integer(s->value, value);
        break;
    }
    default: return luaL_typeerror(L, 2, "string or integer");
    }
    return finish(L, s, VH_SKETCH_OK);
}

static int distinct_count(lua_State *L) {
    sketch *s = checked(L, 1, VH_DISTINCT);
    vh_charge(L, COUNT_STEPS);
    lua_pushinteger(L, functions_of(L)->count_distinct(s->value));
    return 1;
}

// MARK: Top

static int top_add(lua_State *L) {
    sketch *s = checked(L, 1, VH_TOP);
    luaL_checktype(L, 2, LUA_TSTRING);
    size_t length;
    const char *text = lua_tolstring(L, 2, &length);
    luaL_argcheck(L, length <= VH_LONGEST_TOP_TEXT, 2, "string of at most 256 bytes expected");
    lua_Integer count = checked_count(L, 3);
    vh_charge(L, ADD_TOP_STEPS);
    return finish(L, s, functions_of(L)->add_text(s->value, text, length, count));
}

static int top_list(lua_State *L) {
    sketch *s = checked(L, 1, VH_TOP);
    size_t most = functions_of(L)->used(s->value);
    vh_charge(L, (int64_t)most * STEPS_PER_ENTRY);
    if (!lua_isnoneornil(L, 2)) {
        lua_Integer wanted = checked_integer(L, 2);
        luaL_argcheck(L, wanted >= 1, 2, "number of at least 1 expected");
        if ((uint64_t)wanted < most) most = (size_t)wanted;
    }
    vh_top_entry *entries = lua_newuserdatauv(L, sizeof *entries * (most + 1), 0);
    functions_of(L)->list(s->value, entries, most);
    lua_createtable(L, (int)most, 0);
    for (size_t i = 0; i < most; i++) {
        lua_createtable(L, 0, 3);
        lua_pushlstring(L, (const char *)entries[i].text, entries[i].length);
        lua_setfield(L, -2, "value");
        lua_pushinteger(L, entries[i].count);
        lua_setfield(L, -2, "count");
        lua_pushinteger(L, entries[i].error);
        lua_setfield(L, -2, "error");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// MARK: Opening

static void open_kind(lua_State *L, vh_sketch_kind kind, const luaL_Reg *methods) {
    luaL_newmetatable(L, kinds[kind]);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_pushinteger(L, kind);
    lua_pushcclosure(L, merge, 1);
    lua_setfield(L, -2, "merge");
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void vh_open_sketches(lua_State *L) {
    static const luaL_Reg library[] = {
        {"quantiles", make_quantiles}, {"distinct", make_distinct}, {"top", make_top}, {NULL, NULL},
    };
    static const luaL_Reg quantiles[] = {
        {"add", quantiles_add}, {"quantile", quantiles_quantile}, {"count", quantiles_count}, {"sum", quantiles_sum},
        {"min", quantiles_min}, {"max", quantiles_max}, {NULL, NULL},
    };
    static const luaL_Reg distinct[] = {{"add", distinct_add}, {"count", distinct_count}, {NULL, NULL}};
    static const luaL_Reg top[] = {{"add", top_add}, {"list", top_list}, {NULL, NULL}};
    open_kind(L, VH_QUANTILES, quantiles);
    open_kind(L, VH_DISTINCT, distinct);
    open_kind(L, VH_TOP, top);
    luaL_newlib(L, library);
    vh_name_functions(L, lua_gettop(L), "sketch");
    lua_setglobal(L, "sketch");
}

// MARK: Bytes

int vh_is_sketch(lua_State *L, int index) {
    return test_sketch(L, index) != NULL;
}

typedef struct {
    vh_limits *limits;
    size_t length;  // 0 where there was no memory
} encoding;

static void keep_bytes(void *context, const uint8_t *bytes, size_t length) {
    encoding *result = context;
    vh_limits *limits = result->limits;
    if (length > limits->encoded_capacity) {
        uint8_t *larger = vh_allocate(limits, limits->encoded, limits->encoded_capacity, length);
        if (larger == NULL) return;
        limits->encoded = larger;
        limits->encoded_capacity = length;
    }
    memcpy(limits->encoded, bytes, length);
    result->length = length;
}

size_t vh_sketch_bytes(lua_State *L, int index, const uint8_t **bytes) {
    const sketch *s = test_sketch(L, index);
    if (s == NULL) return 0;
    encoding result = {vh_limits_of(L), 0};
    functions_of(L)->encode(s->kind, value_of(L, s), keep_bytes, &result);
    if (result.length == 0) vh_trip_limit(L, VH_TRIP_MEMORY);
    *bytes = result.limits->encoded;
    return result.length;
}

int vh_push_sketch(lua_State *L, const uint8_t *bytes, size_t length) {
    int kind = functions_of(L)->kind_of(bytes, length);
    if (kind < 0) return 0;
    // First the userdata, which may raise, then what it is to hold.
    sketch *s = new_sketch(L, (vh_sketch_kind)kind);
    s->value = functions_of(L)->decode(s->kind, bytes, length);
    if (s->value == NULL) {
        lua_pop(L, 1);
        return 0;
    }
    count_memory(L, s);
    return 1;
}
