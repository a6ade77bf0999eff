/* web_call.h — a request without a socket: the same head, body and answer as a real one, on the
 * caller's thread and reading connection.  For tests: golden pages, the route × role table.
 *
 *     web_call_open(cx);
 *     struct web_answer a = web_call(cx, &(struct web_call){.path = "/problems", .cookie = hq});
 *     assert_int_equal(a.status, 200);
 *     web_call_close();
 *
 * Time is cx->now.  Token buckets are off. */
#pragma once
#include "base/cx.h"
#include "base/pairs.h"

struct web_call {
    const char *method; /* "GET" unless said; "POST" */
    const char *path;   /* with the query */
    const char *cookie; /* the session cookie's value, "410108101.…"; NULL: nobody */
    struct pairs form;  /* POST: the fields.  key and csrf are put in where they are missing … */
    bool bare;          /* … unless this says no */
    const char *type;   /* POST: or a body as it is, of this type */
    Str body;
    const char *headers[12]; /* more of them: name, value, …, NULL */
};
struct web_answer {
    int status;
    Str body, location, set_cookie, type;
    struct pairs headers;
};

/* The house's rooms, the data folder; once a test.  Aborts if it cannot. */
void web_call_open(Cx *, const char *data);
void web_call_close(void);
/* Everything in the answer lives in cx->mem. */
struct web_answer web_call(Cx *, const struct web_call *);
Str web_header(const struct web_answer *, const char *name); /* empty: not there */
