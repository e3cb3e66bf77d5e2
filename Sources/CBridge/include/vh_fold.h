#ifndef CBRIDGE_FOLD_H
#define CBRIDGE_FOLD_H

#include "vh_event.h"
#include "vh_state.h"

// The functions that a folding plugin may have.
typedef enum {
    VH_CALL_START,
    VH_CALL_FOLD,
    VH_CALL_MEMBER,
    VH_CALL_REPORT,
    VH_CALL_OBSERVE,
    VH_CALLS,
} vh_call;

// What `member` answered.
typedef struct vh_membership {
    int is_member;
    int has_until;
    int64_t until;       // seconds since 1970
    const char *reason;  // valid until the next call
    size_t reason_length;
    int64_t *events;     // room for VH_MOST_EVENTS
    size_t event_count;
} vh_membership;

enum { VH_MOST_EVENTS = 32 };

// The status of a `fold` or `observe` that did not return its state; there is no error value.
enum { VH_NO_STATE = 100 };

// A state holds values for its plugin under numbers from 1 on: a viewer's, or those of dimensions.
// All below return LUA_OK, or a status of lua_pcall with the error value on the stack; none raises.

// Gets a loaded plugin's functions. Returns a bit (1 << vh_call) for each one that is there, or -1 with an error value.
int vh_open_fold(lua_State *L);

// Holds the value that `bytes` stand for; where there are none, what `start` returns, or an empty table if `is_memory`.
int vh_hold(lua_State *L, int64_t number, const uint8_t *bytes, size_t length, int is_memory);

// Appends a held value's bytes to `buffer`; those of what `observe` gave last where `number` is 0.
int vh_encode_held(lua_State *L, int64_t number, vh_state_buffer *buffer);

// Forgets all held values.
int vh_release_held(lua_State *L);

// Takes a sample that `observe` gave before, as bytes.
int vh_set_sample(lua_State *L, const uint8_t *bytes, size_t length);

// What a plugin is told of an event beside the event.
typedef struct vh_moment {
    int64_t at;         // seconds since 1970
    int64_t reference;
    int64_t offset;     // seconds that its time zone is ahead of UTC
} vh_moment;

// held[number] = fold(held[number], event, at, reference, offset). With `is_sample`, the sample stands for the event.
int vh_call_fold(lua_State *L, vh_event *event, int64_t number, const vh_moment *moment, int is_sample);

// held[number], sample = observe(held[number], event, at, reference, offset). `has_sample` says whether there is one.
int vh_call_observe(lua_State *L, vh_event *event, int64_t number, const vh_moment *moment, int *has_sample);

// Asks `member` about a held value.
int vh_call_member(lua_State *L, int64_t number, int64_t now, vh_membership *membership);

// Asks `report` about a held value: the numbers of these names, NaN for those that are none.
int vh_call_report(lua_State *L, int64_t number, const char *const *names, size_t count, double *numbers);

#endif
