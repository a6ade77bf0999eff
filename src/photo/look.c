/* look.c — walks over the parts of a JPEG, PNG or WebP file.
 *
 * Decoders are kind to cut-off files: they paint the rest grey.  A cut-off photo is no evidence, so
 * the parts are walked to the end mark first.  Bytes after the end mark are allowed (phones append
 * films and second pictures). */
#include "photo/look.h"

#include <string.h>

static uint32_t be16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

static uint32_t le16(const uint8_t *p)
{
    return (uint32_t)p[1] << 8 | p[0];
}

static uint32_t le24(const uint8_t *p)
{
    return (uint32_t)p[2] << 16 | le16(p);
}

static uint32_t le32(const uint8_t *p)
{
    return le16(p + 2) << 16 | le16(p);
}

/* Orientation from a TIFF header (EXIF 2.32, 4.6.4 A: tag 0x0112 in the first directory). */
static unsigned orientation(const uint8_t *at, size_t n)
{
    if (n < 8 || (memcmp(at, "II*\0", 4) != 0 && memcmp(at, "MM\0*", 4) != 0))
        return 1;
    bool little = at[0] == 'I';
    size_t dir = little ? le32(at + 4) : be32(at + 4);
    if (dir > n - 2)
        return 1;
    size_t entries = little ? le16(at + dir) : be16(at + dir);
    for (size_t i = 0; i < entries && dir + 2 + 12 * (i + 1) <= n; i++) {
        const uint8_t *entry = at + dir + 2 + 12 * i;
        if ((little ? le16(entry) : be16(entry)) != 0x0112)
            continue;
        unsigned turn = little ? le16(entry + 8) : be16(entry + 8);
        return turn >= 1 && turn <= 8 ? turn : 1;
    }
    return 1;
}

/* Past the coded data that follows a start of scan: to the next marker that is neither a stuffed
 * zero nor a restart. */
static size_t after_scan(const uint8_t *at, size_t n, size_t i)
{
    for (; i + 1 < n; i++) {
        const uint8_t *ff = memchr(at + i, 0xff, n - 1 - i);
        if (ff == NULL)
            return n;
        i = (size_t)(ff - at);
        uint8_t code = at[i + 1];
        if (code != 0 && code != 0xff && (code < 0xd0 || code > 0xd7))
            return i;
    }
    return n;
}

static void look_jpeg(const uint8_t *at, size_t n, struct look *ret)
{
    bool scan = false;
    for (size_t i = 2; i + 1 < n;) {
        if (at[i] != 0xff)
            return;
        uint8_t code = at[i + 1];
        if (code == 0xff) { /* fill byte */
            i++;
            continue;
        }
        if (code == 0xd9) {
            ret->whole = scan && ret->width > 0 && ret->height > 0;
            ret->end = i + 2;
            return;
        }
        if (i + 4 > n || be16(at + i + 2) < 2 || i + 2 + be16(at + i + 2) > n)
            return;
        const uint8_t *part = at + i + 4;
        size_t len = be16(at + i + 2) - 2;
        if (code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc
            && len >= 5) {
            if (ret->width
                != 0) /* two frame headers: the second could be larger than the one we judged */
                return;
            ret->height = be16(part + 1);
            ret->width = be16(part + 3);
        }
        if (code >= 0xe0 && code <= 0xef)
            ret->apps |= 1u << (code - 0xe0);
        if (code == 0xfe)
            ret->apps |= 1u << 16;
        if (code == 0xe1 && len > 6 && memcmp(part, "Exif\0", 6) == 0 && ret->orientation == 1)
            ret->orientation = orientation(part + 6, len - 6);
        i += 4 + len;
        if (code == 0xda) {
            scan = true;
            i = after_scan(at, n, i);
        }
    }
}

static void look_png(const uint8_t *at, size_t n, struct look *ret)
{
    bool data = false;
    for (size_t i = 8; n - i >= 12;) {
        size_t len = be32(at + i);
        const uint8_t *name = at + i + 4, *part = at + i + 8;
        if (len > n - i - 12)
            return;
        if (i == 8) {
            if (memcmp(name, "IHDR", 4) != 0 || len != 13)
                return;
            ret->width = be32(part);
            ret->height = be32(part + 4);
        }
        if (memcmp(name, "eXIf", 4) == 0)
            ret->orientation = orientation(part, len);
        if (memcmp(name, "IDAT", 4) == 0)
            data = true;
        i += 12 + len;
        if (memcmp(name, "IEND", 4) == 0) {
            ret->whole = data;
            ret->end = i;
            return;
        }
    }
}

static void look_webp(const uint8_t *at, size_t n, struct look *ret)
{
    size_t end = (size_t)le32(at + 4) + 8;
    if (end > n || end < 12)
        return;
    for (size_t i = 12; end - i >= 8;) {
        size_t len = le32(at + i + 4);
        const uint8_t *name = at + i, *part = at + i + 8;
        if (len > end - i - 8)
            return;
        if (memcmp(name, "VP8X", 4) == 0 && len >= 10 && i == 12) {
            ret->moves = (part[0] & 2) != 0;
            ret->width = le24(part + 4) + 1;
            ret->height = le24(part + 7) + 1;
        } else if (memcmp(name, "VP8 ", 4) == 0 && len >= 10) {
            ret->whole = true;
            if (ret->width == 0) {
                ret->width = le16(part + 6) & 0x3fff;
                ret->height = le16(part + 8) & 0x3fff;
            }
        } else if (memcmp(name, "VP8L", 4) == 0 && len >= 5) {
            ret->whole = true;
            if (ret->width == 0) {
                ret->width = (le32(part + 1) & 0x3fff) + 1;
                ret->height = (le32(part + 1) >> 14 & 0x3fff) + 1;
            }
        } else if (memcmp(name, "ICCP", 4) == 0) {
            ret->icc = part;
            ret->icc_n = len;
        } else if (memcmp(name, "EXIF", 4) == 0) {
            bool prefix =
                len > 6 && memcmp(part, "Exif\0", 6) == 0; /* some writers keep JPEG's prefix */
            ret->orientation = prefix ? orientation(part + 6, len - 6) : orientation(part, len);
        }
        i += 8 + len;
        if (len % 2 == 1 && i < end)
            i++;
    }
    ret->end = end;
}

struct look look(const uint8_t *at, size_t n)
{
    static const char heic[][5] = {
        "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif"};
    struct look ret = {.orientation = 1};
    if (n >= 4 && memcmp(at, "\xff\xd8\xff", 3) == 0) {
        ret.kind = LOOK_JPEG;
        look_jpeg(at, n, &ret);
    } else if (n >= 20 && memcmp(at, "\x89PNG\r\n\x1a\n", 8) == 0) {
        ret.kind = LOOK_PNG;
        look_png(at, n, &ret);
    } else if (n >= 20 && memcmp(at, "RIFF", 4) == 0 && memcmp(at + 8, "WEBP", 4) == 0) {
        ret.kind = LOOK_WEBP;
        look_webp(at, n, &ret);
    } else if (n >= 12 && memcmp(at + 4, "ftyp", 4) == 0) {
        for (size_t i = 0; i < sizeof heic / sizeof *heic; i++)
            if (memcmp(at + 8, heic[i], 4) == 0)
                ret.kind = LOOK_HEIC;
    }
    return ret;
}
