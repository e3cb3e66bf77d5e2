#ifndef CBRIDGE_RANDOM_H
#define CBRIDGE_RANDOM_H

#include <stdint.h>

// The next number after `state`, which it moves on: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
// pseudorandom number generators"). The same state gives the same numbers again.
static inline uint64_t vh_next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

#endif
