#ifndef CBRIDGE_JSON_H
#define CBRIDGE_JSON_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// One JSON value of a parsed event. Offsets count bytes from the start of the event's text, or of one of
// the document's own buffers where the matching flag is set.
typedef struct vh_node {
    uint32_t member;     // offset of the member's key quote; for array elements that of the value
    uint32_t key_start;  // the key's decoded bytes
    uint32_t key_end;
    uint32_t start;      // the value's text, quotes and brackets included
    uint32_t end;
    uint32_t next;       // next sibling, 0 = none
    uint32_t first;      // first child, 0 = none
    uint32_t last;       // last child
    uint32_t parent;
    uint32_t replacement;  // the node that stands here now, where VH_REPLACED is set
    uint32_t shape;      // the key's place among the keys of earlier events, 0 = none
    uint8_t kind;
    uint8_t flags;
    uint8_t category;    // data category of the field plus one; 0 = that of the parent
    uint8_t field;       // what the field is to the envelope or the schema
} vh_node;

enum {
    VH_ESCAPED = 1,       // the string value has escapes
    VH_KEY_DECODED = 2,   // the key lies in the document's key buffer
    VH_IN_EDITS = 4,      // the value's text lies in the document's edit buffer
    VH_REMOVED = 8,
    VH_REPLACED = 16,
    VH_DIRTY = 32,        // something below changed
    VH_INSERTED = 64,     // not in the text that came in
    VH_KEY_IN_TEXT = 128, // the key lies in the event's text though the value does not
};

#if defined(__SSE2__)
// A bit for each of 16 bytes that is a quote, a backslash, a control character or not ASCII.
static inline unsigned vh_special_bytes(__m128i block) {
    // A signed comparison with 0x20 finds both control characters and bytes above 0x7F.
    __m128i hit = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))),
        _mm_cmplt_epi8(block, _mm_set1_epi8(0x20)));
    return (unsigned)_mm_movemask_epi8(hit);
}
#endif

// The first byte at or after `p` that is a quote, a backslash, a control character or not ASCII. What stands between
// `start` and `p` may be read too.
static inline const uint8_t *vh_scan_string(const uint8_t *start, const uint8_t *p, const uint8_t *end) {
#if defined(__SSE2__)
    while (end - p >= 16) {
        unsigned hits = vh_special_bytes(_mm_loadu_si128((const __m128i *)p));
        if (hits != 0) return p + __builtin_ctz(hits);
        p += 16;
    }
    if (end - start >= 16) {
        // The last 16 bytes, of which the first ones are known.
        unsigned hits = vh_special_bytes(_mm_loadu_si128((const __m128i *)(end - 16))) >> (16 - (end - p));
        return hits != 0 ? p + __builtin_ctz(hits) : end;
    }
    if (end - p >= 8) {
        // The first and the last 8 of less than 16 bytes.
        unsigned hits = vh_special_bytes(
            _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)p), _mm_loadl_epi64((const __m128i *)(end - 8))));
        if ((hits & 0xFF) != 0) return p + __builtin_ctz(hits);
        return hits != 0 ? end - 8 + (__builtin_ctz(hits) - 8) : end;
    }
#else
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    while (end - p >= 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
        uint64_t hit = ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | (word - ones * 0x20) | word;
        if (hit & high) break;
        p += 8;
    }
#endif
    while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\') p++;
    return p;
}

// Whether one of two sequences of three bytes, or a backslash, stands between `p` and `end`. What stands between `start` and `p`
// may be looked at too.
static inline int vh_has_any(
    const uint8_t *start, const uint8_t *p, const uint8_t *end, const char *one, const char *other) {
#if defined(__SSE2__)
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i a = _mm_set1_epi8(one[0]), b = _mm_set1_epi8(one[1]), c = _mm_set1_epi8(one[2]);
    const __m128i d = _mm_set1_epi8(other[0]), e = _mm_set1_epi8(other[1]), f = _mm_set1_epi8(other[2]);
    if (end - start >= 18) {
        // Sequences that begin at one of 16 places; the last 16, of which the last is `end - 3`, overlap those before.
        for (const uint8_t *last = end - 18; p < end; p += 16) {
            if (p > last) p = last;
            __m128i first = _mm_loadu_si128((const __m128i *)p), second = _mm_loadu_si128((const __m128i *)(p + 1));
            __m128i third = _mm_loadu_si128((const __m128i *)(p + 2));
            __m128i hit = _mm_or_si128(
                _mm_and_si128(
                    _mm_and_si128(_mm_cmpeq_epi8(first, a), _mm_cmpeq_epi8(second, b)), _mm_cmpeq_epi8(third, c)),
                _mm_and_si128(
                    _mm_and_si128(_mm_cmpeq_epi8(first, d), _mm_cmpeq_epi8(second, e)), _mm_cmpeq_epi8(third, f)));
            hit = _mm_or_si128(hit, _mm_cmpeq_epi8(first, backslash));
            hit = _mm_or_si128(hit, _mm_cmpeq_epi8(third, backslash));
            if (_mm_movemask_epi8(hit) != 0) return 1;
            if (p == last) return 0;
        }
        return 0;
    }
#endif
    for (; p < end; p++) {
        if (*p == '\\') return 1;
        if (end - p >= 3 && (memcmp(p, one, 3) == 0 || memcmp(p, other, 3) == 0)) return 1;
    }
    return 0;
}

static inline int vh_equal_bytes(const void *a, const void *b, size_t length) {
    return memcmp(a, b, length) == 0;
}

// Embedded Swift copies bytes one by one.
static inline void vh_copy_bytes(void *to, const void *from, size_t length) { memcpy(to, from, length); }
static inline void vh_move_bytes(void *to, const void *from, size_t length) { memmove(to, from, length); }

// Says that memory is going to be used from one end to the other. Where it is much, the kernel gives it in large pages: each
// that it has to give costs time.
void vh_expect_use(void *start, size_t size);

static inline const uint8_t *vh_find_byte(const uint8_t *bytes, uint8_t wanted, size_t length) {
    return memchr(bytes, wanted, length);
}

// The double nearest to a JSON number's text.
double vh_parse_double(const void *text, size_t length);

#endif
