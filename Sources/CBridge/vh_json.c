#include "vh_json.h"

#include <stdlib.h>

double vh_parse_double(const void *text, size_t length) {
    char small[64];
    char *copy = length < sizeof small ? small : malloc(length + 1);
    if (copy == NULL) return 0;
    memcpy(copy, text, length);
    copy[length] = 0;
    double value = strtod(copy, NULL);
    if (copy != small) free(copy);
    return value;
}
