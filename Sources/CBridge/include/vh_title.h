#ifndef CBRIDGE_TITLE_H
#define CBRIDGE_TITLE_H

#include "vh_event.h"

// host.title(key): what the catalogue has of a title, as a table that cannot be changed, or nil. Its upvalue is the event.
int vh_host_title(lua_State *L);

// Puts the table that a frozen one at `index` shows in its place; 0 where it is none, and nothing is changed.
int vh_unfreeze(lua_State *L, int index);

#endif
