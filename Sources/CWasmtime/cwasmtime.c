#include "CWasmtime.h"

#include <dlfcn.h>

vh_wasmtime_status vh_wasmtime_load(const char *path, vh_wasmtime *functions, const char **text) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        *text = dlerror();
        return VH_WASMTIME_NO_LIBRARY;
    }
#define VH_FIND(result, name, arguments) \
    *(void **)&functions->name = dlsym(library, #name); \
    if (functions->name == NULL) { \
        *text = #name; \
        return VH_WASMTIME_NO_FUNCTION; \
    }
    VH_WASMTIME_FUNCTIONS(VH_FIND)
#undef VH_FIND
    return VH_WASMTIME_LOADED;
}
