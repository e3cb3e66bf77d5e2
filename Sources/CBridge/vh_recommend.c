#include "vh_recommend.h"

#include <lauxlib.h>
#include "vh_sandbox.h"

// Stack positions behind those of vh_sandbox.h.
enum { RECOMMEND = VH_EVENT + 1, CATALOGUE, LAST = CATALOGUE };

// A question costs so many steps, and one more for so many bytes of its answer.
enum { STEPS_PER_QUESTION = 50, BYTES_PER_STEP = 16 };

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
static int host_fold_in(lua_State *L) { return ask(L, VH_ASK_FOLD_IN, "", 0, check_count(L, 1)); }

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
    return 2;
}

int vh_open_recommend(lua_State *L, vh_event *event) {
    vh_begin_call(L);
    lua_settop(L, VH_EVENT);
    if (!lua_checkstack(L, LAST + LUA_MINSTACK)) return -1;
    lua_pushcfunction(L, open);
    lua_pushvalue(L, VH_PLUGIN);
    lua_pushlightuserdata(L, event);
    if (lua_pcall(L, 2, 2, 0) != LUA_OK) return -1;
    vh_limits_of(L)->top = LAST;
    return lua_isfunction(L, RECOMMEND);
}

typedef struct {
    const uint8_t *bytes;
    size_t length;
    int64_t count;
    vh_state_buffer *answer;
} request;

// Arguments: the request, `recommend`, the catalogue.
static int recommend(lua_State *L) {
    const request *asked = lua_touserdata(L, 1);
    lua_pushvalue(L, 2);
    vh_decode_value(L, asked->bytes, asked->length);
    lua_pushvalue(L, 3);
    lua_pushinteger(L, asked->count);
    lua_call(L, 3, 1);
    if (!lua_istable(L, -1)) luaL_error(L, "'recommend' must return a list of tables with a title each");
    vh_encode_value(L, lua_gettop(L), asked->answer);
    return 0;
}

int vh_call_recommend(lua_State *L, const uint8_t *bytes, size_t length, int64_t count, vh_state_buffer *answer) {
    request asked = {bytes, length, count, answer};
    vh_begin_call(L);
    lua_pushcfunction(L, recommend);
    lua_pushlightuserdata(L, &asked);
    lua_pushvalue(L, RECOMMEND);
    lua_pushvalue(L, CATALOGUE);
    int status = lua_pcall(L, 3, 0, 0);
    return status == LUA_OK && vh_limits_of(L)->tripped != VH_TRIP_NONE ? LUA_ERRRUN : status;
}
