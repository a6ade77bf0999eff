/* photo.h — 照片: pictures from strangers, made small, upright and mute by processes that have
 * nothing to lose.
 *
 * Four processes.  The server sends descriptors and waits.  The keeper, forked before the server
 * has a thread, a key or a database, forks the photo parent, again if that has died.  The parent
 * forks one child for each picture, watches its time and proves what it made.  The child parses the
 * stranger's bytes with no descriptor but its two outputs and no way to get another. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PHOTO_SLOWNESS 4 /* what is watched takes longer; no release is */
#else
#define PHOTO_SLOWNESS 1
#endif

enum {
    PHOTO_BYTES = 12 << 20,      /* most bytes of a picture as sent */
    PHOTO_PIXELS = 50 * 1000000, /* most pixels, read from the header before anything is decoded */
    PHOTO_LARGE = 1600,          /* long side of the picture that is kept */
    PHOTO_SMALL = 320,           /* and of the one in lists */
    PHOTO_CHILDREN = 4,          /* pictures at once; more wait in the socket */
    PHOTO_WAITING = 48, /* most pictures at once and waiting: more are told to come again */
    PHOTO_CPU_S = 5 * PHOTO_SLOWNESS,
    PHOTO_WALL_MS = 10000 * PHOTO_SLOWNESS,
    PHOTO_MEMORY = 256 << 20, /* address space a child may add to what it was born with */
    PHOTO_MADE_BYTES = 4 << 20,
};

enum photo_status {
    PHOTO_OK,
    PHOTO_KIND,   /* not a JPEG, PNG or WebP picture              -> 422 */
    PHOTO_HEIC,   /* an iPhone's own format; say how to send JPEG -> 422 */
    PHOTO_HUGE,   /* too many bytes, too many pixels, no memory   -> 422 */
    PHOTO_BROKEN, /* cut off or damaged                           -> 422 */
    PHOTO_DISK,   /* no room for what was made                    -> 503, logged */
    PHOTO_DIED,   /* the child was killed: limit, sandbox, crash  -> 422, logged */
    PHOTO_GONE,   /* the photo parent died with this one in hand  -> 503, logged */
    PHOTO_FULL,   /* PHOTO_WAITING of them wait already           -> 503 */
};

/* What is made unrecognisable: faces, plates.  Thousandths of the upright picture's width and
 * height. */
enum { PHOTO_VEILS = 20 };
struct photo_veils {
    int32_t n;
    struct photo_veil {
        int32_t x, y, width, height;
    } at[PHOTO_VEILS];
};

struct photo_made {
    uint32_t width, height;
    uint64_t bytes;
    uint8_t hash[32]; /* BLAKE2b-256 of the file: its name */
};

struct photo_answer {
    int32_t status; /* enum photo_status; the rest holds only with PHOTO_OK */
    int32_t signal; /* what killed the child, for the log */
    uint32_t cpu_ms, rss_kib;
    struct photo_made large, small;
};

/* Forks the keeper and its photo parent; false if there is none after it.  Call it once, while this
 * process has a single thread and no secret in memory. */
bool photo_start(void);

/* Whether photo_start() was called here and a parent is at work; one that died is back within
 * seconds (100 ms at first, at most 30 s). */
bool photo_alive(void);

/* How many pictures are at work or wait. */
int photo_waits(void);

/* Makes two JPEG files of the picture in `in` (a regular file, read from its beginning).  Any
 * thread may call it; it waits for its own answer only, at most 40 s.  `large` and `small` are
 * empty files without a name (O_TMPFILE or memfd): their content is to be used only after PHOTO_OK.
 */
void photo_shrink(int in, int large, int small, struct photo_answer *ret);

/* The same, with these parts of it as coarse squares of their mean colours: nothing in the files
 * tells what was there. */
void photo_veil(int in, const struct photo_veils *, int large, int small, struct photo_answer *ret);

/* Lets the parent finish and waits for its end; no thread may be in photo_shrink(). */
void photo_stop(void);
