/* json.c — writing JSON. */
#include "base/json.h"

#include <stdio.h>

void sink_json(struct sink *o, Str s)
{
    size_t from = 0;
    sink_put(o, S("\""));
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        char b[8];
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != 0x7F)
            continue;
        sink_put(o, (Str){s.at + from, i - from});
        if (c == '"' || c == '\\')
            snprintf(b, sizeof b, "\\%c", c);
        else
            snprintf(b, sizeof b, "\\u%04x", c);
        sink_z(o, b);
        from = i + 1;
    }
    sink_put(o, (Str){s.at + from, s.len - from});
    sink_put(o, S("\""));
}

static void member(struct json *j, const char *key)
{
    if (j->some)
        sink_put(j->to, S(","));
    j->some = true;
    if (!key)
        return;
    sink_json(j->to, str(key));
    sink_put(j->to, S(":"));
}

static void bracket(struct json *j, const char *key, char open)
{
    member(j, key);
    sink_put(j->to, (Str){&open, 1});
    j->some = false;
}

void json_open(struct json *j, char open)
{
    bracket(j, NULL, open);
}

void json_list(struct json *j, const char *key)
{
    bracket(j, key, '[');
}

void json_close(struct json *j, char close)
{
    sink_put(j->to, (Str){&close, 1});
    j->some = true;
}

void json_str(struct json *j, const char *key, Str s)
{
    member(j, key);
    sink_json(j->to, s);
}

void json_z(struct json *j, const char *key, const char *z)
{
    json_str(j, key, str(z));
}

void json_i64(struct json *j, const char *key, int64_t n)
{
    member(j, key);
    sink_i64(j->to, n);
}

void json_bool(struct json *j, const char *key, bool is)
{
    member(j, key);
    sink_z(j->to, is ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
    member(j, key);
    sink_z(j->to, "null");
}

void json_opt_i64(struct json *j, const char *key, OptI64 n)
{
    if (n.set)
        json_i64(j, key, n.v);
    else
        json_null(j, key);
}
