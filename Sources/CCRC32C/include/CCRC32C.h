#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli, reflected polynomial 0x82F63B78) of `length` bytes, going on from `crc`, the
/// value of the bytes before them (0 at the start). "123456789" gives 0xE3069283 (RFC 3720, B.4).
/// Uses the processor's own instruction where it has one, the table below where it has none.
uint32_t trainledger_crc32c(uint32_t crc, const void *bytes, size_t length);

/// The same by eight tables of 256 words, on any processor; apart so that tests reach it everywhere.
uint32_t trainledger_crc32c_table(uint32_t crc, const void *bytes, size_t length);

/// Whether `trainledger_crc32c` uses a processor instruction here.
bool trainledger_crc32c_is_accelerated(void);

/// Whether all `length` bytes are zero; true of none.
bool trainledger_is_zero(const void *bytes, size_t length);
