#define _GNU_SOURCE
#include "CFileSpace.h"
#include <errno.h>
#include <fcntl.h>

int trainledger_reserve(int descriptor, int64_t end) {
    while (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, end) != 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
}
