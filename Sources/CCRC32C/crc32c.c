#include "CCRC32C.h"
uint32_t trainledger_crc32c(uint32_t crc, const uint8_t *bytes, size_t length) { (void)bytes; (void)length; return crc; }
