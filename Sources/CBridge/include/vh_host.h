#ifndef CBRIDGE_HOST_H
#define CBRIDGE_HOST_H

#include <stdint.h>

// In the place of a question of vh_recommend.h: the answer to the last one, once more.
enum { VH_ASK_AGAIN = 255 };

// Asks the host of engine.wasm a question of vh_recommend.h. Returns how many bytes the answer has, and writes them to `answer`
// where there are no more than `capacity`; -1 where there is no answer.
#ifdef __wasm__
__attribute__((import_module("viewerhost"), import_name("ask")))
#endif
int32_t vh_host_ask(uint32_t question, const void *text, uint32_t length, uint32_t count, void *answer,
                    uint32_t capacity);

#endif
