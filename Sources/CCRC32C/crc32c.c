#include "CCRC32C.h"
#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#include <sys/auxv.h>
#endif

// Slice-by-8: table[0] is the ordinary byte table, table[n] the same byte n places further on.
static uint32_t table[8][256];

__attribute__((constructor)) static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0x82F63B78u & (0u - (crc & 1)));
        table[0][byte] = crc;
    }
    for (int slice = 1; slice < 8; slice++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t before = table[slice - 1][byte];
            table[slice][byte] = (before >> 8) ^ table[0][before & 0xFF];
        }
    }
}

static uint64_t load_little_endian_64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

uint32_t trainledger_crc32c_table(uint32_t crc, const void *start, size_t length) {
    const uint8_t *bytes = start;
    crc = ~crc;
    while (length >= 8) {
        uint64_t word = load_little_endian_64(bytes) ^ crc;
        crc = table[7][word & 0xFF] ^ table[6][(word >> 8) & 0xFF] ^ table[5][(word >> 16) & 0xFF]
            ^ table[4][(word >> 24) & 0xFF] ^ table[3][(word >> 32) & 0xFF] ^ table[2][(word >> 40) & 0xFF]
            ^ table[1][(word >> 48) & 0xFF] ^ table[0][word >> 56];
        bytes += 8;
        length -= 8;
    }
    while (length--) crc = (crc >> 8) ^ table[0][(crc ^ *bytes++) & 0xFF];
    return ~crc;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2")))
static uint32_t crc32c_instruction(uint32_t crc, const uint8_t *bytes, size_t length) {
    uint64_t wide = ~crc;
    for (; length >= 8; bytes += 8, length -= 8) wide = _mm_crc32_u64(wide, load_little_endian_64(bytes));
    uint32_t narrow = (uint32_t)wide;
    while (length--) narrow = _mm_crc32_u8(narrow, *bytes++);
    return ~narrow;
}

bool trainledger_crc32c_is_accelerated(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__)

__attribute__((target("crc")))
static uint32_t crc32c_instruction(uint32_t crc, const uint8_t *bytes, size_t length) {
    crc = ~crc;
    for (; length >= 8; bytes += 8, length -= 8) crc = __crc32cd(crc, load_little_endian_64(bytes));
    while (length--) crc = __crc32cb(crc, *bytes++);
    return ~crc;
}

#ifndef HWCAP_CRC32
#define HWCAP_CRC32 (1 << 7)
#endif
bool trainledger_crc32c_is_accelerated(void) { return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0; }

#else

static uint32_t crc32c_instruction(uint32_t crc, const uint8_t *bytes, size_t length) {
    return trainledger_crc32c_table(crc, bytes, length);
}

bool trainledger_crc32c_is_accelerated(void) { return false; }

#endif

uint32_t trainledger_crc32c(uint32_t crc, const void *bytes, size_t length) {
    static int accelerated = -1;  // -1 not asked yet; racing threads store the same answer
    int known = __atomic_load_n(&accelerated, __ATOMIC_RELAXED);
    if (known < 0) {
        known = trainledger_crc32c_is_accelerated();
        __atomic_store_n(&accelerated, known, __ATOMIC_RELAXED);
    }
    return known ? crc32c_instruction(crc, bytes, length) : trainledger_crc32c_table(crc, bytes, length);
}

bool trainledger_is_zero(const void *start, size_t length) {
    const uint8_t *bytes = start;
    uint64_t seen = 0;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        seen |= word;
    }
    while (length--) seen |= *bytes++;
    return seen == 0;
}
