/* fd.h — a descriptor that closes itself at the end of its block. */
#pragma once
#include <errno.h>
#include <unistd.h>

static inline void close_fd(const int *fd)
{
    int kept = errno; /* a message about what failed comes after us */
    if (*fd >= 0)
        close(*fd);
    errno = kept;
}
#define CLOSES __attribute__((cleanup(close_fd)))
