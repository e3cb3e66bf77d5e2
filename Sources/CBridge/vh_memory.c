#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif
#include "vh_json.h"
#include "vh_sandbox.h"

// The allocator of a limited state. An event leaves a few short strings behind, so small blocks that are freed are kept
// for the next ones: a list for each size, with a bound, for what is kept is not counted by the memory limit.

enum { UNIT = 16, KEPT_BYTES_PER_SIZE = 64 << 10 };

// An event has at most 1 MiB. Where Lua itself turns a string into a number or compares it, the work grows with the
// string and nothing counts it: this is what bounds it between two looks at the clock.
enum { LARGEST_STRING = 4 << 20 };

// Bytes outside of the allocator after which the collector is told of them.
enum { GROWTH_PER_STEP = 4096 };

struct vh_kept_block {
    vh_kept_block *next;
};

static size_t size_index(size_t size) { return (size - 1) / UNIT; }

static void *take_block(vh_limits *limits, size_t size) {
    size_t index = size_index(size);
    if (index >= VH_KEPT_SIZES) return malloc(size);
    vh_kept_block *block = limits->kept[index];
    if (block == NULL) return malloc((index + 1) * UNIT);
    limits->kept[index] = block->next;
    limits->kept_counts[index]--;
    return block;
}

static void give_block(vh_limits *limits, void *block, size_t size) {
    size_t index = size_index(size);
    if (index >= VH_KEPT_SIZES || limits->kept_counts[index] >= KEPT_BYTES_PER_SIZE / ((index + 1) * UNIT)) {
        free(block);
        return;
    }
    vh_kept_block *kept = block;
    kept->next = limits->kept[index];
    limits->kept[index] = kept;
    limits->kept_counts[index]++;
}

static void *move_block(vh_limits *limits, void *block, size_t old_size, size_t new_size) {
    size_t old_index = size_index(old_size), new_index = size_index(new_size);
    if (old_index >= VH_KEPT_SIZES && new_index >= VH_KEPT_SIZES) return realloc(block, new_size);
    if (old_index == new_index) return block;
    void *moved = take_block(limits, new_size);
    if (moved == NULL) return NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    give_block(limits, block, old_size);
    return moved;
}

// Large blocks cost steps as well: concatenating strings in the VM is no C function that could charge.
static void charge_block(vh_limits *limits, size_t size) {
    if (size >= 4096) limits->steps -= (int64_t)(size / 64);
}

void *vh_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    vh_limits *limits = context;
    // For a new block, Lua says in `old_size` what it is for.
    int is_string = block == NULL && old_size == LUA_TSTRING;
    if (block == NULL) old_size = 0;
    if (new_size == 0) {
        if (old_size > 0) give_block(limits, block, old_size);
        limits->memory -= old_size;
        return NULL;
    }
    if (new_size > old_size) {
        size_t growth = new_size - old_size;
        if (limits->memory + growth > limits->memory_limit || (is_string && new_size > LARGEST_STRING)) {
            // Lua collects its garbage and asks once more; only the second refusal is final.
            if (limits->refused && limits->tripped == VH_TRIP_NONE) limits->tripped = VH_TRIP_MEMORY;
            limits->refused = 1;
            return NULL;
        }
        limits->refused = 0;
        charge_block(limits, new_size);
    }
    void *moved = old_size == 0 ? take_block(limits, new_size) : move_block(limits, block, old_size, new_size);
    if (moved == NULL) return NULL;
    limits->memory = limits->memory - old_size + new_size;
    if (limits->memory > limits->memory_peak) limits->memory_peak = limits->memory;
    return moved;
}

void vh_count_memory(lua_State *L, size_t old_size, size_t new_size) {
    vh_limits *limits = vh_limits_of(L);
    limits->memory = limits->memory - old_size + new_size;
    if (new_size <= old_size) return;
    limits->growth += new_size - old_size;
    if (limits->growth >= GROWTH_PER_STEP) {
        // Lua's collector goes by what Lua itself allocates.
        lua_gc(L, LUA_GCSTEP, (int)(limits->growth / 1024));
        limits->growth = 0;
    }
    if (limits->memory > limits->memory_limit) lua_gc(L, LUA_GCCOLLECT, 0);
    if (limits->memory > limits->memory_limit) vh_trip_limit(L, VH_TRIP_MEMORY);
    if (limits->memory > limits->memory_peak) limits->memory_peak = limits->memory;
}

void vh_close_sandbox(lua_State *L) {
    vh_limits *limits = vh_limits_of(L);
    lua_close(L);
    vh_allocate(limits, limits->encoded, limits->encoded_capacity, 0);
    for (size_t i = 0; i < VH_KEPT_SIZES; i++) {
        while (limits->kept[i] != NULL) {
            vh_kept_block *block = limits->kept[i];
            limits->kept[i] = block->next;
            free(block);
        }
        limits->kept_counts[i] = 0;
    }
}

void vh_expect_use(void *start, size_t size) {
#if defined(__linux__)
    enum { LARGE_PAGE = 2 << 20, MUCH = 16 << 20 };
    uintptr_t first = ((uintptr_t)start + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    if (size >= MUCH) madvise((void *)first, (uintptr_t)start + size - first, MADV_HUGEPAGE);
#else
    (void)start, (void)size;
#endif
}
