#include "vh_fold.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>
#include "vh_sandbox.h"

// Stack positions behind those of vh_sandbox.h.
enum { HELD = VH_EVENT + 1, SAMPLE, REASON, FIRST_FUNCTION, LAST = FIRST_FUNCTION + VH_CALLS - 1 };

// How much of a reason is kept.
enum { LONGEST_REASON = 500 };

static const char *const names[VH_CALLS] = {"start", "fold", "member", "report", "observe"};

static int get_functions(lua_State *L) {
    for (int i = 0; i < VH_CALLS; i++) {
        lua_pushstring(L, names[i]);
        if (lua_istable(L, 1)) lua_rawget(L, 1);
        else lua_pop(L, 1), lua_pushnil(L);
    }
    lua_newtable(L);
    return VH_CALLS + 1;
}

int vh_open_fold(lua_State *L) {
    vh_begin_call(L);
    lua_settop(L, VH_EVENT);
    if (!lua_checkstack(L, LAST + LUA_MINSTACK)) return -1;
    lua_pushcfunction(L, get_functions);
    lua_pushvalue(L, VH_PLUGIN);
    if (lua_pcall(L, 1, VH_CALLS + 1, 0) != LUA_OK) return -1;
    lua_insert(L, HELD);
    lua_pushnil(L);
    lua_insert(L, SAMPLE);
    lua_pushnil(L);
    lua_insert(L, REASON);
    vh_limits_of(L)->top = LAST;
    int there = 0;
    for (int i = 0; i < VH_CALLS; i++) {
        if (lua_isfunction(L, FIRST_FUNCTION + i)) there |= 1 << i;
    }
    return there;
}

// The status of a call that ended, and of what it left behind.
static int ended(lua_State *L, int status) {
    return status == LUA_OK && vh_limits_of(L)->tripped != VH_TRIP_NONE ? LUA_ERRRUN : status;
}

// MARK: Held values

typedef struct {
    int64_t number;
    const uint8_t *bytes;
    size_t length;
    int is_memory;
    vh_state_buffer *buffer;
} holding;

// Arguments: the request, the held values, `start`.
static int hold(lua_State *L) {
    const holding *request = lua_touserdata(L, 1);
    if (request->length > 0) {
        vh_decode_value(L, request->bytes, request->length);
    } else if (request->is_memory || lua_isnil(L, 3)) {
        lua_newtable(L);
    } else {
        lua_pushvalue(L, 3);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1)) luaL_error(L, "'start' must return a state");
    }
    lua_rawseti(L, 2, request->number);
    return 0;
}

int vh_hold(lua_State *L, int64_t number, const uint8_t *bytes, size_t length, int is_memory) {
    holding request = {number, bytes, length, is_memory, NULL};
    vh_begin_call(L);
    lua_pushcfunction(L, hold);
    lua_pushlightuserdata(L, &request);
    lua_pushvalue(L, HELD);
    lua_pushvalue(L, FIRST_FUNCTION + VH_CALL_START);
    return ended(L, lua_pcall(L, 3, 0, 0));
}

static int encode_held(lua_State *L) {
    const holding *request = lua_touserdata(L, 1);
    if (request->number != 0) {
        lua_rawgeti(L, 2, request->number);
        lua_replace(L, 3);
    }
    vh_encode_value(L, 3, request->buffer);
    return 0;
}

int vh_encode_held(lua_State *L, int64_t number, vh_state_buffer *buffer) {
    holding request = {number, NULL, 0, 0, buffer};
    size_t count = buffer->count;
    vh_begin_call(L);
    lua_pushcfunction(L, encode_held);
    lua_pushlightuserdata(L, &request);
    lua_pushvalue(L, HELD);
    lua_pushvalue(L, SAMPLE);
    int status = ended(L, lua_pcall(L, 3, 0, 0));
    if (status != LUA_OK) buffer->count = count;
    return status;
}

static int decode(lua_State *L) {
    const holding *request = lua_touserdata(L, 1);
    vh_decode_value(L, request->bytes, request->length);
    return 1;
}

int vh_set_sample(lua_State *L, const uint8_t *bytes, size_t length) {
    holding request = {0, bytes, length, 0, NULL};
    vh_begin_call(L);
    lua_pushcfunction(L, decode);
    lua_pushlightuserdata(L, &request);
    int status = ended(L, lua_pcall(L, 1, 1, 0));
    if (status == LUA_OK) lua_replace(L, SAMPLE);
    return status;
}

static int new_table(lua_State *L) {
    lua_newtable(L);
    return 1;
}

int vh_release_held(lua_State *L) {
    vh_begin_call(L);
    lua_pushnil(L);
    lua_replace(L, SAMPLE);
    lua_pushcfunction(L, new_table);
    int status = ended(L, lua_pcall(L, 0, 1, 0));
    if (status == LUA_OK) lua_replace(L, HELD);
    return status;
}

// MARK: Calls

// Keeps what a call returned as a held value: in a place of the table that is there already, which cannot raise. What is in a
// table is looked at when it is written down.
static int keep(lua_State *L, int64_t number) {
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
    case LUA_TFUNCTION:
    case LUA_TTHREAD:
    case LUA_TUSERDATA: return VH_NO_STATE;
    default: break;
    }
    lua_rawseti(L, HELD, number);
    return LUA_OK;
}

// Where a call failed whose result was to go on: leaves its error value alone.
static int failed(lua_State *L, int status) {
    lua_replace(L, LAST + 1);
    lua_settop(L, LAST + 1);
    return status;
}

static void push_moment(lua_State *L, const vh_moment *moment) {
    lua_pushinteger(L, moment->at);
    lua_pushinteger(L, moment->reference);
    lua_pushinteger(L, moment->offset);
}

int vh_call_fold(lua_State *L, vh_event *event, int64_t number, const vh_moment *moment, int is_sample) {
    vh_begin_call(L);
    int status = vh_refresh_event(L, event);
    if (status != LUA_OK) return status;
    lua_pushvalue(L, FIRST_FUNCTION + VH_CALL_FOLD);
    lua_rawgeti(L, HELD, number);
    lua_pushvalue(L, is_sample ? SAMPLE : VH_EVENT);
    push_moment(L, moment);
    status = ended(L, lua_pcall(L, 5, 1, 0));
    return status == LUA_OK ? keep(L, number) : status;
}

int vh_call_observe(lua_State *L, vh_event *event, int64_t number, const vh_moment *moment, int *has_sample) {
    vh_begin_call(L);
    int status = vh_refresh_event(L, event);
    if (status != LUA_OK) return status;
    lua_pushvalue(L, FIRST_FUNCTION + VH_CALL_OBSERVE);
    lua_rawgeti(L, HELD, number);
    lua_pushvalue(L, VH_EVENT);
    push_moment(L, moment);
    status = ended(L, lua_pcall(L, 5, 2, 0));
    if (status != LUA_OK) return status;
    *has_sample = !lua_isnil(L, -1);
    lua_replace(L, SAMPLE);
    return keep(L, number);
}

// Arguments: where the answer goes, and what `member` returned.
static int read_membership(lua_State *L) {
    vh_membership *membership = lua_touserdata(L, 1);
    luaL_argexpected(L, lua_isboolean(L, 2) || lua_isnil(L, 2), 2, "boolean");
    membership->is_member = lua_toboolean(L, 2);
    if (!lua_isnil(L, 4)) {
        if (!lua_istable(L, 4)) luaL_error(L, "'member' must return the events behind its answer as a list");
        size_t count = (size_t)lua_rawlen(L, 4);
        for (size_t i = 1; i <= count && membership->event_count < VH_MOST_EVENTS; i++) {
            lua_rawgeti(L, 4, (lua_Integer)i);
            if (lua_isinteger(L, -1)) membership->events[membership->event_count++] = lua_tointeger(L, -1);
            lua_pop(L, 1);
        }
    }
    if (!lua_isnil(L, 5)) {
        if (!lua_isnumber(L, 5)) luaL_error(L, "'member' must return a time in seconds as its fourth result");
        double until = lua_tonumber(L, 5);
        membership->has_until = 1;
        membership->until = until >= 9e15 ? (int64_t)9e15 : until >= -9e15 ? (int64_t)until : (int64_t)-9e15;
    }
    if (lua_isnil(L, 3)) return 0;
    if (lua_type(L, 3) != LUA_TSTRING) luaL_error(L, "'member' must return its reason as a string");
    lua_pushvalue(L, 3);
    return 1;
}

int vh_call_member(lua_State *L, int64_t number, int64_t now, vh_membership *membership) {
    membership->is_member = membership->has_until = 0;
    membership->event_count = membership->reason_length = 0;
    vh_begin_call(L);
    lua_pushcfunction(L, read_membership);
    lua_pushlightuserdata(L, membership);
    lua_pushvalue(L, FIRST_FUNCTION + VH_CALL_MEMBER);
    lua_rawgeti(L, HELD, number);
    lua_pushinteger(L, now);
    int status = lua_pcall(L, 2, 4, 0);
    status = ended(L, status == LUA_OK ? lua_pcall(L, 5, 1, 0) : failed(L, status));
    if (status != LUA_OK) return status;
    if (lua_type(L, -1) == LUA_TSTRING) {
        lua_replace(L, REASON);
        membership->reason = lua_tolstring(L, REASON, &membership->reason_length);
        if (membership->reason_length > LONGEST_REASON) membership->reason_length = LONGEST_REASON;
    }
    lua_settop(L, LAST);
    return LUA_OK;
}

typedef struct {
    const char *const *names;
    size_t count;
    double *numbers;
} reporting;

static int read_report(lua_State *L) {
    const reporting *request = lua_touserdata(L, 1);
    if (!lua_istable(L, 2)) luaL_error(L, "'report' must return a table of numbers by the columns' names");
    for (size_t i = 0; i < request->count; i++) {
        lua_pushstring(L, request->names[i]);
        lua_rawget(L, 2);
        request->numbers[i] = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : (double)NAN;
        lua_pop(L, 1);
    }
    return 0;
}

int vh_call_report(lua_State *L, int64_t number, const char *const *names, size_t count, double *numbers) {
    reporting request = {names, count, numbers};
    vh_begin_call(L);
    lua_pushcfunction(L, read_report);
    lua_pushlightuserdata(L, &request);
    lua_pushvalue(L, FIRST_FUNCTION + VH_CALL_REPORT);
    lua_rawgeti(L, HELD, number);
    int status = lua_pcall(L, 1, 1, 0);
    return ended(L, status == LUA_OK ? lua_pcall(L, 2, 0, 0) : failed(L, status));
}
