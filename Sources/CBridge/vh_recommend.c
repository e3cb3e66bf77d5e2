#include "vh_recommend.h"

#include <lauxlib.h>
#include <string.h>
#include "vh_sandbox.h"
#include "vh_tables.h"

// Stack positions behind those of vh_sandbox.h.
enum { RECOMMEND = VH_EVENT + 1, CATALOGUE, VIEWER_METHODS, LAST = VIEWER_METHODS };

// A question costs so many steps, and one more for so many bytes of its answer.
enum { STEPS_PER_QUESTION = 50, BYTES_PER_STEP = 16 };

// Their addresses name values: the viewer of the call that runs, in the registry; and what marks the metatables of candidates.
static const char viewer_key = 0;
static const char candidate_key = 0;

// MARK: Questions

// Asks, and pushes the answer: nil where there is none.
static int ask(lua_State *L, vh_question question, const char *text, size_t length, lua_Integer count) {
    vh_event *event = lua_touserdata(L, lua_upvalueindex(1));
    const uint8_t *bytes = NULL;
    size_t size = 0;
    vh_charge(L, STEPS_PER_QUESTION + (int64_t)(length / BYTES_PER_STEP));
    if (!event->is_asked) return luaL_error(L, "the models can be asked while 'recommend' runs, and only then");
    if (!event->ask(event->context, question, text, length, count, &bytes, &size)) return 0;
    vh_charge(L, (int64_t)(size / BYTES_PER_STEP));
    vh_decode_value(L, bytes, size);
    return 1;
}

static lua_Integer check_count(lua_State *L, int index) {
    lua_Integer count = luaL_checkinteger(L, index);
    return count < 0 ? 0 : count > VH_MOST_TITLES ? VH_MOST_TITLES : count;
}

static int ask_list(lua_State *L, vh_question question) {
    lua_Integer count = check_count(L, 1);
    size_t length = 0;
    const char *genre = luaL_optlstring(L, 2, "", &length);
    return ask(L, question, genre, length, count);
}

static int host_popular(lua_State *L) { return ask_list(L, VH_ASK_POPULAR); }
static int host_trending(lua_State *L) { return ask_list(L, VH_ASK_TRENDING); }
static int catalogue_new(lua_State *L) { return ask_list(L, VH_ASK_NEW); }

// Sets the second argument's field of the first to the value on top, and gives it.
static int keep_answer(lua_State *L) {
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
}

// Whether the key at 2 is "because".
static int is_because(lua_State *L) {
    return lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "because") == 0;
}

// Most candidates are never shown: why one is there is asked for when it is looked at. Arguments: the candidate, a key. Upvalues:
// the event, the call that the candidate was made in.
static int candidate_index(lua_State *L) {
    const vh_event *event = lua_touserdata(L, lua_upvalueindex(1));
    if (!is_because(L)) return 0;
    if (event->recommends != (uint64_t)lua_tointeger(L, lua_upvalueindex(2))) return 0;
    lua_settop(L, 2);
    lua_pushliteral(L, "title");
    lua_rawget(L, 1);
    if (lua_type(L, 3) != LUA_TSTRING) return 0;
    size_t length;
    const char *title = lua_tolstring(L, 3, &length);
    int is_told = ask(L, VH_ASK_REASONS, title, length, 0);
    // From here on the candidate is a table like others.
    lua_pushnil(L);
    lua_setmetatable(L, 1);
    return is_told ? keep_answer(L) : 0;
}

// A plugin may have its own reasons, or none: then the model's are not asked for any more.
static int candidate_newindex(lua_State *L) {
    lua_settop(L, 3);
    if (is_because(L)) {
        lua_pushnil(L);
        lua_setmetatable(L, 1);
    }
    lua_rawset(L, 1);
    return 0;
}

static int candidate_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_getfield(L, 1, "because");
    return vh_give_walk(L, 1);
}

void vh_complete(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return;
    int is_candidate = lua_rawgetp(L, -1, &candidate_key) != LUA_TNIL;
    lua_pop(L, 2);
    if (!is_candidate) return;
    lua_getfield(L, index, "because");
    lua_pop(L, 1);
}

static int host_fold_in(lua_State *L) {
    const vh_event *event = lua_touserdata(L, lua_upvalueindex(1));
    if (ask(L, VH_ASK_FOLD_IN, "", 0, check_count(L, 1)) == 0) return 0;
    lua_createtable(L, 0, 5);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushinteger(L, (lua_Integer)event->recommends);
    lua_pushcclosure(L, candidate_index, 2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, candidate_newindex);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, candidate_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, &candidate_key);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -2, i);
        lua_pushvalue(L, -2);
        if (lua_istable(L, -2)) lua_setmetatable(L, -2);
        else lua_pop(L, 1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}

static int host_similar(lua_State *L) {
    size_t length;
    const char *title = luaL_checklstring(L, 1, &length);
    return ask(L, VH_ASK_SIMILAR, title, length, check_count(L, 2));
}

static int host_score(lua_State *L) {
    vh_event *event = lua_touserdata(L, lua_upvalueindex(1));
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!event->is_asked) return ask(L, VH_ASK_SCORE, "", 0, 0);
    event->asked->count = 0;
    vh_encode_value(L, 1, event->asked);
    return ask(L, VH_ASK_SCORE, (const char *)event->asked->bytes, event->asked->count, 0);
}

static int catalogue_title(lua_State *L) {
    size_t length;
    const char *title = luaL_checklstring(L, 1, &length);
    return ask(L, VH_ASK_TITLE, title, length, 0);
}

static int catalogue_is_available(lua_State *L) {
    size_t length;
    const char *title = luaL_checklstring(L, 1, &length);
    return ask(L, VH_ASK_IS_AVAILABLE, title, length, 0);
}

static void set_question(lua_State *L, const char *name, vh_event *event, lua_CFunction function) {
    lua_pushlightuserdata(L, event);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void vh_open_questions(lua_State *L, vh_event *event) {
    set_question(L, "popular", event, host_popular);
    set_question(L, "trending", event, host_trending);
    set_question(L, "similar", event, host_similar);
    set_question(L, "score", event, host_score);
    set_question(L, "fold_in", event, host_fold_in);
}

// MARK: The viewer

// What few plugins look at, and is much, is asked for when it is looked at. Arguments: the viewer, a key.
static int viewer_index(lua_State *L) {
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    int is_history = strcmp(key, "history") == 0;
    if (!is_history && strcmp(key, "shown") != 0) return 0;
    lua_settop(L, 2);
    return ask(L, is_history ? VH_ASK_HISTORY : VH_ASK_SHOWN, "", 0, 0) == 0 ? 0 : keep_answer(L);
}

static int viewer_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_getfield(L, 1, "history");
    lua_getfield(L, 1, "shown");
    return vh_give_walk(L, 1);
}

// MARK: Calls

// Arguments: the plugin, the event.
static int open(lua_State *L) {
    vh_event *event = lua_touserdata(L, 2);
    if (lua_istable(L, 1)) {
        lua_pushliteral(L, "recommend");
        lua_rawget(L, 1);
    } else {
        lua_pushnil(L);
    }
    lua_createtable(L, 0, 3);
    set_question(L, "title", event, catalogue_title);
    set_question(L, "is_available", event, catalogue_is_available);
    set_question(L, "new", event, catalogue_new);
    lua_createtable(L, 0, 3);
    set_question(L, "__index", event, viewer_index);
    lua_pushcfunction(L, viewer_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    return 3;
}

int vh_open_recommend(lua_State *L, vh_event *event) {
    vh_begin_call(L);
    lua_settop(L, VH_EVENT);
    if (!lua_checkstack(L, LAST + LUA_MINSTACK)) return -1;
    lua_pushcfunction(L, open);
    lua_pushvalue(L, VH_PLUGIN);
    lua_pushlightuserdata(L, event);
    if (lua_pcall(L, 2, LAST - VH_EVENT, 0) != LUA_OK) return -1;
    vh_limits_of(L)->top = LAST;
    return lua_isfunction(L, RECOMMEND);
}

typedef struct {
    const uint8_t *bytes;
    size_t length;
    int64_t count;
    vh_state_buffer *answer;
} request;

// Arguments: the request, `recommend`, the catalogue, the viewer's methods.
static int recommend(lua_State *L) {
    const request *asked = lua_touserdata(L, 1);
    lua_pushvalue(L, 2);
    vh_decode_value(L, asked->bytes, asked->length);
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_pushvalue(L, 4);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &viewer_key);
    lua_pushvalue(L, 3);
    lua_pushinteger(L, asked->count);
    lua_call(L, 3, 1);
    if (!lua_istable(L, -1)) luaL_error(L, "'recommend' must return a list of tables with a title each");
    vh_encode_value(L, lua_gettop(L), asked->answer);
    return 0;
}

// A plugin may keep the viewer: it learns nothing more of it then, and nothing of the one that is asked about next.
static void leave_viewer(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &viewer_key) == LUA_TTABLE) {
        lua_pushnil(L);
        lua_setmetatable(L, -2);
        lua_pushnil(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &viewer_key);
    }
    lua_pop(L, 1);
}

int vh_call_recommend(lua_State *L, vh_event *event, const uint8_t *bytes, size_t length, int64_t count,
                      vh_state_buffer *answer) {
    request asked = {bytes, length, count, answer};
    event->recommends++;
    vh_begin_call(L);
    lua_pushcfunction(L, recommend);
    lua_pushlightuserdata(L, &asked);
    lua_pushvalue(L, RECOMMEND);
    lua_pushvalue(L, CATALOGUE);
    lua_pushvalue(L, VIEWER_METHODS);
    int status = lua_pcall(L, 4, 0, 0);
    leave_viewer(L);
    return status == LUA_OK && vh_limits_of(L)->tripped != VH_TRIP_NONE ? LUA_ERRRUN : status;
}
