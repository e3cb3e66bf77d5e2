#ifndef CBRIDGE_STATE_H
#define CBRIDGE_STATE_H

#include <stddef.h>
#include <stdint.h>
#include <lua.h>

// One byte says what follows; small numbers, short strings and small tables need no more than it for their size.
typedef enum {
    VH_STATE_SMALL_INTEGER = 0x00,  // 0 to 63
    VH_STATE_SHORT_STRING = 0x40,   // 0 to 31 bytes
    VH_STATE_SMALL_MAP = 0x60,      // 0 to 15 pairs of a key and a value
    VH_STATE_SMALL_ARRAY = 0x70,    // 0 to 15 values
    VH_STATE_FALSE_VALUE = 0x80,
    VH_STATE_TRUE_VALUE,
    VH_STATE_NULL_VALUE,
    VH_STATE_INTEGER,           // LEB128
    VH_STATE_NEGATIVE_INTEGER,  // LEB128 of -1 - n
    VH_STATE_FLOAT,             // four bytes of a float that stands for the double exactly
    VH_STATE_DOUBLE,
    VH_STATE_STRING,            // its length as LEB128
    VH_STATE_MAP,
    VH_STATE_ARRAY,
    VH_STATE_SKETCH,  // its bytes, with their length as LEB128 before them
} vh_state_tag;

// Bytes that Lua values are written to. `limit` is what they may come to.
typedef struct vh_state_buffer {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    size_t limit;
    int exceeded;  // whether the last encoding came past the limit
} vh_state_buffer;

// Appends the value at `index`: nil is none, and else booleans, numbers, strings, json.null, sketches and tables of those, with keys
// that are integers or strings. The same value gives the same bytes. Raises where it is anything else, or nested deeper
// than 16 levels, or larger than the buffer's limit; the buffer then has what it had before.
void vh_encode_value(lua_State *L, int index, vh_state_buffer *buffer);

// Pushes the value that the bytes stand for. Raises where they stand for none, whatever they are.
void vh_decode_value(lua_State *L, const uint8_t *bytes, size_t length);

void vh_free_state_buffer(vh_state_buffer *buffer);

#endif
