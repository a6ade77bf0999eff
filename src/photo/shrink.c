/* shrink.c — libjpeg-turbo, libpng and libwebp directly: no threads, no files, nothing loaded
 * later.
 *
 * This code runs in a child that ends after one picture, so an error ends the process (refuse) and
 * nothing is freed. */
#include "photo/shrink.h"

#include "photo/child.h"
#include "photo/resize.h"

#include <lcms2.h>
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <webp/decode.h>

#include <jerror.h>
#include <jpeglib.h>

enum { QUALITY = 82, MOST_SCANS = 100 };

struct profile {
    const void *at;
    size_t n;
    cmsUInt32Number kind; /* how the pixels lie: TYPE_RGB_8, TYPE_CMYK_8 … */
};

static cmsHPROFILE srgb;

/* lcms asks the time of day for each profile, and the C library then reads /etc/localtime, once:
 * here, where files may be opened, and not in the child, which would die of it. */
bool shrink_start(void)
{
    tzset();
    return (srgb = cmsCreate_sRGBProfile()) != NULL;
}

/* ---- reading ---- */

static void jpeg_stop(j_common_ptr jpeg)
{
    refuse(jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? PHOTO_HUGE : PHOTO_BROKEN);
}

/* Warnings that mean picture data are missing or wrong.  Others (stray bytes between parts) come
 * from honest phones. */
static void jpeg_warn(j_common_ptr jpeg, int level)
{
    int code = jpeg->err->msg_code;
    if (level < 0
        && (code == JWRN_HIT_MARKER || code == JWRN_JPEG_EOF || code == JWRN_HUFF_BAD_CODE
            || code == JWRN_MUST_RESYNC))
        refuse(PHOTO_BROKEN);
}

/* A progressive file may repeat scans over and over; each costs a pass over the whole picture. */
static void jpeg_scans(j_common_ptr jpeg)
{
    if (jpeg->is_decompressor && ((j_decompress_ptr)jpeg)->input_scan_number > MOST_SCANS)
        refuse(PHOTO_BROKEN);
}

static struct jpeg_error_mgr *strict(struct jpeg_error_mgr *errors)
{
    jpeg_std_error(errors);
    errors->error_exit = jpeg_stop;
    errors->emit_message = jpeg_warn;
    return errors;
}

static struct pixels read_jpeg(const uint8_t *at, size_t n, struct profile *ret)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress = {.progress_monitor = jpeg_scans};
    JOCTET *icc;
    unsigned icc_n;
    jpeg.err = strict(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &progress;
    jpeg_mem_src(&jpeg, at, n);
    jpeg_save_markers(&jpeg, JPEG_APP0 + 2, 0xffff);
    jpeg_read_header(&jpeg, TRUE);
    bool cmyk = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    jpeg.out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    ret->kind = !cmyk ? TYPE_RGB_8 : jpeg.saw_Adobe_marker ? TYPE_CMYK_8_REV : TYPE_CMYK_8;
    if (jpeg_read_icc_profile(&jpeg, &icc, &icc_n)) {
        ret->at = icc;
        ret->n = icc_n;
    }
    struct pixels to = {.depth = cmyk ? 4 : 3};
    resize_fit(jpeg.image_width, jpeg.image_height, PHOTO_LARGE, &to);
    jpeg.scale_denom = 8;
    for (jpeg.scale_num = 1; jpeg.scale_num < 8;
         jpeg.scale_num++) { /* eighths, by the decoder: most of the work is never done */
        jpeg_calc_output_dimensions(&jpeg);
        if (jpeg.output_width >= to.width && jpeg.output_height >= to.height)
            break;
    }
    jpeg_start_decompress(&jpeg);
    struct resize *resize = resize_start(jpeg.output_width, jpeg.output_height, &to);
    JSAMPROW row = child_room((size_t)jpeg.output_width * to.depth, 1);
    while (jpeg.output_scanline < jpeg.output_height) {
        jpeg_read_scanlines(&jpeg, &row, 1);
        resize_row(resize, row);
    }
    jpeg_finish_decompress(
        &jpeg); /* reads to the end mark, so that damage in the last rows is seen */
    return to;
}

static void png_stop(png_structp png, png_const_charp why)
{
    (void)png;
    refuse(strstr(why, "memory") != NULL ? PHOTO_HUGE : PHOTO_BROKEN);
}

static void png_quiet(png_structp png, png_const_charp why)
{
    (void)png, (void)why;
}

struct bytes {
    const uint8_t *at;
    size_t n;
};

static void png_take(png_structp png, png_bytep to, size_t n)
{
    struct bytes *from = png_get_io_ptr(png);
    if (n > from->n)
        refuse(PHOTO_BROKEN);
    memcpy(to, from->at, n);
    from->at += n;
    from->n -= n;
}

static struct pixels read_png(const uint8_t *at, size_t n, struct profile *ret)
{
    static const png_byte texts[] = "tEXt\0zTXt\0iTXt\0sPLT\0hIST\0eXIf";
    struct bytes from = {at, n};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_stop, png_quiet);
    png_infop info = png_create_info_struct(png);
    png_charp name;
    png_bytep icc;
    png_uint_32 icc_n;
    int how;
    png_set_read_fn(png, &from, png_take);
    png_set_user_limits(png, 65535, 65535);
    png_set_keep_unknown_chunks(
        png, PNG_HANDLE_CHUNK_NEVER, texts, 6); /* a small text may unpack to gigabytes */
    png_read_info(png, info);
    if (png_get_iCCP(png, info, &name, &how, &icc, &icc_n))
        *ret = (struct profile){icc, icc_n, TYPE_RGB_8};
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_background(png, &(png_color_16){.red = 255, .green = 255, .blue = 255, .gray = 255},
        PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    uint32_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    size_t line = png_get_rowbytes(png, info);
    if (line != (size_t)width * 3)
        refuse(PHOTO_BROKEN);
    struct pixels to = {.depth = 3};
    resize_fit(width, height, PHOTO_LARGE, &to);
    struct resize *resize = resize_start(width, height, &to);
    uint8_t *rows = child_room(passes > 1 ? line * height : line, 1);
    for (int pass = 1; pass <= passes; pass++)
        for (uint32_t y = 0; y < height; y++) {
            uint8_t *row = rows + (passes > 1 ? y * line : 0);
            png_read_row(png, row, NULL);
            if (pass == passes)
                resize_row(resize, row);
        }
    png_read_end(png, NULL);
    return to;
}

static struct pixels read_webp(
    const uint8_t *at, size_t n, const struct look *seen, struct profile *ret)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(at, n, &config.input) != VP8_STATUS_OK
        || config.input.has_animation || (uint32_t)config.input.width != seen->width
        || (uint32_t)config.input.height != seen->height)
        refuse(PHOTO_BROKEN);
    struct pixels to = {.depth = 3};
    resize_fit(seen->width, seen->height, PHOTO_LARGE, &to);
    if (seen->width > 2 * to.width
        && seen->height
               > 2 * to.height) { /* libwebp's own mean first: less memory, no loss to see */
        config.options.use_scaling = 1;
        config.options.scaled_width = (int)to.width * 2;
        config.options.scaled_height = (int)to.height * 2;
    }
    bool alpha = config.input.has_alpha;
    config.output.colorspace =
        alpha ? MODE_rgbA : MODE_RGB; /* rgbA: already multiplied by its alpha */
    VP8StatusCode status = WebPDecode(at, n, &config);
    if (status != VP8_STATUS_OK)
        refuse(status == VP8_STATUS_OUT_OF_MEMORY ? PHOTO_HUGE : PHOTO_BROKEN);
    uint32_t width = (uint32_t)config.output.width, height = (uint32_t)config.output.height;
    struct resize *resize = resize_start(width, height, &to);
    uint8_t *flat = child_room((size_t)width * 3, 1);
    for (uint32_t y = 0; y < height; y++) {
        const uint8_t *row =
            config.output.u.RGBA.rgba + (size_t)y * (size_t)config.output.u.RGBA.stride;
        for (uint32_t x = 0; alpha && x < width; x++)
            for (uint32_t c = 0; c < 3; c++)
                flat[3 * x + c] = (uint8_t)(row[4 * x + c] + 255 - row[4 * x + 3]);
        resize_row(resize, alpha ? flat : row);
    }
    *ret = (struct profile){seen->icc, seen->icc_n, TYPE_RGB_8};
    return to;
}

/* ---- colour, turn, write ---- */

/* To sRGB by the file's own profile; CMYK without a usable one by the plain formula. */
static void colour(struct pixels *p, const struct profile *by)
{
    size_t n = (size_t)p->width * p->height;
    cmsHPROFILE own = by->n > 0 && by->n < (4u << 20)
                          ? cmsOpenProfileFromMem(by->at, (cmsUInt32Number)by->n)
                          : NULL;
    cmsHTRANSFORM change = NULL;
    if (own != NULL && cmsGetColorSpace(own) == (p->depth == 4 ? cmsSigCmykData : cmsSigRgbData))
        change = cmsCreateTransform(own, by->kind, srgb, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
    if (change != NULL) {
        cmsDoTransform(change, p->at, p->at,
            (cmsUInt32Number)n); /* in place: a result pixel is never longer than its source */
    } else if (p->depth == 4) {
        int flip = by->kind == TYPE_CMYK_8_REV ? 0 : 255;
        for (size_t i = 0; i < n; i++)
            for (size_t c = 0; c < 3; c++)
                p->at[3 * i + c] =
                    (uint8_t)((flip ^ p->at[4 * i + c]) * (flip ^ p->at[4 * i + 3]) / 255);
    }
    p->depth = 3;
}

/* EXIF 1..8: bit 0 of (o-1) and bit 1 mirror, from 5 on rows are columns. */
static struct pixels upright(struct pixels p, unsigned o)
{
    if (o == 1)
        return p;
    struct pixels to = {
        .width = o > 4 ? p.height : p.width, .height = o > 4 ? p.width : p.height, .depth = 3};
    to.at = child_room((size_t)to.width * to.height * 3, 1);
    bool flip_x = o == 2 || o == 3 || o == 7 || o == 8,
         flip_y = o == 3 || o == 4 || o == 6 || o == 7;
    for (uint32_t y = 0; y < to.height; y++)
        for (uint32_t x = 0; x < to.width; x++) {
            uint32_t from_x = o > 4 ? y : x, from_y = o > 4 ? x : y;
            from_x = flip_x ? p.width - 1 - from_x : from_x;
            from_y = flip_y ? p.height - 1 - from_y : from_y;
            memcpy(to.at + ((size_t)y * to.width + x) * 3,
                p.at + ((size_t)from_y * p.width + from_x) * 3, 3);
        }
    return to;
}

/* One square becomes its mean colour. */
static void flatten(struct pixels *p, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1)
{
    uint64_t sum[3] = {0}, n = (uint64_t)(x1 - x0) * (y1 - y0);
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++)
            for (size_t c = 0; c < 3; c++)
                sum[c] += p->at[((size_t)y * p->width + x) * 3 + c];
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++)
            for (size_t c = 0; c < 3; c++)
                p->at[((size_t)y * p->width + x) * 3 + c] = (uint8_t)(sum[c] / n);
}

static uint32_t part_of(uint32_t length, int64_t thousandths)
{
    int64_t at = thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : thousandths;
    return (uint32_t)(at * length / 1000);
}

/* At most four squares along the longer side: too few to read a plate or know a face from. */
static void veil(struct pixels *p, const struct photo_veil *v)
{
    uint32_t x0 = part_of(p->width, v->x), y0 = part_of(p->height, v->y);
    uint32_t x1 = part_of(p->width, (int64_t)v->x + v->width),
             y1 = part_of(p->height, (int64_t)v->y + v->height);
    if (x1 <= x0 || y1 <= y0)
        return;
    uint32_t longer = x1 - x0 > y1 - y0 ? x1 - x0 : y1 - y0, side = (longer + 3) / 4;
    for (uint32_t y = y0; y < y1; y += side)
        for (uint32_t x = x0; x < x1; x += side)
            flatten(p, x, y, x + side < x1 ? x + side : x1, y + side < y1 ? y + side : y1);
}

static struct shrunk write_jpeg(const struct pixels *p)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *at = NULL;
    unsigned long n = 0;
    jpeg.err = strict(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &at, &n);
    jpeg.image_width = p->width;
    jpeg.image_height = p->height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, QUALITY, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < p->height) {
        JSAMPROW row = p->at + (size_t)jpeg.next_scanline * p->width * 3;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    return (struct shrunk){at, n};
}

void shrink(const uint8_t *at, size_t n, const struct look *seen, const struct photo_veils *veils,
    struct shrunk *large, struct shrunk *small)
{
    struct profile profile = {0};
    struct pixels p = seen->kind == LOOK_JPEG  ? read_jpeg(at, n, &profile)
                      : seen->kind == LOOK_PNG ? read_png(at, n, &profile)
                                               : read_webp(at, n, seen, &profile);
    colour(&p, &profile);
    p = upright(p, seen->orientation);
    for (int32_t i = 0; i < veils->n && i < PHOTO_VEILS; i++)
        veil(&p, &veils->at[i]);
    struct pixels list = {.depth = 3};
    resize_fit(p.width, p.height, PHOTO_SMALL, &list);
    struct resize *resize = resize_start(p.width, p.height, &list);
    for (uint32_t y = 0; y < p.height; y++)
        resize_row(resize, p.at + (size_t)y * p.width * 3);
    *large = write_jpeg(&p);
    *small = write_jpeg(&list);
}
