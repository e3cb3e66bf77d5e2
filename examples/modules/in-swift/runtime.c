// What Embedded Swift expects of a C library: memory from the end of the module's own on, in blocks of powers of two.
#include <stddef.h>
#include <stdint.h>

enum { HEADER = 16, SMALLEST = 5, LARGEST = 30, PAGE = 65536 };

extern unsigned char __heap_base;

typedef struct block {
    struct block *next;
} block;

static block *freed[LARGEST + 1];
static uintptr_t end;

static void *new_block(unsigned power) {
    size_t size = (size_t)1 << power;
    if (end == 0) end = ((uintptr_t)&__heap_base + HEADER - 1) & ~(uintptr_t)(HEADER - 1);
    size_t room = __builtin_wasm_memory_size(0) * PAGE - end;
    if (size > room && __builtin_wasm_memory_grow(0, (size - room + PAGE - 1) / PAGE) == (size_t)-1) return NULL;
    void *start = (void *)end;
    end += size;
    return start;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    unsigned power = SMALLEST;
    while (power <= LARGEST && (size_t)1 << power < size + HEADER) power++;
    if (power > LARGEST || alignment > HEADER) return 12;
    block *start = freed[power];
    if (start != NULL) freed[power] = start->next;
    else start = new_block(power);
    if (start == NULL) return 12;
    *(unsigned *)start = power;
    *result = (char *)start + HEADER;
    return 0;
}

void free(void *pointer) {
    if (pointer == NULL) return;
    block *start = (block *)((char *)pointer - HEADER);
    unsigned power = *(unsigned *)start;
    start->next = freed[power];
    freed[power] = start;
}

__attribute__((no_builtin("memcmp", "bcmp"))) int memcmp(const void *left, const void *right, size_t length) {
    const unsigned char *a = left, *b = right;
    for (size_t i = 0; i < length; i++) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}
