#pragma once
#include <stddef.h>
#include <stdint.h>
uint32_t trainledger_crc32c(uint32_t crc, const uint8_t *bytes, size_t length);
