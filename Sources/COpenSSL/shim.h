#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

// Macros, and functions whose names are macros, do not cross into Swift.
static inline int vh_set_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, tag);
}

static inline int vh_get_tag(EVP_CIPHER_CTX *context, int count, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, count, tag);
}

// The library would take itself down when the process ends, while other threads may still hold what is its own.
static inline int vh_begin_crypto(void) {
    return OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
}
