#ifndef TRAINLEDGER_TREE_HASHES_H
#define TRAINLEDGER_TREE_HASHES_H

// Hashes of the tree (docs/segment-format.md, "Record"), as many at a time as a block has records.
//
// Their messages are a block or two of SHA-256 (FIPS 180-4) long, so that the calls of libcrypto cost about as much as
// the hashing, and a processor's instruction for two rounds waits for the two before. Where there are such instructions,
// two messages are hashed side by side instead. Elsewhere libcrypto does it.

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <openssl/sha.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

enum { trainledger_salt_length = 16, trainledger_secret_length = 16 };

static inline void trainledger_store_big_endian_64(uint64_t value, uint8_t *target) {
    for (int index = 0; index < 8; index++) target[index] = (uint8_t)(value >> (56 - 8 * index));
}

// The messages, cut into padded blocks of 64 bytes.

/// The one block of secret ‖ position.
static inline void trainledger_salt_block(const uint8_t *secret, uint64_t position, uint8_t *block) {
    memset(block, 0, 64);
    memcpy(block, secret, trainledger_secret_length);
    trainledger_store_big_endian_64(position, block + 16);
    block[24] = 0x80;
    block[63] = 24 * 8;
}

/// One message 0x00 ‖ salt ‖ record.
struct trainledger_leaf {
    uint8_t start[1 + trainledger_salt_length];
    const uint8_t *record;
    size_t length;
    size_t blocks;
};

/// Block `number` of a leaf: within the record itself, or put together in `room`.
static inline const uint8_t *trainledger_leaf_block(const struct trainledger_leaf *leaf, size_t number, uint8_t *room) {
    const size_t head = sizeof leaf->start;
    const size_t total = head + leaf->length, start = number * 64;
    if (number > 0 && start + 64 <= total) return leaf->record + (start - head);
    memset(room, 0, 64);
    size_t place = 0;
    if (number == 0) {
        memcpy(room, leaf->start, head);
        place = head;
    }
    if (start + place < total) {
        size_t left = total - start - place;
        if (left > 64 - place) left = 64 - place;
        memcpy(room + place, leaf->record + (start + place - head), left);
    }
    if (total >= start && total < start + 64) room[total - start] = 0x80;
    if (number + 1 == leaf->blocks) trainledger_store_big_endian_64((uint64_t)total * 8, room + 56);
    return room;
}

/// The two blocks of 0x01 ‖ left ‖ right.
static inline void trainledger_node_blocks(const uint8_t *pair, uint8_t *blocks) {
    memset(blocks + 64, 0, 64);
    blocks[0] = 1;
    memcpy(blocks + 1, pair, 64);
    blocks[65] = 0x80;
    trainledger_store_big_endian_64(65 * 8, blocks + 120);
}

// One message after the other, by libcrypto.

static inline void trainledger_salt_plain(const uint8_t *secret, uint64_t position, uint8_t *salt) {
    uint8_t message[24], hash[32];
    SHA256_CTX context;
    memcpy(message, secret, trainledger_secret_length);
    trainledger_store_big_endian_64(position, message + 16);
    SHA256_Init(&context);
    SHA256_Update(&context, message, sizeof message);
    SHA256_Final(hash, &context);
    memcpy(salt, hash, trainledger_salt_length);
}

static inline void trainledger_leaf_plain(const struct trainledger_leaf *leaf, uint8_t *hash) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, leaf->start, sizeof leaf->start);
    if (leaf->length) SHA256_Update(&context, leaf->record, leaf->length);
    SHA256_Final(hash, &context);
}

static inline void trainledger_node_plain(const uint8_t *pair, uint8_t *hash) {
    static const uint8_t one = 1;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &one, 1);
    SHA256_Update(&context, pair, 64);
    SHA256_Final(hash, &context);
}

// Two messages side by side.

#if defined(__x86_64__)

#define TRAINLEDGER_SHA __attribute__((target("sha,sse4.1,ssse3")))

/// The state of a message: the words a, b, e, f and c, d, g, h, as the instructions want them.
struct trainledger_lane {
    __m128i abef, cdgh;
};

TRAINLEDGER_SHA static inline struct trainledger_lane trainledger_new_lane(void) {
    return (struct trainledger_lane){
        _mm_set_epi32(0x6A09E667, (int)0xBB67AE85, 0x510E527F, (int)0x9B05688C),
        _mm_set_epi32(0x3C6EF372, (int)0xA54FF53A, 0x1F83D9AB, 0x5BE0CD19),
    };
}

/// Takes one block into each of two lanes.
TRAINLEDGER_SHA static inline void trainledger_take_blocks(
    struct trainledger_lane *left, const uint8_t *left_block, struct trainledger_lane *right, const uint8_t *right_block
) {
    static const uint32_t constants[64] __attribute__((aligned(16))) = {
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    };
    const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0BLL, 0x0405060700010203LL);
    const struct trainledger_lane before[2] = {*left, *right};
    struct trainledger_lane x = *left, y = *right;
    __m128i xs[4], ys[4];
#pragma clang loop unroll(full)
    for (int part = 0; part < 4; part++) {
        xs[part] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)left_block + part), big_endian);
        ys[part] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)right_block + part), big_endian);
    }
#pragma clang loop unroll(full)
    for (int four = 0; four < 16; four++) {
        const __m128i constant = _mm_load_si128((const __m128i *)constants + four);
        const int now = four & 3, next = (four + 1) & 3, third = (four + 2) & 3, last = (four + 3) & 3;
        __m128i xw = _mm_add_epi32(xs[now], constant), yw = _mm_add_epi32(ys[now], constant);
        x.cdgh = _mm_sha256rnds2_epu32(x.cdgh, x.abef, xw);
        y.cdgh = _mm_sha256rnds2_epu32(y.cdgh, y.abef, yw);
        xw = _mm_shuffle_epi32(xw, 0x0E);
        yw = _mm_shuffle_epi32(yw, 0x0E);
        x.abef = _mm_sha256rnds2_epu32(x.abef, x.cdgh, xw);
        y.abef = _mm_sha256rnds2_epu32(y.abef, y.cdgh, yw);
        if (four < 12) {
            // The words of the message four rounds of four later.
            xs[now] = _mm_add_epi32(_mm_sha256msg1_epu32(xs[now], xs[next]), _mm_alignr_epi8(xs[last], xs[third], 4));
            ys[now] = _mm_add_epi32(_mm_sha256msg1_epu32(ys[now], ys[next]), _mm_alignr_epi8(ys[last], ys[third], 4));
            xs[now] = _mm_sha256msg2_epu32(xs[now], xs[last]);
            ys[now] = _mm_sha256msg2_epu32(ys[now], ys[last]);
        }
    }
    left->abef = _mm_add_epi32(x.abef, before[0].abef);
    left->cdgh = _mm_add_epi32(x.cdgh, before[0].cdgh);
    right->abef = _mm_add_epi32(y.abef, before[1].abef);
    right->cdgh = _mm_add_epi32(y.cdgh, before[1].cdgh);
}

/// Writes a lane's hash, or its first 16 bytes.
TRAINLEDGER_SHA static inline void trainledger_store_lane(struct trainledger_lane lane, uint8_t *hash, bool whole) {
    const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0BLL, 0x0405060700010203LL);
    const __m128i feba = _mm_shuffle_epi32(lane.abef, 0x1B), dchg = _mm_shuffle_epi32(lane.cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)hash, _mm_shuffle_epi8(_mm_blend_epi16(feba, dchg, 0xF0), big_endian));
    if (whole) _mm_storeu_si128((__m128i *)hash + 1, _mm_shuffle_epi8(_mm_alignr_epi8(dchg, feba, 8), big_endian));
}

/// The salts of two positions.
TRAINLEDGER_SHA static inline void trainledger_salt_pair(
    const uint8_t *secret, const uint64_t positions[2], uint8_t *left_salt, uint8_t *right_salt
) {
    uint8_t blocks[2][64];
    struct trainledger_lane left = trainledger_new_lane(), right = left;
    trainledger_salt_block(secret, positions[0], blocks[0]);
    trainledger_salt_block(secret, positions[1], blocks[1]);
    trainledger_take_blocks(&left, blocks[0], &right, blocks[1]);
    trainledger_store_lane(left, left_salt, false);
    trainledger_store_lane(right, right_salt, false);
}

/// The hashes of two leaves.
TRAINLEDGER_SHA static inline void trainledger_leaf_pair(
    const struct trainledger_leaf *first, const struct trainledger_leaf *second, uint8_t *first_hash, uint8_t *second_hash
) {
    uint8_t rooms[2][64];
    struct trainledger_lane left = trainledger_new_lane(), right = left, idle = left;
    for (size_t number = 0; number < first->blocks || number < second->blocks; number++) {
        const bool has_left = number < first->blocks, has_right = number < second->blocks;
        const uint8_t *left_block = has_left ? trainledger_leaf_block(first, number, rooms[0]) : rooms[0];
        const uint8_t *right_block = has_right ? trainledger_leaf_block(second, number, rooms[1]) : rooms[1];
        trainledger_take_blocks(has_left ? &left : &idle, left_block, has_right ? &right : &idle, right_block);
    }
    trainledger_store_lane(left, first_hash, true);
    trainledger_store_lane(right, second_hash, true);
}

/// The hashes of two nodes.
TRAINLEDGER_SHA static inline void trainledger_node_pair(
    const uint8_t *first, const uint8_t *second, uint8_t *first_hash, uint8_t *second_hash
) {
    uint8_t blocks[2][128];
    struct trainledger_lane left = trainledger_new_lane(), right = left;
    trainledger_node_blocks(first, blocks[0]);
    trainledger_node_blocks(second, blocks[1]);
    trainledger_take_blocks(&left, blocks[0], &right, blocks[1]);
    trainledger_take_blocks(&left, blocks[0] + 64, &right, blocks[1] + 64);
    trainledger_store_lane(left, first_hash, true);
    trainledger_store_lane(right, second_hash, true);
}

/// Whether the processor has the instructions. Asking costs thousands of cycles on a virtual machine.
static inline bool trainledger_has_sha(void) {
    unsigned a, b = 0, c = 0, d;
    const bool has = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) && (c & bit_SSE4_1);
    return has && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

#else

static inline bool trainledger_has_sha(void) { return false; }

static inline void trainledger_salt_pair(
    const uint8_t *secret, const uint64_t positions[2], uint8_t *left_salt, uint8_t *right_salt
) {
    trainledger_salt_plain(secret, positions[0], left_salt);
    trainledger_salt_plain(secret, positions[1], right_salt);
}

static inline void trainledger_leaf_pair(
    const struct trainledger_leaf *first, const struct trainledger_leaf *second, uint8_t *first_hash, uint8_t *second_hash
) {
    trainledger_leaf_plain(first, first_hash);
    trainledger_leaf_plain(second, second_hash);
}

static inline void trainledger_node_pair(
    const uint8_t *first, const uint8_t *second, uint8_t *first_hash, uint8_t *second_hash
) {
    trainledger_node_plain(first, first_hash);
    trainledger_node_plain(second, second_hash);
}

#endif

// What is called from outside.

/// Takes the next record, after its length in two bytes, little-endian, from `*place` on. `false` if it runs past the end.
static inline bool trainledger_next_leaf(
    const uint8_t *records, size_t length, size_t *place, struct trainledger_leaf *leaf
) {
    if (length - *place < 2) return false;
    leaf->length = (size_t)records[*place] | (size_t)records[*place + 1] << 8;
    if (leaf->length > length - *place - 2) return false;
    leaf->record = records + *place + 2;
    leaf->blocks = (sizeof leaf->start + leaf->length + 9 + 63) / 64;
    leaf->start[0] = 0;
    *place += 2 + leaf->length;
    return true;
}

/// Writes the leaf hashes of `count` records at positions from `first` on, 32 bytes each. `pairs`: whether two at a time,
/// which takes a processor that can. `false` if the records are fewer; then what was written means nothing.
static inline bool trainledger_leaf_hashes(
    const void *secret, uint64_t first, const void *records, size_t length, size_t count, bool pairs, void *hashes
) {
    struct trainledger_leaf leaves[2];
    uint8_t *hash = (uint8_t *)hashes;
    size_t place = 0, index = 0;
    for (; pairs && index + 2 <= count; index += 2, hash += 64) {
        const uint64_t positions[2] = {first + index, first + index + 1};
        if (!trainledger_next_leaf((const uint8_t *)records, length, &place, &leaves[0])) return false;
        if (!trainledger_next_leaf((const uint8_t *)records, length, &place, &leaves[1])) return false;
        trainledger_salt_pair((const uint8_t *)secret, positions, leaves[0].start + 1, leaves[1].start + 1);
        trainledger_leaf_pair(&leaves[0], &leaves[1], hash, hash + 32);
    }
    for (; index < count; index++, hash += 32) {
        if (!trainledger_next_leaf((const uint8_t *)records, length, &place, &leaves[0])) return false;
        trainledger_salt_plain((const uint8_t *)secret, first + index, leaves[0].start + 1);
        trainledger_leaf_plain(&leaves[0], hash);
    }
    return true;
}

/// Writes the hashes of `count` nodes whose children stand in `children`, 64 bytes each. `hashes` may begin where `children`
/// does, or 32 bytes behind.
static inline void trainledger_node_hashes(const void *children, size_t count, bool pairs, void *hashes) {
    const uint8_t *child = (const uint8_t *)children;
    uint8_t *hash = (uint8_t *)hashes;
    size_t index = 0;
    for (; pairs && index + 2 <= count; index += 2, child += 128, hash += 64) {
        trainledger_node_pair(child, child + 64, hash, hash + 32);
    }
    for (; index < count; index++, child += 64, hash += 32) trainledger_node_plain(child, hash);
}

#endif
