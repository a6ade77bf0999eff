/* embed.c — puts the files of web/ into the program: a C file with .incbin and one table.
 *
 *   embed OUTDIR FILE …
 *
 * Each file also gets a brotli -11 side file where that is at least a tenth smaller.  The hash
 * names the content: an address with it in may be cached for ever. */
#include <brotli/encode.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    unsigned char *at;
    size_t len;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s: %s\n", name, what);
    exit(1);
}

static struct bytes read_all(const char *name)
{
    FILE *f = fopen(name, "rb");
    if (!f)
        die("cannot be read", name);
    struct bytes b = {malloc(16 << 20), 0};
    if (!b.at)
        die("no memory", name);
    b.len = fread(b.at, 1, 16 << 20, f);
    if (b.len == 16 << 20)
        die("too large", name);
    fclose(f);
    return b;
}

static void write_all(const char *name, const unsigned char *at, size_t len)
{
    FILE *f = fopen(name, "wb");
    if (!f || fwrite(at, 1, len, f) != len || fclose(f) != 0)
        die("cannot be written", name);
}

static const char *base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".css",         "text/css; charset=utf-8"       },
        {".js",          "text/javascript; charset=utf-8"},
        {".svg",         "image/svg+xml"                 },
        {".png",         "image/png"                     },
        {".ico",         "image/x-icon"                  },
        {".webmanifest", "application/manifest+json"     },
        {".txt",         "text/plain; charset=utf-8"     }
    };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (!strcmp(dot, types[i][0]))
            return types[i][1];
    return "application/octet-stream";
}

static size_t pack(const char *outdir, const char *name, struct bytes b)
{
    char path[4096];
    size_t len = BrotliEncoderMaxCompressedSize(b.len) + 1024;
    unsigned char *to = malloc(len);

    if (!to || !BrotliEncoderCompress(11, 24, BROTLI_MODE_TEXT, b.len, b.at, &len, to))
        die("brotli failed", name);
    if (len > b.len - b.len / 10)
        len = 0;
    snprintf(path, sizeof path, "%s/%s.br", outdir, name);
    write_all(path, to, len);
    free(to);
    return len;
}

static void incbin(FILE *out, const char *label, int i, const char *path)
{
    fprintf(out,
        "__asm__(\".section .rodata\\n.balign 16\\nasset_%s_%d:\\n.incbin \\\"%s\\\"\\n"
        ".byte 0\\n.text\\n\");\n"
        "extern const char asset_%s_%d[];\n",
        label, i, path, label, i);
}

int main(int argc, char **argv)
{
    char path[4096], hex[33];
    unsigned char sum[16];

    if (argc < 2 || sodium_init() < 0)
        die("usage: embed OUTDIR FILE …", argv[0]);
    snprintf(path, sizeof path, "%s/assets.c", argv[1]);
    FILE *out = fopen(path, "w");
    if (!out)
        die("cannot be written", path);
    fprintf(out, "/* Made by tools/embed. */\n#include \"web/static.h\"\n\n");
    char *rows = calloc((size_t)argc, 512);
    for (int i = 2; i < argc; i++) {
        const char *name = base(argv[i]);
        struct bytes b = read_all(argv[i]);
        size_t packed = pack(argv[1], name, b);
        crypto_generichash(sum, sizeof sum, b.at, b.len, NULL, 0);
        sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
        char *full = realpath(argv[i], NULL);
        incbin(out, "raw", i, full ? full : argv[i]);
        snprintf(path, sizeof path, "%s/%s.br", argv[1], name);
        incbin(out, "br", i, path);
        snprintf(rows + (size_t)i * 512, 512,
            "    {\"%s\", \"%s\", \"%.16s\", {asset_raw_%d, %zu}, {asset_br_%d, %zu}},\n", name,
            type_of(name), hex, i, b.len, i, packed);
        free(full);
        free(b.at);
    }
    fprintf(out, "\nconst struct asset assets[] = {\n");
    for (int i = 2; i < argc; i++)
        fputs(rows + (size_t)i * 512, out);
    fprintf(out, "    {0},\n};\n");
    free(rows);
    return fclose(out) == 0 ? 0 : 1;
}
