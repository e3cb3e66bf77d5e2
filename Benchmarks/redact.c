// What Benchmarks/redact.lua does, as a module.
#include "viewerhost.h"

VH_MANIFEST({
    "kind": "redactor",
    "name": "bench",
    "version": "1.0.0",
    "reads": ["user.device.ip_address", "user.unclassified"]
})

int32_t viewerhost_redact(void) {
    char ip[64];
    vh_remove("data.email");
    vh_remove("data.phone");
    int32_t length = vh_get_text("data.ip", ip, sizeof ip - 1);
    if (length < 0 || length > (int32_t)sizeof ip - 1) vh_fail("data.ip is no address");
    int32_t end = length;
    while (end > 0 && ip[end - 1] >= '0' && ip[end - 1] <= '9') end--;
    if (end < length) ip[end++] = '0';
    vh_set_text("data.ip", ip, (size_t)end);
    return VH_PASS;
}
