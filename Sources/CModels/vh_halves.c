#include "vh_halves.h"

#include "vh_machines.h"

typedef _Float16 half __attribute__((may_alias));
typedef _Float16 half_lanes __attribute__((vector_size(16), aligned(2), may_alias));
typedef float float_lanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t int_lanes __attribute__((vector_size(32)));
typedef uint16_t bit_lanes __attribute__((vector_size(32), aligned(2)));

// Rows that are added at once: a sum is then loaded and stored once for so many. Each is asked for so many numbers ahead: the
// processor does so by itself, but only up to the end of a page.
enum { ROWS = 8, AHEAD = 256, NUMBERS_PER_LINE = 32 };

// What rounding may make of 1.
static const float one = 1, beyond = 1.001f;

FOR_EACH_MACHINE int vh_narrow(vh_half *halves, const float *numbers, const float *factors, float factor, size_t count) {
    int are_good = 1;
    size_t place = 0;
    int_lanes bad = {0};
    // All of a group is read before any of it is written.
    for (; place + LANES <= count; place += LANES) {
        lanes group = factor * *(const float_lanes *)(factors + place) * *(const float_lanes *)(numbers + place);
        bad |= ~((group <= beyond) & (group >= -beyond));
        group = __builtin_elementwise_max(__builtin_elementwise_min(group, (lanes){0} + one), (lanes){0} - one);
        *(half_lanes *)(halves + place) = __builtin_convertvector(group, half_lanes);
    }
    for (int lane = 0; lane < LANES; lane++) are_good &= !bad[lane];
    for (; place < count; place++) {
        float number = factor * factors[place] * numbers[place];
        are_good &= number <= beyond && number >= -beyond;
        number = number > one ? one : number < -one ? -one : number;
        *(half *)(halves + place) = (half)number;
    }
    return are_good;
}

FOR_EACH_MACHINE void vh_add_rows(float *sums, const vh_half *matrix, size_t stride, const uint32_t *rows,
                                  const float *weights, size_t count, size_t width) {
    size_t row = 0;
    for (; row + ROWS <= count; row += ROWS) {
        const half *numbers[ROWS];
        for (int line = 0; line < ROWS; line++) numbers[line] = (const half *)matrix + rows[row + line] * stride;
        size_t place = 0;
        for (; place + LANES <= width; place += LANES) {
            if (place % NUMBERS_PER_LINE == 0)
                for (int line = 0; line < ROWS; line++) __builtin_prefetch(numbers[line] + place + AHEAD);
            lanes sum = *(const lanes *)(sums + place);
            for (int line = 0; line < ROWS; line++)
                sum += weights[row + line] * __builtin_convertvector(*(const half_lanes *)(numbers[line] + place), lanes);
            *(lanes *)(sums + place) = sum;
        }
        for (; place < width; place++)
            for (int line = 0; line < ROWS; line++) sums[place] += weights[row + line] * (float)numbers[line][place];
    }
    for (; row < count; row++) {
        const half *numbers = (const half *)matrix + rows[row] * stride;
        size_t place = 0;
        for (; place + LANES <= width; place += LANES)
            *(lanes *)(sums + place) +=
                weights[row] * __builtin_convertvector(*(const half_lanes *)(numbers + place), lanes);
        for (; place < width; place++) sums[place] += weights[row] * (float)numbers[place];
    }
}

FOR_EACH_MACHINE void vh_pick(float *picked, const vh_half *row, const uint32_t *places, const float *weights,
                              size_t count) {
    for (size_t entry = 0; entry < count; entry++)
        picked[entry] = weights[entry] * (float)((const half *)row)[places[entry]];
}

FOR_EACH_MACHINE int vh_are_within_one(const vh_half *halves, size_t count) {
    enum { GROUP = 16, MAGNITUDE = 0x7fff, ONE = 0x3c00 };
    // The magnitudes' bits are in the order of the magnitudes.
    bit_lanes largest = {0};
    size_t place = 0;
    for (; place + GROUP <= count; place += GROUP) {
        bit_lanes bits = *(const bit_lanes *)(halves + place) & MAGNITUDE;
        largest = __builtin_elementwise_max(largest, bits);
    }
    int are_good = 1;
    for (int lane = 0; lane < GROUP; lane++) are_good &= largest[lane] <= ONE;
    for (; place < count; place++) are_good &= (halves[place] & MAGNITUDE) <= ONE;
    return are_good;
}
