/* mksql_phrase.c — what several statements of one file say in the same words is written once:
 *
 *   -- @phrase row id i64, unit i64, state text
 *   -- @phrase seen
 *   EXISTS (SELECT 1 FROM scope s WHERE …);
 *
 * and {row}, {seen} stand for it behind it, in signatures and in bodies. */
#include "mksql.h"

enum { MAX_PHRASES = 16 };
static struct phrase {
    char name[NAME];
    const char *text;
    int line;
    bool used;
} phrases[MAX_PHRASES];
static int n_phrases;

static struct phrase *named(const char *at, size_t len)
{
    for (int i = 0; i < n_phrases; i++)
        if (strlen(phrases[i].name) == len && !memcmp(phrases[i].name, at, len))
            return &phrases[i];
    return NULL;
}

char *with_phrases(const char *file, int line, const char *text)
{
    struct buf b = {0};
    bool quoted = false;
    put_n(&b, "", 0);
    for (const char *p = text; *p; p++) {
        quoted ^= *p == '\'';
        line += *p == '\n';
        if (quoted || *p != '{') {
            put_n(&b, p, 1);
            continue;
        }
        size_t n = strcspn(++p, "}");
        struct phrase *f = p[n] ? named(p, n) : NULL;
        if (!f)
            refuse(file, line, NULL, "no @phrase %.*s stands above", (int)n, p);
        f->used = true;
        put(&b, "%s", f->text);
        p += n;
    }
    return b.at;
}

void add_phrase(const char *file, int line, const char *name, size_t len, const char *text)
{
    if (!len || len >= NAME || named(name, len))
        refuse(file, line, NULL, "@phrase needs a name of its own");
    if (n_phrases == MAX_PHRASES)
        refuse(file, line, NULL, "more than %d phrases", MAX_PHRASES);
    char *one_line = with_phrases(file, line, text + strspn(text, " \n"));
    size_t end = strlen(one_line);
    while (end && strchr(" \n", one_line[end - 1]))
        one_line[--end] = 0;
    /* So that a line number of a statement stays the file's own. */
    for (char *p = one_line; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    struct phrase *f = &phrases[n_phrases++];
    *f = (struct phrase){.text = one_line, .line = line};
    memcpy(f->name, name, len);
}

void end_phrases(const char *file)
{
    for (int i = 0; i < n_phrases; i++)
        if (!phrases[i].used)
            refuse(file, phrases[i].line, phrases[i].name, "is said nowhere");
    memset(phrases, 0, sizeof phrases);
    n_phrases = 0;
}
