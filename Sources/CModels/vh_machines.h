#pragma once

// Eight floats are one register with AVX, and two without: the compiler makes one copy of each function for either, and the loader
// takes the one that fits.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_MACHINE __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FOR_EACH_MACHINE
#endif

typedef float lanes __attribute__((vector_size(32), aligned(4)));

enum { LANES = 8 };
