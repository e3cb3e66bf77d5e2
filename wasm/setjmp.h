// wasi-libc of Debian 12 has no setjmp.h. Clang turns the two calls into WebAssembly exceptions (runtime.c).
#ifndef VH_SETJMP_H
#define VH_SETJMP_H

typedef struct {
    void *invocation;  // of the function that called setjmp
    unsigned label;    // of the call in it
    struct {
        void *env;
        int value;
    } thrown;
} jmp_buf[1];

int setjmp(jmp_buf env) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf env, int value);

#endif
