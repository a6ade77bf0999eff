/* lines.h — canonical text: a line a fact, fields parted by one TAB, lines ended by LF. */
#pragma once
#include "base/html.h"

enum { LINE_FIELDS = 18 };
struct line {
    Str f[LINE_FIELDS]; /* f[0] is the line's word */
    int n, no;
};

void line_begin(Out *, const char *word);
void line_s(Out *, Str); /* TAB and LF in it become blanks */
void line_n(Out *, int64_t);
void line_end(Out *);

bool line_next(Str *rest, struct line *);
bool line_is(const struct line *, const char *word, int n); /* n fields behind the word */
int64_t line_number(Str);                                   /* of digits we wrote ourselves */
