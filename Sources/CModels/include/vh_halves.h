#pragma once

#include <stddef.h>
#include <stdint.h>

/// Numbers from -1 to 1 in IEEE 754's binary16: 11 bits of each count.
typedef uint16_t vh_half;

/// Narrows `count` numbers, each times `factor` and times its own of `factors`; those beyond -1 and 1 become these. 0 where one is
/// no number, or further beyond than rounding explains. The halves may lie where the numbers begin.
int vh_narrow(vh_half *halves, const float *numbers, const float *factors, float factor, size_t count);

/// Adds the first `width` halves of `count` of the rows of a matrix to `sums`, each row times its weight. Rows begin `stride` halves apart.
void vh_add_rows(float *sums, const vh_half *matrix, size_t stride, const uint32_t *rows, const float *weights,
                 size_t count, size_t width);

/// Gathers `count` halves of a row, each times its weight.
void vh_pick(float *picked, const vh_half *row, const uint32_t *places, const float *weights, size_t count);

/// Whether all are from -1 to 1.
int vh_are_within_one(const vh_half *halves, size_t count);
