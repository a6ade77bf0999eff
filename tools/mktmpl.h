/* mktmpl.h — what the parts of mktmpl share.
 *
 *   text.c         growing texts
 *   mktmpl_lex.c   files, characters, complaints
 *   mktmpl_expr.c  the little language between the brackets
 *   mktmpl_html.c  where in the HTML are we, and may this stand here
 *   mktmpl_tag.c   what a whole tag must and must not have
 *   mktmpl_read.c  .html files: words, blocks, pages, parts, frames
 *   mktmpl_text.c  messages: taken from templates and C, looked up in en.po
 *   mktmpl_po.c    gettext's PO format, and T("…") in C
 *   mktmpl_link.c  frames put around pages; calls and ids checked over the whole house
 *   mktmpl_emit.c  the C that comes out
 *   mktmpl.c       main
 *
 * A build tool: memory is never given back.  refuse() ends the run; complain() lets it go on to
 * the next message, so that a translator sees all that is missing at once. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { NAME = 64, DEEP = 64, MAX_ARGS = 12, MAX_TAGS = 12, MAX_ATTRS = 32, MAX_SLOTS = 8 };
enum { ZH, EN, LANGS };

/* --- text --- */
struct spot {
    const char *file;
    int line;
};

char *slurp(const char *path);
char *trimmed(const char *at, size_t len);
void *grown(void *at, size_t n, size_t size); /* room for one more */
void refuse(struct spot at, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
void complain(struct spot at, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int n_complaints(void);
void write_if_new(const char *dir, const char *name, const struct buf *b);
bool one_of(const char *word, const char *list); /* " a b c " */
unsigned utf8_at(const char *at, size_t *len);
bool is_wide(unsigned c); /* a character of Chinese text */
bool has_wide(const char *z);

/* --- a page as a list of steps --- */
struct ops {
    struct op *at;
    size_t n;
};
struct msg {
    char *ctx, *id; /* {name} and <1>…</1> for what stands between */
    bool plural, c_format, in_c;
    struct spot at;
    struct buf refs;
    char *en[2];       /* NULL until a .po file has it */
    const char *en_at; /* that file */
    size_t nr;
};
/* One use of a text: marks \1x (argument x), \2x \3x (tag x opens, closes) stand in `zh`. */
struct said {
    struct msg *msg; /* NULL: the same in each language */
    char *zh, *count;
    struct {
        char name[NAME], *expr;
        struct ops ops;
    } args[MAX_ARGS];
    int n_args;
    struct {
        struct ops open, close;
        bool empty;
    } tags[MAX_TAGS];
    int n_tags;
};
struct op {
    enum { RAW, PUT, IF, ELIF, ELSE, EACH, NONE, CLOSE, CALL, SLOT, LOCAL, SAY, CSRF, LANG } kind;
    struct spot at;
    char *a, *b, *c;
    size_t n;
    struct said *said;
};
struct op *op_add(struct ops *ops, int kind, struct spot at);
void op_raw(struct ops *ops, struct spot at, const char *s, size_t n);

/* --- pages, parts, frames, helpers --- */
struct var {
    char name[NAME], c[NAME];
};
struct param {
    char type[NAME], name[NAME];
};
struct call {
    char name[NAME], parent[NAME]; /* parent: the element around the call, "" if unknown */
    struct spot at;
    int n_args;
    bool helper, looped, in_form;
};
struct mark {
    char name[NAME];
    struct spot at;
    bool looped;
};
struct func {
    char kind, name[NAME]; /* p page, t part, f frame */
    struct spot at;
    struct param params[MAX_ARGS];
    int n_params;
    struct ops ops;
    struct {
        char name[NAME];
        struct ops ops;
        struct spot at;
    } slots[MAX_SLOTS]; /* of a page: what it fills; of a frame: what it offers */
    int n_slots;
    char frame[NAME];
    struct spot frame_at;
    struct {
        char name[NAME], *expr;
    } given[MAX_ARGS];
    int n_given;
    struct mark *ids, *roots;
    size_t n_ids, n_roots;
    struct call *calls;
    size_t n_calls;
    bool has_form, doctype;
    int seen; /* while calls are followed */
};
struct helper {
    char name[NAME], result[NAME];
    struct param params[MAX_ARGS];
    int n_params;
    struct spot at;
};
struct file {
    const char *path;
    char **includes;
    size_t n_includes, from, to; /* its functions: funcs[from … to) */
};
extern struct func **funcs;
extern struct helper *helpers;
extern struct file *files;
extern size_t n_funcs, n_helpers, n_files;

/* --- expressions: C text out; wide literals as \4NUMBER\5 (a message) --- */
struct scope {
    struct var vars[DEEP];
    int n;
    struct func *func;
    int looped;
};
char *expr_value(struct scope *s, struct spot at, const char *text);
char *expr_cond(struct scope *s, struct spot at, const char *text);
char *expr_args(struct scope *s, struct spot at, const char *text, int *n); /* "a, b)" → ", a, b" */
int read_params(struct spot at, const char *text, struct param *p);         /* "T a, T b)" */
const char *name_at(const char *p, char *name); /* reads a name, returns what is behind it */

/* --- where we are in the HTML --- */
enum place { TEXT, TAG, VALUE };
enum value { PLAIN, URL, LOCAL_URL, NEVER, FIXED };
struct elem {
    char tag[NAME];
    struct spot at;
    bool post, csrf, no_translate, keep_space, plain_text, svg;
    int blocks;
};
struct html {
    enum place place;
    enum value value;
    bool dynamic, begun, query, slash, closing; /* slash: the address ends in '/' here */
    char tag[NAME], attr[NAME], val[256];
    char attrs[MAX_ATTRS][NAME];
    int n_attrs;
    bool post, csrf_ok, submit, no_translate, described, has_src;
    struct spot tag_at;
    struct elem stack[DEEP];
    int depth;
    char last_tag[NAME]; /* the tag just behind us, for the spaces */
};
struct run { /* text being read, up to the next tag or word */
    struct buf zh;
    struct said *said;
    struct spot at;
};
struct reader {
    struct spot at;
    struct scope scope;
    struct func *func;
    struct html html;
    struct run run, waiting;
    struct ops *ops;    /* where steps go now */
    struct said *block; /* inside {% text %} */
    struct ops *outer;  /* where the block itself will go */
    char block_ctx[NAME];
    int block_tag[DEEP], block_depth, blocks;
};
void html_feed(struct reader *r, const char *s); /* one piece of literal text, NUL behind it */
void html_expr(struct reader *r, const char *text);
void run_flush(struct reader *r, const char *next_tag);
void same_place(struct reader *r, const struct html *then, int line);
struct elem *top(struct html *h);
bool translated_attr(const struct html *h);
bool block_tag(const char *tag);
enum value value_kind(struct reader *r);
void attr_begins(struct reader *r);
void attr_ends(struct reader *r);
void tag_ends(struct reader *r, bool self_closed);
void child_allowed(struct spot at, const char *parent, const char *tag);
char *decoded(struct spot at, const char *zh);

/* --- messages --- */
struct msg *msg_for(struct spot at, const char *ctx, const char *id, bool plural, bool in_c);
void say(struct reader *r, struct ops *to, struct said *s, struct spot at, const char *ctx);
char *marked(struct said *s, const char *id); /* {name} → \1x */
struct msg *msg_named(const char *ctx, const char *id);
void check_said(const struct said *s, struct spot at);
void read_c(const char *path);
void read_po(const char *path);
void check_messages(const char *po);
extern struct msg **msgs;
extern size_t n_msgs;

void read_html(const char *path);
void link_pages(void);
struct func *func_named(const char *name);
void emit(const char *dir);
void emit_texts(const char *dir);
void emit_pot(const char *dir);
