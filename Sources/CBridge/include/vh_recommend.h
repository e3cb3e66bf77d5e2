#ifndef CBRIDGE_RECOMMEND_H
#define CBRIDGE_RECOMMEND_H

#include "vh_event.h"
#include "vh_state.h"

// What a recommender asks the host's models, its catalogue, and what it knows of the viewer.
typedef enum {
    VH_ASK_POPULAR,       // text: a genre, or none; count
    VH_ASK_TRENDING,      // as VH_ASK_POPULAR
    VH_ASK_NEW,           // as VH_ASK_POPULAR
    VH_ASK_SIMILAR,       // text: a title; count
    VH_ASK_SCORE,         // text: a list of titles, as bytes of vh_state.h
    VH_ASK_FOLD_IN,       // count
    VH_ASK_TITLE,         // text: a title
    VH_ASK_IS_AVAILABLE,  // text: a title
    VH_ASK_HISTORY,
    VH_ASK_SHOWN,
    VH_ASK_REASONS,  // text: a title
    VH_QUESTION_COUNT,
} vh_question;

// More titles are never given at once.
enum { VH_MOST_TITLES = 10000 };

// Puts into the table at `index`, where it is an entry of a list of the model's best, what is asked for when it is looked at.
void vh_complete(lua_State *L, int index);

// Adds to the table on top, which is `host`, the functions that ask.
void vh_open_questions(lua_State *L, vh_event *event);

// Gets a loaded plugin's function `recommend`. Returns 1, or 0 where there is none, or -1 with an error value.
int vh_open_recommend(lua_State *L, vh_event *event);

// Calls recommend(viewer, catalogue, count), where the viewer is the table that `bytes` stand for, and its `history` and `shown` are
// asked for when they are looked at. Appends what it returns to `answer`. Returns LUA_OK, or a status of lua_pcall with the error value on the stack.
int vh_call_recommend(lua_State *L, vh_event *event, const uint8_t *bytes, size_t length, int64_t count,
                      vh_state_buffer *answer);

#endif
