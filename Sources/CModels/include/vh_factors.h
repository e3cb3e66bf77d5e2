#pragma once

#include <stddef.h>
#include <stdint.h>

/// Numbers of a vector stand in groups of so many; what is left of the last group is 0.
enum { VH_FACTOR_GROUP = 16 };

/// Gathers `count` of the vectors, each times the root of its weight, and adds each times its weight, and times its rest where there
/// are rests, to `side`. Vectors start `stride` numbers from each other; `width` of each are looked at.
void vh_gather(float *gathered, float *side, const float *vectors, const uint32_t *numbers, const float *weights,
               const float *rests, size_t count, size_t width, size_t stride);

/// Takes from each rest the product of its vector with `vector`.
void vh_take_products(float *rests, const float *vectors, const uint32_t *numbers, const float *vector, size_t count,
                      size_t width, size_t stride);

/// Adds to the upper triangle of a matrix, in rows of `width` numbers, the products of each of `count` vectors with itself.
/// `width` is a multiple of VH_FACTOR_GROUP, and the vectors stand one after the other.
void vh_add_products(float *matrix, const float *vectors, size_t count, size_t width);

/// Makes the upper triangle of a positive definite matrix its factor U, with A = UᵀU; 0 where it is not positive definite.
int vh_factorize(float *matrix, size_t width);

/// Solves UᵀUx = side; the side becomes the solution.
void vh_solve(const float *factor, float *side, size_t width);
