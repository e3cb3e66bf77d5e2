#ifndef CBRIDGE_MATCH_H
#define CBRIDGE_MATCH_H

#include <stddef.h>
#include <stdint.h>

enum { VH_MAX_CAPTURES = 32 };

// Lengths of captures that are no text. An open one, `(` without `)`, only matters where its value is asked for.
enum { VH_CAPTURE_POSITION = -1, VH_CAPTURE_OPEN = -2 };

typedef struct vh_match {
    size_t start;
    size_t end;
    int captures;
    int is_last;           // nothing that follows can match
    struct {
        size_t start;
        ptrdiff_t length;
    } capture[VH_MAX_CAPTURES];
    const char *message;   // of a malformed pattern
} vh_match;

typedef enum {
    VH_MATCH_NONE,
    VH_MATCH_FOUND,
    VH_MATCH_ERROR,
    VH_MATCH_OUT_OF_STEPS,
} vh_match_status;

#define VH_NO_END SIZE_MAX

// Finds the first match at `from` or later, only there where `is_anchored`. One that ends at `last_end` is passed over:
// Lua takes no empty match right behind the last one. Takes what it uses from `steps`. Never raises.
typedef int (*vh_search_function)(const char *subject, size_t subject_length, const char *pattern,
                                  size_t pattern_length, size_t from, int is_anchored, size_t last_end,
                                  int64_t *steps, vh_match *match);

// Swift sees no C array of structs as one: these reach its elements.
static inline void vh_set_capture(vh_match *match, int index, size_t start, ptrdiff_t length) {
    match->capture[index].start = start;
    match->capture[index].length = length;
}
static inline size_t vh_capture_start(const vh_match *match, int index) { return match->capture[index].start; }
static inline ptrdiff_t vh_capture_length(const vh_match *match, int index) { return match->capture[index].length; }

#endif
