/* child.h — the process that meets the stranger's bytes. */
#pragma once
#include "photo/photo.h"

/* Prepares what every child needs (decoder, system call filter), once in the photo parent. */
bool child_start(void);

/* Shuts the photo parent itself in, when all is prepared: it forks, watches and maps what was made;
 * it opens, connects and starts nothing any more. */
bool child_lock_parent(void);

/* fd: the picture, large, small.  Its exit status is an enum photo_status. */
_Noreturn void child_run(const int fd[3], const struct photo_veils *);

/* Zeroed memory until the child's end; ends it with PHOTO_HUGE when there is none. */
void *child_room(size_t n, size_t size);

/* Ends the child with this answer. */
_Noreturn void refuse(enum photo_status why);

/* For the test alone: what a hijacked child would do with the picture's bytes, inside its sandbox;
 * NULL in the house.  It is set before photo_start() or not at all. */
extern void (*child_hijacked)(const uint8_t *at, size_t n);
