#pragma once
#include <stdint.h>

/// Allocates disk space for bytes 0 to `end` of the file without changing its size (fallocate, which Swift's
/// Glibc module hides). Returns 0, or the errno.
int trainledger_reserve(int descriptor, int64_t end);
