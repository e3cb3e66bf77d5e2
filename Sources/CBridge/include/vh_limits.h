#ifndef CBRIDGE_LIMITS_H
#define CBRIDGE_LIMITS_H

#include <stddef.h>
#include <stdint.h>
#include <lua.h>
#include "vh_match.h"
#include "vh_sketch.h"

// The limits of one Lua state and what is used of them. The state's extra space points here, so that
// every coroutine shares it. A tripped limit stays tripped until the host starts the next call.
typedef enum {
    VH_TRIP_NONE = 0,
    VH_TRIP_STEPS = 1,
    VH_TRIP_MEMORY = 2,
    VH_TRIP_TIME = 3,
} vh_trip;

typedef struct vh_kept_block vh_kept_block;

// Blocks of up to 16 times as many bytes are kept when they are freed.
enum { VH_KEPT_SIZES = 32 };

typedef struct vh_limits {
    int64_t steps;           // steps left in this call; one step is about one VM instruction
    int64_t steps_per_call;
    int64_t deadline;        // monotonic nanoseconds; 0 = the clock does not run yet
    int64_t nanoseconds_per_call;
    size_t memory;           // bytes in use
    size_t memory_limit;
    size_t memory_peak;
    int top;                 // stack positions that the host keeps for itself
    int refused;             // an allocation was refused and not yet retried
    vh_trip tripped;
    vh_search_function search;  // the pattern matcher
    vh_kept_block *kept[VH_KEPT_SIZES];
    uint16_t kept_counts[VH_KEPT_SIZES];
    uint8_t *lines;          // set to 1 for each line of the chunk `line_source` that runs; NULL = not recorded
    size_t line_count;
    const char *line_source;
    vh_sketch_functions sketches;
    size_t growth;           // bytes that sketches grew by and that Lua's collector was not told of
    uint8_t *encoded;        // the sketch that was encoded last
    size_t encoded_capacity;
} vh_limits;

static inline vh_limits *vh_limits_of(lua_State *L) {
    return *(vh_limits **)lua_getextraspace(L);
}

// Past so many steps at once, the clock is asked.
enum { VH_CLOCK_STEPS = 1000 };

// The rarer part of vh_charge, after the steps are taken.
void vh_check_charge(lua_State *L, int64_t steps);

// Takes `steps` from the call's budget; raises where none are left. Every C function whose work grows
// with its arguments calls it: a count hook does not fire inside C.
static inline void vh_charge(lua_State *L, int64_t steps) {
    vh_limits *limits = vh_limits_of(L);
    limits->steps -= steps;
    if (limits->steps < 0 || limits->tripped != VH_TRIP_NONE || steps >= VH_CLOCK_STEPS) vh_check_charge(L, steps);
}

// Nanoseconds of a clock that only runs forward.
int64_t vh_monotonic_nanoseconds(void);

// Trips `trip` and raises; never returns.
void vh_trip_limit(lua_State *L, vh_trip trip);

#endif
