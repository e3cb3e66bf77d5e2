#ifndef CBRIDGE_LIMITS_H
#define CBRIDGE_LIMITS_H

#include <stddef.h>
#include <stdint.h>
#include <lua.h>

// The limits of one Lua state and what is used of them. The state's extra space points here, so that
// every coroutine shares it. A tripped limit stays tripped until the host starts the next call.
typedef enum {
    VH_TRIP_NONE = 0,
    VH_TRIP_STEPS = 1,
    VH_TRIP_MEMORY = 2,
    VH_TRIP_TIME = 3,
} vh_trip;

typedef struct vh_limits {
    int64_t steps;           // steps left in this call; one step is about one VM instruction
    int64_t steps_per_call;
    int64_t deadline;        // monotonic nanoseconds; 0 = none
    int64_t nanoseconds_per_call;
    size_t memory;           // bytes in use
    size_t memory_limit;
    size_t memory_peak;
    int refused;             // an allocation was refused and not yet retried
    vh_trip tripped;
    void *context;           // the Swift side's own pointer, handed to its callbacks
} vh_limits;

static inline vh_limits *vh_limits_of(lua_State *L) {
    return *(vh_limits **)lua_getextraspace(L);
}

// Takes `steps` from the call's budget; raises where none are left. Every C function whose work grows
// with its arguments calls it: a count hook does not fire inside C.
void vh_charge(lua_State *L, int64_t steps);

// Trips `trip` and raises; never returns.
void vh_trip_limit(lua_State *L, vh_trip trip);

#endif
