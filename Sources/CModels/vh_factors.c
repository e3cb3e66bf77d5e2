#include "vh_factors.h"

#include <math.h>
#include "vh_machines.h"

// LAPACK's functions for matrices this small spend most of their time around the arithmetic.

enum { TILE = 4 };

#define AT(base, place) (*(lanes *)((base) + (place)))
#define CONST_AT(base, place) (*(const lanes *)((base) + (place)))

FOR_EACH_MACHINE void vh_gather(float *gathered, float *side, const float *vectors, const uint32_t *numbers,
                                const float *weights, const float *rests, size_t count, size_t width, size_t stride) {
    for (size_t entry = 0; entry < count; entry++) {
        const float *vector = vectors + numbers[entry] * stride;
        float *copy = gathered + entry * width;
        float root = sqrtf(weights[entry]), pull = rests ? weights[entry] * rests[entry] : weights[entry];
        for (size_t place = 0; place < width; place += LANES) {
            lanes group = CONST_AT(vector, place);
            AT(copy, place) = root * group;
            AT(side, place) += pull * group;
        }
    }
}

FOR_EACH_MACHINE void vh_take_products(float *rests, const float *vectors, const uint32_t *numbers, const float *vector,
                                       size_t count, size_t width, size_t stride) {
    for (size_t entry = 0; entry < count; entry++) {
        const float *numbers_of = vectors + numbers[entry] * stride;
        lanes sums = {0};
        for (size_t place = 0; place < width; place += LANES)
            sums += CONST_AT(numbers_of, place) * CONST_AT(vector, place);
        for (int lane = 0; lane < LANES; lane++) rests[entry] -= sums[lane];
    }
}

FOR_EACH_MACHINE void vh_add_products(float *matrix, const float *vectors, size_t count, size_t width) {
    for (size_t row = 0; row < width; row += TILE) {
        for (size_t column = row / VH_FACTOR_GROUP * VH_FACTOR_GROUP; column < width; column += VH_FACTOR_GROUP) {
            // A tile of four rows and sixteen columns stays in eight registers.
            lanes sums[TILE][2];
            for (int line = 0; line < TILE; line++) {
                sums[line][0] = AT(matrix, (row + line) * width + column);
                sums[line][1] = AT(matrix, (row + line) * width + column + LANES);
            }
            for (size_t vector = 0; vector < count; vector++) {
                const float *numbers = vectors + vector * width;
                lanes left = CONST_AT(numbers, column), right = CONST_AT(numbers, column + LANES);
                for (int line = 0; line < TILE; line++) {
                    sums[line][0] += numbers[row + line] * left;
                    sums[line][1] += numbers[row + line] * right;
                }
            }
            for (int line = 0; line < TILE; line++) {
                AT(matrix, (row + line) * width + column) = sums[line][0];
                AT(matrix, (row + line) * width + column + LANES) = sums[line][1];
            }
        }
    }
}

FOR_EACH_MACHINE int vh_factorize(float *matrix, size_t width) {
    for (size_t block = 0; block < width; block += TILE) {
        // The rows of the block, one after the other, each with what those above take away.
        for (size_t row = block; row < block + TILE; row++) {
            float *numbers = matrix + row * width;
            size_t start = row / LANES * LANES;
            for (size_t above = block; above < row; above++) {
                const float *others = matrix + above * width;
                float factor = others[row];
                for (size_t column = start; column < width; column += LANES)
                    AT(numbers, column) -= factor * CONST_AT(others, column);
            }
            if (!(numbers[row] > 0) || isinf(numbers[row])) return 0;
            float scale = 1 / sqrtf(numbers[row]);
            for (size_t column = start; column < width; column += LANES) AT(numbers, column) *= scale;
            // So that whole groups can be used from here on.
            for (size_t column = start; column < row; column++) numbers[column] = 0;
        }
        // What the four rows take away from all below.
        const float *rows[TILE];
        for (int line = 0; line < TILE; line++) rows[line] = matrix + (block + line) * width;
        for (size_t row = block + TILE; row < width; row++) {
            float *numbers = matrix + row * width;
            for (size_t column = row / LANES * LANES; column < width; column += LANES) {
                lanes rest = AT(numbers, column);
                for (int line = 0; line < TILE; line++) rest -= rows[line][row] * CONST_AT(rows[line], column);
                AT(numbers, column) = rest;
            }
        }
    }
    return 1;
}

FOR_EACH_MACHINE void vh_solve(const float *factor, float *side, size_t width) {
    for (size_t row = 0; row < width; row++) {
        const float *numbers = factor + row * width;
        float value = side[row] / numbers[row];
        for (size_t column = row / LANES * LANES; column < width; column += LANES)
            AT(side, column) -= value * CONST_AT(numbers, column);
        side[row] = value;
    }
    for (size_t row = width; row-- > 0;) {
        const float *numbers = factor + row * width;
        float value = side[row];
        side[row] = 0;
        lanes sums = {0};
        for (size_t column = row / LANES * LANES; column < width; column += LANES)
            sums += CONST_AT(numbers, column) * CONST_AT(side, column);
        for (int lane = 0; lane < LANES; lane++) value -= sums[lane];
        side[row] = value / numbers[row];
    }
}
