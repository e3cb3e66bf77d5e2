// The part of wasmtime's C API that the host uses, as release 50 has it. The library is loaded at run time, so that
// nothing but WebAssembly needs it.
#ifndef CWASMTIME_H
#define CWASMTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VH_WASMTIME_VERSION "50"

typedef struct wasm_config wasm_config_t;
typedef struct wasm_engine wasm_engine_t;
typedef struct wasm_trap wasm_trap_t;
typedef struct wasm_valtype wasm_valtype_t;
typedef struct wasm_functype wasm_functype_t;
typedef struct wasmtime_error wasmtime_error_t;
typedef struct wasmtime_module wasmtime_module_t;
typedef struct wasmtime_store wasmtime_store_t;
typedef struct wasmtime_context wasmtime_context_t;
typedef struct wasmtime_linker wasmtime_linker_t;
typedef struct wasmtime_caller wasmtime_caller_t;
typedef struct wasi_config wasi_config_t;

typedef struct wasm_byte_vec {
    size_t size;
    char *data;
} wasm_byte_vec_t;

typedef struct wasm_valtype_vec {
    size_t size;
    wasm_valtype_t **data;
} wasm_valtype_vec_t;

typedef struct wasmtime_instance {
    uint64_t store_id;
    size_t index;
} wasmtime_instance_t;

typedef struct wasmtime_func {
    uint64_t store_id;
    void *pointer;
} wasmtime_func_t;

typedef struct wasmtime_memory {
    struct {
        uint64_t store_id;
        uint32_t first;
    } place;
    uint32_t second;
} wasmtime_memory_t;

enum { WASMTIME_EXTERN_FUNC = 0, WASMTIME_EXTERN_MEMORY = 3 };

typedef struct wasmtime_extern {
    uint8_t kind;
    union {
        wasmtime_func_t func;
        wasmtime_memory_t memory;
    } of;
} wasmtime_extern_t;

enum { WASMTIME_I32 = 0, WASMTIME_I64 = 1 };

typedef struct wasmtime_val {
    uint8_t kind;
    union {
        int32_t i32;
        int64_t i64;
        uint64_t room[3];  // the largest kind of value takes so much
    } of;
} wasmtime_val_t;

// A value without its kind, for calls whose types were checked before.
typedef union wasmtime_val_raw {
    int32_t i32;
    int64_t i64;
    uint64_t room[2];  // the largest kind of value takes so much
} wasmtime_val_raw_t;

typedef wasm_trap_t *(*wasmtime_func_unchecked_callback)(void *data, wasmtime_caller_t *caller,
                                                         wasmtime_val_raw_t *values, size_t count);
typedef wasmtime_error_t *(*wasmtime_epoch_callback)(wasmtime_context_t *context, void *data, uint64_t *ticks,
                                                     uint8_t *kind);

// F(result, name, arguments)
#define VH_WASMTIME_FUNCTIONS(F) \
    F(wasm_config_t *, wasm_config_new, (void)) \
    F(void, wasmtime_config_epoch_interruption_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_wasm_exceptions_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_wasm_gc_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_wasm_threads_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_wasm_relaxed_simd_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_wasm_memory64_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_cranelift_nan_canonicalization_set, (wasm_config_t *, bool)) \
    F(void, wasmtime_config_max_wasm_stack_set, (wasm_config_t *, size_t)) \
    F(wasm_engine_t *, wasm_engine_new_with_config, (wasm_config_t *)) \
    F(void, wasm_engine_delete, (wasm_engine_t *)) \
    F(void, wasmtime_engine_increment_epoch, (wasm_engine_t *)) \
    F(void, wasm_byte_vec_delete, (wasm_byte_vec_t *)) \
    F(wasm_valtype_t *, wasm_valtype_new, (uint8_t)) \
    F(uint8_t, wasm_valtype_kind, (const wasm_valtype_t *)) \
    F(void, wasm_valtype_vec_new, (wasm_valtype_vec_t *, size_t, wasm_valtype_t *const *)) \
    F(wasm_functype_t *, wasm_functype_new, (wasm_valtype_vec_t *, wasm_valtype_vec_t *)) \
    F(const wasm_valtype_vec_t *, wasm_functype_params, (const wasm_functype_t *)) \
    F(const wasm_valtype_vec_t *, wasm_functype_results, (const wasm_functype_t *)) \
    F(void, wasm_functype_delete, (wasm_functype_t *)) \
    F(void, wasm_trap_delete, (wasm_trap_t *)) \
    F(bool, wasmtime_trap_code, (const wasm_trap_t *, uint8_t *)) \
    F(wasm_trap_t *, wasmtime_trap_new, (const char *, size_t)) \
    F(wasmtime_error_t *, wasmtime_error_new, (const char *)) \
    F(void, wasmtime_error_message, (const wasmtime_error_t *, wasm_byte_vec_t *)) \
    F(void, wasmtime_error_delete, (wasmtime_error_t *)) \
    F(wasmtime_error_t *, wasmtime_module_new, \
      (wasm_engine_t *, const uint8_t *, size_t, wasmtime_module_t **)) \
    F(wasmtime_error_t *, wasmtime_module_serialize, (wasmtime_module_t *, wasm_byte_vec_t *)) \
    F(wasmtime_error_t *, wasmtime_module_deserialize, \
      (wasm_engine_t *, const uint8_t *, size_t, wasmtime_module_t **)) \
    F(void, wasmtime_module_delete, (wasmtime_module_t *)) \
    F(wasmtime_linker_t *, wasmtime_linker_new, (wasm_engine_t *)) \
    F(wasmtime_error_t *, wasmtime_linker_define_wasi, (wasmtime_linker_t *)) \
    F(wasmtime_error_t *, wasmtime_linker_define_func_unchecked, \
      (wasmtime_linker_t *, const char *, size_t, const char *, size_t, const wasm_functype_t *, \
       wasmtime_func_unchecked_callback, void *, void (*)(void *))) \
    F(wasmtime_error_t *, wasmtime_linker_instantiate, \
      (const wasmtime_linker_t *, wasmtime_context_t *, const wasmtime_module_t *, wasmtime_instance_t *, \
       wasm_trap_t **)) \
    F(void, wasmtime_linker_delete, (wasmtime_linker_t *)) \
    F(wasi_config_t *, wasi_config_new, (void)) \
    F(wasmtime_store_t *, wasmtime_store_new, (wasm_engine_t *, void *, void (*)(void *))) \
    F(wasmtime_context_t *, wasmtime_store_context, (wasmtime_store_t *)) \
    F(void, wasmtime_store_limiter, (wasmtime_store_t *, int64_t, int64_t, int64_t, int64_t, int64_t)) \
    F(void, wasmtime_store_epoch_deadline_callback, \
      (wasmtime_store_t *, wasmtime_epoch_callback, void *, void (*)(void *))) \
    F(void, wasmtime_store_delete, (wasmtime_store_t *)) \
    F(wasmtime_error_t *, wasmtime_context_set_wasi, (wasmtime_context_t *, wasi_config_t *)) \
    F(void *, wasmtime_context_get_data, (const wasmtime_context_t *)) \
    F(void, wasmtime_context_set_epoch_deadline, (wasmtime_context_t *, uint64_t)) \
    F(wasmtime_context_t *, wasmtime_caller_context, (wasmtime_caller_t *)) \
    F(bool, wasmtime_instance_export_get, \
      (wasmtime_context_t *, const wasmtime_instance_t *, const char *, size_t, wasmtime_extern_t *)) \
    F(void, wasmtime_extern_delete, (wasmtime_extern_t *)) \
    F(wasmtime_error_t *, wasmtime_func_call, \
      (wasmtime_context_t *, const wasmtime_func_t *, const wasmtime_val_t *, size_t, wasmtime_val_t *, size_t, \
       wasm_trap_t **)) \
    F(wasm_functype_t *, wasmtime_func_type, (const wasmtime_context_t *, const wasmtime_func_t *)) \
    F(wasmtime_error_t *, wasmtime_func_call_unchecked, \
      (wasmtime_context_t *, const wasmtime_func_t *, wasmtime_val_raw_t *, size_t, wasm_trap_t **)) \
    F(uint8_t *, wasmtime_memory_data, (const wasmtime_context_t *, const wasmtime_memory_t *)) \
    F(size_t, wasmtime_memory_data_size, (const wasmtime_context_t *, const wasmtime_memory_t *))

typedef struct vh_wasmtime {
#define VH_FIELD(result, name, arguments) result (*name) arguments;
    VH_WASMTIME_FUNCTIONS(VH_FIELD)
#undef VH_FIELD
} vh_wasmtime;

typedef enum {
    VH_WASMTIME_LOADED,
    VH_WASMTIME_NO_LIBRARY,   // `text` is the loader's message
    VH_WASMTIME_NO_FUNCTION,  // `text` is the first function that it lacks
} vh_wasmtime_status;

// Loads the library at `path` and finds all functions. It is never unloaded.
vh_wasmtime_status vh_wasmtime_load(const char *path, vh_wasmtime *functions, const char **text);

#endif
