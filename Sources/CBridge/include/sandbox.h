#ifndef CBRIDGE_SANDBOX_H
#define CBRIDGE_SANDBOX_H

#include "limits.h"

// The allocator of a limited state; `context` is its vh_limits.
void *vh_allocate(void *context, void *block, size_t old_size, size_t new_size);

// Refills the call's budgets and arms the count hook on `L`.
void vh_begin_call(lua_State *L);

// Trips `trip` and raises; never returns.
void vh_trip_limit(lua_State *L, vh_trip trip);

#endif
