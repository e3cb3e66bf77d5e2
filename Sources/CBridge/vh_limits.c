#include "vh_limits.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <time.h>
#include "vh_sandbox.h"

enum { HOOK_INTERVAL = 1000 };

static int64_t monotonic_nanoseconds(void) {
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

static void count_hook(lua_State *L, lua_Debug *activation);

// From here on every instruction raises again, so that no pcall of the plugin outlives the limit.
static int raise_trip(lua_State *L, vh_limits *limits) {
    lua_sethook(L, count_hook, LUA_MASKCOUNT, 1);
    return luaL_error(L, "%s", trip_message(limits->tripped));
}

void vh_charge(lua_State *L, int64_t steps) {
    vh_limits *limits = vh_limits_of(L);
    limits->steps -= steps;
    if (limits->tripped == VH_TRIP_NONE) {
        if (limits->steps < 0) {
            limits->tripped = VH_TRIP_STEPS;
        } else if (steps >= HOOK_INTERVAL && limits->deadline != 0 && monotonic_nanoseconds() > limits->deadline) {
            limits->tripped = VH_TRIP_TIME;
        } else {
            return;
        }
    }
    raise_trip(L, limits);
}

static void count_hook(lua_State *L, lua_Debug *activation) {
    (void)activation;
    vh_charge(L, HOOK_INTERVAL);
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
    limits->deadline =
        limits->nanoseconds_per_call == 0 ? 0 : monotonic_nanoseconds() + limits->nanoseconds_per_call;
    lua_sethook(L, count_hook, LUA_MASKCOUNT, HOOK_INTERVAL);
}

// Large blocks cost steps as well: concatenating strings in the VM is no C function that could charge.
static void charge_block(vh_limits *limits, size_t size) {
    if (size >= 4096) limits->steps -= (int64_t)(size / 64);
}

void *vh_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    vh_limits *limits = context;
    if (block == NULL) old_size = 0;
    if (new_size == 0) {
        free(block);
        limits->memory -= old_size;
        return NULL;
    }
    if (new_size > old_size) {
        size_t growth = new_size - old_size;
        if (limits->memory + growth > limits->memory_limit) {
            // Lua collects its garbage and asks once more; only the second refusal is final.
            if (limits->refused && limits->tripped == VH_TRIP_NONE) limits->tripped = VH_TRIP_MEMORY;
            limits->refused = 1;
            return NULL;
        }
        limits->refused = 0;
        charge_block(limits, new_size);
    }
    void *moved = realloc(block, new_size);
    if (moved == NULL) return NULL;
    limits->memory = limits->memory - old_size + new_size;
    if (limits->memory > limits->memory_peak) limits->memory_peak = limits->memory;
    return moved;
}
