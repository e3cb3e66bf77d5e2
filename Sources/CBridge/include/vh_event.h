#ifndef CBRIDGE_EVENT_H
#define CBRIDGE_EVENT_H

#include "vh_limits.h"

// A value on its way between an event and Lua.
typedef enum {
    VH_NIL,
    VH_NULL,
    VH_FALSE,
    VH_TRUE,
    VH_INTEGER,
    VH_NUMBER,
    VH_STRING,
    VH_OBJECT,
    VH_ARRAY,
    VH_WRITTEN,  // the JSON text given to `write_*` since `write_begin`
} vh_kind;

typedef struct vh_value {
    vh_kind kind;
    uint32_t node;
    const char *text;  // VH_STRING, and the message of a failed call
    size_t length;
    int64_t integer;
    double number;
} vh_value;

typedef enum {
    VH_MASK_IP,
    VH_MASK_EMAIL,
    VH_MASK_PHONE,
    VH_MASK_CARD,
    VH_MASK_NAME,
    VH_MASK_TEXT,
    VH_HASH,
} vh_mask;

// The event that a Lua state looks at: Swift functions that never raise and never call Lua. Those that return int
// return 0, or 1 with a message in `text` and `length` of their last argument.
typedef struct vh_event {
    void *context;
    uint32_t generation;  // of the event loaded now; a proxy of another one is stale
    uint32_t root;
    uint32_t data;        // the node of `data` where that is an object, else 0
    int is_seeded;        // whether `random` is set for this event
    uint64_t random;      // state of math.random
    struct vh_proxy *whole;      // what the state sees of the event, as long as the state lives
    struct vh_proxy *kept_data;  // and of its data
    int shows_data;              // whether Lua finds the data by itself
    uint64_t (*seed)(void *context);
    int (*get)(void *context, uint32_t node, const char *key, size_t length, vh_value *result);
    int (*get_at)(void *context, uint32_t node, int64_t index, vh_value *result);
    int (*set)(void *context, uint32_t node, const char *key, size_t length, vh_value *value);
    int (*set_at)(void *context, uint32_t node, int64_t index, vh_value *value);
    int64_t (*count)(void *context, uint32_t node);
    // The next visible member after `place` (0 = the first); returns its place, or 0 at the end. An array's element
    // leaves `key` as it is.
    uint32_t (*next)(void *context, uint32_t node, uint32_t place, vh_value *key, vh_value *value);
    void (*write_begin)(void *context);
    void (*write_raw)(void *context, const char *text, size_t length);
    int (*write_value)(void *context, vh_value *value);
    // Masks `value` in place: its text then points to the result.
    void (*mask)(void *context, vh_mask mask, vh_value *value);
    void (*log)(void *context, const char *text, size_t length);
    // What the catalogue has of a title, by its key or its name, as bytes of vh_state.h; 0 where it has nothing.
    int (*title)(void *context, const char *key, size_t length, const uint8_t **bytes, size_t *count);
    // Another number once the catalogue has changed.
    uint64_t (*title_version)(void *context);
    // Answers a question of vh_recommend.h, as bytes of vh_state.h; 0 where there is no answer.
    int (*ask)(void *context, int question, const char *text, size_t length, int64_t count, const uint8_t **bytes,
               size_t *size);
    int is_asked;          // whether `ask` may be called now
    uint64_t recommends;  // how often 'recommend' was called
    struct vh_state_buffer *asked;
    uint64_t titles_version;  // of the titles that were made for the state, and how many those are
    int titles_made;
} vh_event;

// Opens `json`, `mask` and `host` as globals, and leaves the event's proxy on the stack.
void vh_open_event(lua_State *L, vh_event *event);

// Points the event's proxies to the event loaded now. Returns as lua_pcall does.
int vh_refresh_event(lua_State *L, vh_event *event);

#endif
