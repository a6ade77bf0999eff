/* files.h — bytes that are too large for a row, in the data folder under the hash of their content:
 * DIR/photos/TOWN/ab/abcd….jpg.
 *
 * A file has no name until it is whole and synced, so a crash leaves nothing behind; the same
 * content twice is one file; a name never changes its content.  Everything is of cx->town_id. */
#pragma once
#include "base/cx.h"

enum { FILES_HASH = 64 };   /* hex digits of BLAKE2b-256 */
bool files_hash_sound(Str); /* so many, small letters */

/* Once a process, before threads; the folder is made at the first file.  ERR_INTERNAL: it cannot be
 * opened. */
Err files_open(Cx *, const char *dir) MUST_CHECK;
void files_close(void);

/* An empty file without a name; the caller closes it.  ERR_BUSY: the disk is full. */
Err files_new(Cx *, int *fd) MUST_CHECK;

/* Give files of files_new() their names, durably: `hash` and what each is, "1600.jpg".  Where there
 * is one of that name already, that one is as good as new (for the sweeper's clock). */
struct file_part {
    int fd;
    const char *what;
};
Err files_keep(Cx *, Str hash, const struct file_part *, size_t n) MUST_CHECK;

/* Open for reading.  ERR_NOT_FOUND: no such file; or the hash is none. */
Err files_find(Cx *, Str hash, const char *what, int *fd, int64_t *size) MUST_CHECK;

/* The hash of a file's content, in cx->mem. */
Err files_hash(Cx *, int fd, Str *hash) MUST_CHECK;

/* Hashes of the town's files whose `what` is older than that moment (ms UTC), of one of its 256
 * folders: 0…255, by the first two digits. */
struct file_names {
    const Str *at;
    size_t n;
};
Err files_older(Cx *, int part, const char *what, int64_t before, struct file_names *) MUST_CHECK;
/* Take a file's name away if it is still older than that; none there is OK. */
Err files_drop(Cx *, Str hash, const char *what, int64_t before) MUST_CHECK;

/* A folder of the data folder, made where it is missing; the caller closes it.  -1: errno says. */
int files_folder(const char *name);

/* A full disk is ERR_BUSY: later it may go; anything else is ours. */
Err disk_err(int errnum);
