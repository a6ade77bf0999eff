/* cx.h — everything one request, job or command carries with it. */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "base/opt.h"
#include "base/str.h"
#include "base/text.h"

/* Who works at the machine's command line: no person, but all of the town is theirs. */
enum { OPERATOR = -1 };

typedef struct Cx {
    Arena mem;        /* dies with the request */
    struct Db *db;    /* this thread's reading connection; in a write the lane's */
    int64_t now;      /* ms UTC, taken once at the door; tests set it */
    int64_t town_id;  /* every statement is bound to one town; 0: not known yet */
    Lang lang;        /* of who looks */
    const char *door; /* "web" "cli" "job" "import": the log's source */
    struct {
        int64_t person;  /* 0: nobody signed in */
        int64_t session; /* 0: none */
        uint32_t posts;  /* all posts held today, one bit each (rooms/duty/post.h) */
        int post;        /* the post acted in, for the log; 0: none */
    } me;
    struct {
        const char *field; /* the form's field that is wrong, or NULL */
        Str say;           /* for the person, in cx->lang; empty: the doors' usual words */
        const char *log;   /* for the operator, or NULL */
    } why;                 /* set by fail() */
} Cx;

/* Say why, once, where it is known.  field and the literal texts live for ever. */
Err fail(Cx *, Err, const char *field, Text say);
/* As fail, with a sentence made by say_n() or say_s(). */
Err fail_say(Cx *, Err, const char *field, Str say);
/* For the operator's log; the person is told that it is our fault. */
Err fail_log(Cx *, Err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The text in cx->lang, with {n} or {s} filled in; lives in cx->mem. */
Str say(Cx *, Text);
Str say_n(Cx *, Text, int64_t n);
Str say_s(Cx *, Text, Str s);
Str say_sn(Cx *, Text, Str s, int64_t n);
/* Three pieces of text as one; lives in cx->mem. */
Str joined_of(Cx *, Str a, Str b, Str c);
