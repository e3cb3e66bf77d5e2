#include "vh_limits.h"

#include <lauxlib.h>
#include <string.h>
#include <time.h>
#include "vh_sandbox.h"

int64_t vh_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static const char *trip_message(vh_trip trip) {
    switch (trip) {
    case VH_TRIP_STEPS: return "instruction limit reached";
    case VH_TRIP_MEMORY: return "memory limit reached";
    case VH_TRIP_TIME: return "time limit reached";
    default: return "limit reached";
    }
}

static void limit_hook(lua_State *L, lua_Debug *activation);

// From here on every instruction raises again, so that no pcall of the plugin outlives the limit.
static int raise_trip(lua_State *L, vh_limits *limits) {
    lua_sethook(L, limit_hook, LUA_MASKCOUNT, 1);
    // In a hook, level 0 is the plugin's own function; in a C function that charges, its caller is.
    luaL_where(L, 0);
    if (lua_rawlen(L, -1) == 0) {
        lua_pop(L, 1);
        luaL_where(L, 1);
    }
    lua_pushstring(L, trip_message(limits->tripped));
    lua_concat(L, 2);
    return lua_error(L);
}

// Most calls end before the clock is ever asked: it starts to run at the first VH_CLOCK_STEPS steps.
static int is_late(vh_limits *limits) {
    if (limits->nanoseconds_per_call == 0) return 0;
    int64_t now = vh_monotonic_nanoseconds();
    if (limits->deadline == 0) limits->deadline = now + limits->nanoseconds_per_call;
    return now > limits->deadline;
}

void vh_check_charge(lua_State *L, int64_t steps) {
    vh_limits *limits = vh_limits_of(L);
    if (limits->tripped == VH_TRIP_NONE) {
        if (limits->steps < 0) {
            limits->tripped = VH_TRIP_STEPS;
        } else if (steps >= VH_CLOCK_STEPS && is_late(limits)) {
            limits->tripped = VH_TRIP_TIME;
        } else {
            return;
        }
    }
    raise_trip(L, limits);
}

static void record_line(lua_State *L, lua_Debug *activation) {
    const vh_limits *limits = vh_limits_of(L);
    int line = activation->currentline;
    if (limits->lines == NULL || line < 1 || (size_t)line > limits->line_count) return;
    if (lua_getinfo(L, "S", activation) && strcmp(activation->source, limits->line_source) == 0) {
        limits->lines[line - 1] = 1;
    }
}

static void limit_hook(lua_State *L, lua_Debug *activation) {
    if (activation->event == LUA_HOOKLINE) record_line(L, activation);
    else vh_charge(L, VH_CLOCK_STEPS);
}

void vh_trip_limit(lua_State *L, vh_trip trip) {
    vh_limits *limits = vh_limits_of(L);
    if (limits->tripped == VH_TRIP_NONE) limits->tripped = trip;
    raise_trip(L, limits);
}

void vh_begin_call(lua_State *L) {
    vh_limits *limits = vh_limits_of(L);
    limits->steps = limits->steps_per_call;
    limits->tripped = VH_TRIP_NONE;
    limits->refused = 0;
    limits->deadline = 0;
    lua_sethook(L, limit_hook, limits->lines == NULL ? LUA_MASKCOUNT : LUA_MASKCOUNT | LUA_MASKLINE, VH_CLOCK_STEPS);
}
