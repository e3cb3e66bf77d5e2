#include "viewerhost.h"

VH_MANIFEST({
    "kind": "redactor",
    "name": "in-c",
    "version": "1.0.0",
    "reads": ["user.device.ip_address"]
})

// VH_PASS lets the event go on as it is then, VH_DROP drops it. After `vh_fail` it goes to quarantine.
int32_t viewerhost_redact(void) {
    vh_mask_field("data.ip", VH_IP);
    return VH_PASS;
}
