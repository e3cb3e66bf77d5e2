#ifndef CBRIDGE_STRINGS_H
#define CBRIDGE_STRINGS_H

#include "vh_limits.h"

// Leaves the `string` table on the stack and gives strings their metatable.
void vh_open_strings(lua_State *L);

// `tostring`, without addresses.
int vh_tostring(lua_State *L);

#endif
