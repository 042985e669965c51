#ifndef TRAINLEDGER_TREE_HASHES_H
#define TRAINLEDGER_TREE_HASHES_H

// Hashes of the tree (docs/segment-format.md, "Record"), as many at a time as a block has records: the messages are so
// short that a call for each costs a good part of the hashing. Every hash is libcrypto's.

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <openssl/sha.h>

enum { trainledger_salt_length = 16, trainledger_secret_length = 16 };

/// SHA-256 of secret ‖ position as 8 bytes big-endian, of which the first 16 bytes are the salt.
static inline void trainledger_salt(const uint8_t *secret, uint64_t position, uint8_t *hash) {
    uint8_t message[trainledger_secret_length + 8];
    SHA256_CTX context;
    memcpy(message, secret, trainledger_secret_length);
    for (int index = 0; index < 8; index++) {
        message[trainledger_secret_length + index] = (uint8_t)(position >> (56 - 8 * index));
    }
    SHA256_Init(&context);
    SHA256_Update(&context, message, sizeof message);
    SHA256_Final(hash, &context);
}

/// Writes the leaf hashes SHA-256(0x00 ‖ salt ‖ record) of `count` records at positions from `first` on, 32 bytes each. A
/// record stands after its length in two bytes, little-endian. `false` if the records are fewer; then what was written
/// means nothing.
static inline bool trainledger_leaf_hashes(
    const void *secret, uint64_t first, const void *records, size_t length, size_t count, void *hashes
) {
    const uint8_t *bytes = (const uint8_t *)records;
    uint8_t *hash = (uint8_t *)hashes;
    size_t place = 0;
    for (size_t index = 0; index < count; index++, hash += 32) {
        if (length - place < 2) return false;
        const size_t record = (size_t)bytes[place] | (size_t)bytes[place + 1] << 8;
        place += 2;
        if (record > length - place) return false;
        // 0x00, and the salt behind it in the room that its whole hash needs.
        uint8_t start[1 + 32] = {0};
        trainledger_salt((const uint8_t *)secret, first + index, start + 1);
        SHA256_CTX context;
        SHA256_Init(&context);
        SHA256_Update(&context, start, 1 + trainledger_salt_length);
        if (record) SHA256_Update(&context, bytes + place, record);
        SHA256_Final(hash, &context);
        place += record;
    }
    return true;
}

/// Writes the hashes SHA-256(0x01 ‖ left ‖ right) of `count` nodes whose children stand in `children`, 64 bytes each.
/// `hashes` may begin where `children` does, or 32 bytes behind.
static inline void trainledger_node_hashes(const void *children, size_t count, void *hashes) {
    const uint8_t *child = (const uint8_t *)children;
    uint8_t *hash = (uint8_t *)hashes;
    for (size_t index = 0; index < count; index++, child += 64, hash += 32) {
        uint8_t message[65];
        SHA256_CTX context;
        message[0] = 1;
        memcpy(message + 1, child, 64);
        SHA256_Init(&context);
        SHA256_Update(&context, message, sizeof message);
        SHA256_Final(hash, &context);
    }
}

#endif
