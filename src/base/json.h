/* json.h — writing JSON: commas, quotes and escapes by themselves.
 *
 *     struct json j = {.to = &sink};
 *     json_open(&j, '{');
 *     json_str(&j, "state", p->state);
 *     json_opt_i64(&j, "due_at", p->due_at);
 *     json_list(&j, "photos");                    // "photos":[
 *     for (…) json_str(&j, NULL, photo);          // NULL: a list's member has no key
 *     json_close(&j, ']');
 *     json_close(&j, '}');
 *
 * Texts are UTF-8; < > and control characters are written as \u00XX, so that the result may stand
 * in a page's data block. */
#pragma once
#include "base/sink.h"

struct json {
    struct sink *to;
    bool some; /* a member stands before: a comma is due */
};

void json_open(struct json *, char bracket); /* '{' or '[': a list's member or the whole */
void json_close(struct json *, char bracket);
void json_list(struct json *, const char *key);
void json_str(struct json *, const char *key, Str);
void json_z(struct json *, const char *key, const char *);
void json_i64(struct json *, const char *key, int64_t);
void json_bool(struct json *, const char *key, bool);
void json_null(struct json *, const char *key);
void json_opt_i64(struct json *, const char *key, OptI64);

void sink_json(struct sink *, Str); /* one text with its quotes */
