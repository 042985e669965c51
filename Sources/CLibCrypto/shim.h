#ifndef TRAINLEDGER_LIBCRYPTO_SHIM_H
#define TRAINLEDGER_LIBCRYPTO_SHIM_H

// Of one message. The three calls take a context on the stack. OpenSSL 3 recommends others, which look their algorithm up and
// allocate: more work than hashing the short messages of a tree.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "tree_hashes.h"

/// SHA-256 of `count` bytes, written to 32 bytes at `hash`.
static inline void trainledger_sha256(const void *bytes, size_t count, void *hash) {
    SHA256_CTX context;
    SHA256_Init(&context);
    if (count) SHA256_Update(&context, bytes, count);
    SHA256_Final((unsigned char *)hash, &context);
}

#endif
