/* pictures.c — libjpeg, libpng and libwebp the other way round. */
#include "pictures.h"

#include "photo/photo.h"

#include <fcntl.h>
#include <lcms2.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <webp/encode.h>

#include <jpeglib.h>

static void must(bool so)
{
    if (!so)
        abort();
}

static void *room(size_t n)
{
    void *at = calloc(1, n);
    must(at != NULL);
    return at;
}

int picture_bytes(const void *at, size_t n)
{
    int fd = memfd_create("picture", MFD_CLOEXEC);
    must(fd >= 0 && (n == 0 || write(fd, at, n) == (ssize_t)n) && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

size_t picture_size(int fd)
{
    struct stat is;
    must(fstat(fd, &is) == 0);
    return (size_t)is.st_size;
}

uint8_t *picture_read(int fd, size_t *n)
{
    *n = picture_size(fd);
    uint8_t *at = mmap(NULL, *n + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    must(at != MAP_FAILED);
    return at;
}

int picture_cut(int fd, size_t n, const void *tail, size_t n_tail)
{
    size_t all;
    const uint8_t *at = picture_read(fd, &all);
    must(n <= all);
    uint8_t *made = room(n + n_tail + 1);
    memcpy(made, at, n);
    if (n_tail)
        memcpy(made + n, tail, n_tail);
    int cut = picture_bytes(made, n + n_tail);
    free(made);
    return cut;
}

/* The upright picture's pixel. */
static void pixel(uint32_t w, uint32_t h, uint32_t x, uint32_t y, uint8_t rgb[3])
{
    static const uint8_t quarter[4][3] = {
        {200, 50,  50 },
        {50,  180, 60 },
        {40,  60,  190},
        {235, 235, 235}
    };
    uint32_t noise = (x * 2654435761u ^ y * 2246822519u) * 3266489917u;
    for (int c = 0; c < 3; c++)
        rgb[c] =
            (uint8_t)(quarter[(y >= h / 2) * 2 + (x >= w / 2)][c] + (noise >> (8 * c + 4) & 15));
}

/* Where the upright pixel (x, y) lies in a file of that orientation, width and height (EXIF 2.32,
 * 4.6.4 A: "the 0th row is at the visual top, the 0th column at the visual left-hand side" …). */
static void stored_at(unsigned o, uint32_t w, uint32_t h, uint32_t x, uint32_t y, uint32_t at[2])
{
    uint32_t to[9][2] = {
        [1] = {x,         y        },
        [2] = {w - 1 - x, y        },
        [3] = {w - 1 - x, h - 1 - y},
        [4] = {x,         h - 1 - y},
        [5] = {y,         x        },
        [6] = {y,         h - 1 - x},
        [7] = {w - 1 - y, h - 1 - x},
        [8] = {w - 1 - y, x        }
    };
    memcpy(at, to[o], sizeof to[o]);
}

static uint8_t *pixels_rgb(uint32_t w, uint32_t h, unsigned orientation)
{
    uint8_t *at = room((size_t)w * h * 3);
    bool turned = orientation >= 5;
    uint32_t file_w = turned ? h : w, file_h = turned ? w : h;
    for (uint32_t y = 0; y < h; y++)
        for (uint32_t x = 0; x < w; x++) {
            uint32_t to[2];
            stored_at(orientation ? orientation : 1, file_w, file_h, x, y, to);
            pixel(w, h, x, y, at + ((size_t)to[1] * file_w + to[0]) * 3);
        }
    return at;
}

static void le(uint8_t **to, uint32_t v, int n)
{
    for (int i = 0; i < n; i++)
        *(*to)++ = (uint8_t)(v >> 8 * i);
}

/* One directory entry of a little-endian TIFF header. */
static void entry(uint8_t **to, uint32_t tag, uint32_t type, uint32_t count, uint32_t value)
{
    le(to, tag, 2);
    le(to, type, 2);
    le(to, count, 4);
    le(to, value, 4);
}

static size_t exif(uint8_t to[256], unsigned orientation, bool gps)
{
    uint8_t *at = to;
    memcpy(at, "Exif\0\0II*\0\10\0\0\0", 14);
    at += 14;
    le(&at, gps ? 3 : 1, 2);
    if (gps)
        entry(&at, 0x010f, 2, 4, 'A' | 'c' << 8 | 'm' << 16); /* maker */
    entry(&at, 0x0112, 3, 1, orientation ? orientation : 1);
    if (gps)
        entry(&at, 0x8825, 4, 1, 8 + 2 + 36 + 4);
    le(&at, 0, 4);
    if (gps) {
        uint32_t data = 8 + 2 + 36 + 4 + 2 + 48 + 4;
        le(&at, 4, 2);
        entry(&at, 1, 2, 2, 'N');
        entry(&at, 2, 5, 3, data);
        entry(&at, 3, 2, 2, 'E');
        entry(&at, 4, 5, 3, data + 24);
        le(&at, 0, 4);
        static const uint32_t degrees[] = {34, 1, 51, 1, 30, 1, 113, 1, 31, 1, 12, 1};
        for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++)
            le(&at, degrees[i], 4);
    }
    return (size_t)(at - to);
}

static void wide_colours(struct jpeg_compress_struct *jpeg)
{
    cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    cmsToneCurve *curve = cmsReadTag(srgb, cmsSigRedTRCTag), *curves[3] = {curve, curve, curve};
    cmsCIExyYTRIPLE p3 = {
        {0.680, 0.320, 1},
        {0.265, 0.690, 1},
        {0.150, 0.060, 1}
    };
    cmsHPROFILE wide = cmsCreateRGBProfile(&(cmsCIExyY){0.3127, 0.3290, 1}, &p3, curves);
    cmsUInt32Number n = 0;
    must(cmsSaveProfileToMem(wide, NULL, &n));
    uint8_t *at = room(n);
    must(cmsSaveProfileToMem(wide, at, &n));
    jpeg_write_icc_profile(jpeg, at, n);
    free(at);
    cmsCloseProfile(wide);
    cmsCloseProfile(srgb);
}

/* A picture's row as the file holds it; 1 or 4 bytes a pixel are made in place of 3. */
static void row_for(const struct picture *p, const uint8_t *rgb, uint32_t n, uint8_t *to)
{
    for (uint32_t x = 0; x < n; x++, rgb += 3) {
        if (p->gray) {
            *to++ = rgb[1];
        } else if (p->cmyk) { /* Adobe writes ink upside down: 255 is none */
            uint8_t most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
            most = rgb[2] > most ? rgb[2] : most;
            for (int c = 0; c < 3; c++)
                *to++ = (uint8_t)(most ? rgb[c] * 255 / most : 255);
            *to++ = most;
        } else {
            memcpy(to, rgb, 3);
            to += 3;
        }
    }
}

int picture_jpeg(const struct picture *p)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *at = NULL;
    unsigned long n = 0;
    bool turned = p->orientation >= 5;
    uint8_t *rgb = pixels_rgb(p->width, p->height, p->orientation), head[256];
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &at, &n);
    jpeg.image_width = turned ? p->height : p->width;
    jpeg.image_height = turned ? p->width : p->height;
    jpeg.input_components = p->gray ? 1 : p->cmyk ? 4 : 3;
    jpeg.in_color_space = p->gray ? JCS_GRAYSCALE : p->cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 92, TRUE);
    jpeg.write_Adobe_marker = p->cmyk;
    if (p->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (p->orientation || p->gps)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, head, (unsigned)exif(head, p->orientation, p->gps));
    if (p->gps)
        jpeg_write_marker(&jpeg, JPEG_COM, (const JOCTET *)"secret", 6);
    if (p->wide)
        wide_colours(&jpeg);
    uint8_t *row = room((size_t)jpeg.image_width * 4);
    while (jpeg.next_scanline < jpeg.image_height) {
        row_for(p, rgb + (size_t)jpeg.next_scanline * jpeg.image_width * 3, jpeg.image_width, row);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    int fd = picture_bytes(at, n);
    free(at);
    free(row);
    free(rgb);
    return fd;
}

int picture_png(uint32_t width, uint32_t height, bool alpha, bool deep)
{
    int fd = memfd_create("png", MFD_CLOEXEC);
    FILE *file = fdopen(dup(fd), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    uint8_t *rgb = pixels_rgb(width, height, 1);
    size_t deepness = deep ? 2 : 1, depth = (alpha ? 4 : 3) * deepness;
    uint8_t *all = room((size_t)width * height * depth);
    png_bytep *rows = room(height * sizeof *rows);
    must(file != NULL && setjmp(png_jmpbuf(png)) == 0);
    for (uint32_t y = 0; y < height; y++) {
        rows[y] = all + (size_t)y * width * depth;
        for (uint32_t x = 0; x < width; x++)
            for (size_t c = 0; c < 3; c++)
                rows[y][x * depth + c * deepness] = rgb[((size_t)y * width + x) * 3 + c];
        for (uint32_t x = 0; alpha && x < width; x++) /* the lower half is glass */
            rows[y][x * depth + 3 * deepness] = y >= height / 2 ? 0 : 255;
    }
    png_init_io(png, file);
    png_set_IHDR(png, info, width, height, deep ? 16 : 8,
        alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
        deep ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT);
    png_set_rows(png, info, rows);
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_destroy_write_struct(&png, &info);
    fclose(file);
    free(rows);
    free(all);
    free(rgb);
    must(lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

int picture_png_bomb(uint32_t width, uint32_t height)
{
    int fd = memfd_create("bomb", MFD_CLOEXEC);
    FILE *file = fdopen(dup(fd), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    must(file != NULL && setjmp(png_jmpbuf(png)) == 0);
    png_init_io(png, file);
    png_set_IHDR(png, info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    uint8_t *row = room(width / 8 + 1);
    for (uint32_t y = 0; y < height; y++)
        png_write_row(png, row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
    free(row);
    must(lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

int picture_webp(uint32_t width, uint32_t height, bool lossless)
{
    uint8_t *rgb = pixels_rgb(width, height, 1), *at = NULL;
    size_t n = lossless ? WebPEncodeLosslessRGB(rgb, (int)width, (int)height, (int)width * 3, &at)
                        : WebPEncodeRGB(rgb, (int)width, (int)height, (int)width * 3, 85, &at);
    must(n > 0);
    int fd = picture_bytes(at, n);
    WebPFree(at);
    free(rgb);
    return fd;
}

bool picture_look(int fd, struct quarters *ret)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    size_t n;
    const uint8_t *at = picture_read(fd, &n);
    if (n < 4 || memcmp(at, "\xff\xd8\xff", 3) != 0)
        return false;
    uint64_t sum[4][3] = {0}, count[4] = {0};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, at, n);
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    *ret = (struct quarters){.width = jpeg.output_width, .height = jpeg.output_height};
    uint8_t *row = room((size_t)jpeg.output_width * 3);
    for (uint32_t y; (y = jpeg.output_scanline) < ret->height;) {
        jpeg_read_scanlines(&jpeg, &row, 1);
        for (uint32_t x = 0; x < ret->width; x++) {
            size_t q = (y >= ret->height / 2) * 2u + (x >= ret->width / 2);
            count[q]++;
            for (int c = 0; c < 3; c++)
                sum[q][c] += row[3 * x + (uint32_t)c];
        }
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    free(row);
    for (int q = 0; q < 4; q++)
        for (int c = 0; c < 3; c++)
            ret->rgb[q][c] = (uint8_t)(sum[q][c] / count[q]);
    return true;
}

int photos_begin(void **state)
{
    (void)state;
    return photo_start() ? 0 : -1;
}

int photos_end(void **state)
{
    (void)state;
    photo_stop();
    return 0;
}
