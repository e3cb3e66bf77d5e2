#ifndef CBRIDGE_SANDBOX_H
#define CBRIDGE_SANDBOX_H

#include "vh_event.h"
#include "vh_limits.h"
#include "vh_strings.h"

// The allocator of a limited state; `context` is its vh_limits.
void *vh_allocate(void *context, void *block, size_t old_size, size_t new_size);

// Counts what a value of the plugin's holds outside of the allocator, and raises where that is too much: `old_size` bytes of
// it were counted before.
void vh_count_memory(lua_State *L, size_t old_size, size_t new_size);

// Closes a state that vh_new_sandbox has opened.
void vh_close_sandbox(lua_State *L);

// Says that the functions of the table at `from` are `library`'s: liblua looks there for a name for its messages when C
// has called it. The registry is out of a plugin's reach.
void vh_name_functions(lua_State *L, int from, const char *library);

// Sets the functions `names` of the table at `from` in the table on top. With `bytes_per_step`, each is wrapped: before
// a call it charges one step, and one more for so many bytes of the strings among the arguments.
void vh_copy_functions(lua_State *L, int from, const char *const *names, lua_Integer bytes_per_step);

// Refills the call's budgets and arms the count hook on `L`.
void vh_begin_call(lua_State *L);

// A new state that only allocates within `limits`, with the sandbox's globals, or NULL where `limits` is too small.
// `prelude` is the part of the sandbox that is written in Lua; a fault in it is left as a message on the stack.
lua_State *vh_new_sandbox(vh_limits *limits, vh_event *event, const char *prelude, size_t prelude_length);

// All below return LUA_OK, or a status of lua_pcall with the error value on the stack; none raises.

// Stack positions after vh_load_plugin.
enum { VH_PLUGIN = 1, VH_ENTRY = 2, VH_EVENT = 3 };

// Runs the chunk (text only) and leaves the one table it returns.
int vh_load_plugin(lua_State *L, const char *source, size_t length, const char *name);

// Calls the entry function with the event. `result`: 1 the event came back, 0 nil, -1 something else.
int vh_call_entry(lua_State *L, vh_event *event, int *result);

// The plugin table's field `name`: its Lua type, and its text where it is a string, a number or a boolean. Valid until the next call.
int vh_plugin_field(lua_State *L, const char *name, const char **text, size_t *length);

// Element `index` (from 1) of the plugin table's list `name`, as vh_plugin_field.
int vh_plugin_element(lua_State *L, const char *name, lua_Integer index, const char **text, size_t *length);

// Takes the plugin's function `name` as its entry; 0 where there is none.
int vh_set_entry(lua_State *L, const char *name);

// The error value on top of the stack as text, which is popped by vh_pop_error.
const char *vh_error_text(lua_State *L, size_t *length);
void vh_pop_error(lua_State *L);

#endif
