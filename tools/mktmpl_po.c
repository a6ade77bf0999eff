/* mktmpl_po.c — gettext's PO format, and T("…") in C.
 *
 *   T("…")          a text            TC("context", "…")   where one Chinese word is two English
 *   TN("…")         with a plural; text_n(lang, TN("…"), n) picks the form */
#include <ctype.h>

#include "mktmpl.h"

/* The body of "…" with its escapes; *p behind the closing quote. */
static void quoted(struct spot at, const char **p, struct buf *b)
{
    const char *s = *p + 1;
    for (; *s != '"'; s++) {
        if (!*s || *s == '\n')
            refuse(at, "a string is not closed");
        if (*s != '\\') {
            put_n(b, s, 1);
            continue;
        }
        const char *from = "nt\"\\", *to = "\n\t\"\\", *is = strchr(from, *++s);
        if (!*s || !is)
            refuse(at, "'\\%c' is not read here", *s);
        put_n(b, to + (is - from), 1);
    }
    *p = s + 1;
}

struct entry {
    struct buf ctx, id, plural, str[2];
    bool has_id, has_plural, has[2], fuzzy;
    struct spot at;
};

static void entry_done(struct entry *e)
{
    if (!e->has_id)
        return;
    put_n(&e->ctx, "", 0);
    put_n(&e->id, "", 0);
    if (!e->id.len) {
        put_n(&e->str[0], "", 0);
        if (!strstr(e->str[0].at, "charset=UTF-8") || !strstr(e->str[0].at, "nplurals=2"))
            complain(e->at, "the head says charset=UTF-8 and nplurals=2");
        return;
    }
    struct msg *m = msg_named(e->ctx.at, e->id.at);
    if (!m) {
        complain(e->at, "nothing says \"%s\" any more", e->id.at);
        return;
    }
    bool same =
        m->en[0] && e->str[0].at && !strcmp(m->en[0], e->str[0].at) && m->en_at != e->at.file;
    if (m->en[0] && !same)
        complain(e->at, "\"%s\" is here twice%s", e->id.at,
            m->en_at == e->at.file ? "" : ", with another English elsewhere");
    m->en_at = e->at.file;
    if (e->fuzzy)
        complain(e->at, "\"%s\" is marked fuzzy: look at it and take the mark away", e->id.at);
    if (m->plural != e->has_plural)
        complain(e->at, "\"%s\" has %s plural in the source", e->id.at, m->plural ? "a" : "no");
    for (int i = 0; i < 1 + m->plural; i++)
        if (e->str[i].len)
            m->en[i] = e->str[i].at;
}

void read_po(const char *path)
{
    struct entry e = {0};
    struct spot at = {path, 0};
    struct buf *to = NULL;
    for (const char *p = slurp(path); *p;) {
        const char *eol = p + strcspn(p, "\n");
        at.line++;
        p += strspn(p, " \t");
        if (*p == '#' || p == eol) {
            if (to)
                entry_done(&e), e = (struct entry){0}, to = NULL;
            if (p[0] == '#' && p[1] == ',' && memmem(p, (size_t)(eol - p), "fuzzy", 5))
                e.fuzzy = true;
        } else {
            static const char *const words[] = {
                "msgctxt ", "msgid_plural ", "msgid ", "msgstr ", "msgstr[0] ", "msgstr[1] "};
            int w = 0;
            while (w < 6 && strncmp(p, words[w], strlen(words[w])))
                w++;
            if ((w == 0 || w == 2) && e.has[0])
                entry_done(&e), e = (struct entry){0};
            if (w == 6 && (*p != '"' || !to))
                refuse(at, "cannot read '%.20s'", p);
            if (w < 6) {
                struct buf *const dest[] = {
                    &e.ctx, &e.plural, &e.id, &e.str[0], &e.str[0], &e.str[1]};
                to = dest[w];
                e.has_id |= w == 2;
                e.has_plural |= w == 1;
                e.has[0] |= w >= 3;
                e.at = w == 2 ? at : e.at;
                p += strlen(words[w]);
            }
            p += strspn(p, " \t");
            if (*p != '"')
                refuse(at, "a string is missing");
            quoted(at, &p, to);
            p += strspn(p, " \t\r");
            if (p != eol)
                refuse(at, "cannot read '%.20s'", p);
        }
        p = *eol ? eol + 1 : eol;
    }
    entry_done(&e);
}

/* "…" PRId64 "…" → …%<PRId64>…, as gettext writes it. */
static bool c_literal(struct spot *at, const char **p, struct buf *b)
{
    bool any = false;
    for (;; any = true) {
        char name[NAME];
        for (; isspace((unsigned char)**p); ++*p)
            at->line += **p == '\n';
        if (**p == '"') {
            quoted(*at, p, b);
            continue;
        }
        const char *q = name_at(*p, name);
        if (!any || strncmp(name, "PRI", 3))
            return any;
        put(b, "<%s>", name);
        *p = q;
    }
}

static void marked_text(struct spot *at, const char **p, const char *macro)
{
    struct buf ctx = {0}, id = {0};
    struct spot from = *at;
    put_n(&ctx, "", 0);
    if (macro[1] == 'C') {
        if (!c_literal(at, p, &ctx) || **p != ',')
            refuse(from, "TC(\"context\", \"text\")");
        ++*p;
    }
    if (!c_literal(at, p, &id) || **p != ')')
        refuse(from, "%s takes a literal", macro);
    if (!has_wide(id.at))
        refuse(from, "nothing to translate in %s(\"%s\")", macro, id.at);
    msg_for(from, ctx.at, id.at, macro[1] == 'N', true);
}

void read_c(const char *path)
{
    struct spot at = {path, 1};
    for (const char *p = slurp(path); *p;) {
        char name[NAME];
        if (!strncmp(p, "//", 2)) {
            p += strcspn(p, "\n");
        } else if (!strncmp(p, "/*", 2)) {
            const char *stop = strstr(p + 2, "*/");
            if (!stop)
                refuse(at, "a comment is not closed");
            for (; p < stop + 2; p++)
                at.line += *p == '\n';
        } else if (*p == '"' || *p == '\'') {
            char q = *p++;
            for (; *p && *p != q && *p != '\n'; p++)
                p += *p == '\\' && p[1];
            p += *p == q;
        } else if (*p == '#' && !strncmp(p + 1 + strspn(p + 1, " "), "define", 6)) {
            p += strcspn(p, "\n"); /* T itself is made by one */
        } else if (isalpha((unsigned char)*p) || *p == '_') {
            p = name_at(p, name);
            const char *q = p + strspn(p, " ");
            if (one_of(name, " T TC TN ") && *q == '(') {
                p = q + 1;
                marked_text(&at, &p, name);
            }
        } else if (isdigit((unsigned char)*p)) {
            p += strspn(p, "0123456789abcdefABCDEFxXuUlL.");
        } else {
            at.line += *p++ == '\n';
        }
    }
}
