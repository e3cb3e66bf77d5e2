#ifndef CBRIDGE_TABLES_H
#define CBRIDGE_TABLES_H

#include <stddef.h>
#include <lua.h>

// Walking tables in a defined order, and the functions of `table` that are not written in Lua.

// Pushes the keys of the table at `index`, in no order. Gives how many there are.
int vh_push_keys(lua_State *L, int index);

// Pushes a list of the keys of the table at `index` in the sandbox's order: numbers by value, then strings by their
// bytes, then false and true. Raises where two keys have no defined order (tables, functions). Returns their count.
lua_Integer vh_push_sorted_keys(lua_State *L, int index);

// What `pairs` returns for the value at 1: a function that gives the keys and values of the table at `index` in that order, one pair in
// each call, and what goes with it. Gives how many values that are.
int vh_give_walk(lua_State *L, int index);

// As qsort, which takes many steps for a few items.
void vh_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

// `pairs` and `next`, in that order.
int vh_pairs(lua_State *L);
int vh_next(lua_State *L);

// Pushes a library with `insert`, `remove` and `concat`.
void vh_open_tables(lua_State *L);

#endif
