#ifndef CBRIDGE_SKETCH_H
#define CBRIDGE_SKETCH_H

#include <stddef.h>
#include <stdint.h>
#include <lua.h>

// The sketches of Sources/Sketches, as Lua has them: `sketch.quantiles`, `sketch.distinct` and `sketch.top`.

typedef enum { VH_QUANTILES, VH_DISTINCT, VH_TOP } vh_sketch_kind;

typedef enum {
    VH_SKETCH_OK,
    VH_SKETCH_FULL,    // more than an int64_t can count
    VH_SKETCH_UNLIKE,  // two that cannot be merged
} vh_sketch_status;

enum { VH_LONGEST_TOP_TEXT = 256 };

typedef struct vh_quantiles {
    int64_t count;
    double sum;
    double min;  // 0 where the count is 0, as is `max`
    double max;
} vh_quantiles;

typedef struct vh_top_entry {
    uint8_t text[VH_LONGEST_TOP_TEXT];
    size_t length;
    int64_t count;
    int64_t error;
} vh_top_entry;

// Takes bytes that are gone afterwards.
typedef void (*vh_take_bytes)(void *context, const uint8_t *bytes, size_t length);

// The functions through which C reaches Swift's sketches. None raises and none calls Lua. What is added was checked before.
typedef struct vh_sketch_functions {
    // `parameter`: the accuracy of quantiles, the number of counters of a top.
    void *(*make)(vh_sketch_kind kind, double parameter);
    void (*release)(vh_sketch_kind kind, void *sketch);
    size_t (*memory)(vh_sketch_kind kind, const void *sketch);  // bytes that it holds
    vh_sketch_status (*merge)(vh_sketch_kind kind, void *sketch, const void *other);  // also with itself
    void (*encode)(vh_sketch_kind kind, const void *sketch, vh_take_bytes take, void *context);
    int (*kind_of)(const uint8_t *bytes, size_t length);  // -1 where they are no sketch's
    void *(*decode)(vh_sketch_kind kind, const uint8_t *bytes, size_t length);  // NULL where they are damaged
    vh_sketch_status (*add_number)(void *quantiles, double value, int64_t count);
    vh_quantiles (*describe)(const void *quantiles);
    int (*quantile)(const void *quantiles, double part, double *result);  // 0 where there is none
    void (*add_bytes)(void *distinct, const char *bytes, size_t length);
    void (*add_integer)(void *distinct, int64_t value);
    int64_t (*count_distinct)(const void *distinct);
    vh_sketch_status (*add_text)(void *top, const char *text, size_t length, int64_t count);
    size_t (*used)(const void *top);  // how many entries there are
    void (*list)(const void *top, vh_top_entry *entries, size_t most);
} vh_sketch_functions;

// Opens `sketch` as a global.
void vh_open_sketches(lua_State *L);

// Those below raise where memory runs out, and need four places on the stack.

// Whether the value at `index` is a sketch.
int vh_is_sketch(lua_State *L, int index);

// The bytes of the sketch at `index`, of which there are as many as is returned. They stay until the next call for this state;
// 0 where it is no sketch.
size_t vh_sketch_bytes(lua_State *L, int index, const uint8_t **bytes);

// Pushes the sketch whose bytes these are; returns 0 and pushes nothing where they are none's.
int vh_push_sketch(lua_State *L, const uint8_t *bytes, size_t length);

#endif
