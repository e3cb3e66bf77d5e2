// A module that looks at nothing: what a call costs.
#include "viewerhost.h"

VH_MANIFEST({
    "kind": "redactor",
    "name": "idle",
    "version": "1.0.0",
    "reads": []
})

int32_t viewerhost_redact(void) {
    return VH_PASS;
}
