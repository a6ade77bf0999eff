/* fields.h — 台账's columns as data.  One table over a row's struct; from it come the form and its
 * messages, pages, import, export, masking and the log's diff.  Knows no database.
 *
 * Whether a field must be filled in is not written down: a member of type Str or int64_t must, an
 * OptStr or OptI64 may be empty.  FIELD_OF() does not compile unless the member can keep the type.
 */
#pragma once
#include "base/cx.h"
#include "base/pairs.h"
#include "base/utf8.h"

enum field_type {
    FIELD_TEXT = 1, /* one line; .max characters */
    FIELD_LONG,     /* several lines */
    FIELD_INT,      /* .min ≤ n ≤ .max */
    FIELD_DECIMAL,  /* n · 10^-scale */
    FIELD_MONEY,    /* fen */
    FIELD_DAY,      /* "2026-06-12" */
    FIELD_TIME,     /* ms UTC; typed and shown in the town's time */
    FIELD_ENUM,     /* a code of .options */
    FIELD_ENUMS,    /* codes, in the order of .options, with commas */
    FIELD_CODE,     /* a code that .codes knows: a category, whose table the town edits */
    FIELD_UNIT,     /* 15-digit code */
    FIELD_PERSON,   /* id */
    FIELD_REF,      /* id of a row elsewhere */
    FIELD_PHONE,    /* digits only */
    FIELD_IMAGES,   /* names of stored photos with commas; at most .max */
    FIELD_BOOL,     /* 0, 1 */
};

enum { KEEPS_I64 = 1, KEEPS_STR = 2, KEEPS_OPT = 4 };
enum {
    WANTS_TEXT = KEEPS_STR,
    WANTS_LONG = KEEPS_STR,
    WANTS_DAY = KEEPS_STR,
    WANTS_ENUM = KEEPS_STR,
    WANTS_ENUMS = KEEPS_STR,
    WANTS_CODE = KEEPS_STR,
    WANTS_PHONE = KEEPS_STR,
    WANTS_IMAGES = KEEPS_STR,
    WANTS_INT = KEEPS_I64,
    WANTS_DECIMAL = KEEPS_I64,
    WANTS_MONEY = KEEPS_I64,
    WANTS_TIME = KEEPS_I64,
    WANTS_UNIT = KEEPS_I64,
    WANTS_PERSON = KEEPS_I64,
    WANTS_REF = KEEPS_I64,
    WANTS_BOOL = KEEPS_I64,
};

enum field_flag {
    PUBLIC = 1,       /* stands in the public view */
    MASKED = 2,       /* shown in part unless unmasked */
    SEALED = 4,       /* lies encrypted in the row; the room opens and seals it */
    DERIVED = 8,      /* computed; never typed */
    NOT_FUTURE = 16,  /* a day or time up to now */
    IN_LIST = 32,     /* a column of the list */
    ONLY_FILTER = 64, /* rows are asked by it, another column shows it */
};

struct option {
    const char *code;
    Text label;
};

/* How numbers get their names: units, persons, rows of other ledgers. */
struct name_row {
    int64_t id;
    Str name;
};
struct names {
    /* How many bear this name; the first one's id. */
    size_t (*find)(Cx *, Str name, int64_t *id);
    Str (*name)(Cx *, int64_t id); /* empty: no such */
    /* All of them, where they are few enough to choose from on a page; NULL: they are typed. */
    size_t (*all)(Cx *, const struct name_row **);
};
/* How codes of a table that the town edits get their names. */
struct code_row {
    Str code, name;
};
struct codes {
    bool (*find)(Cx *, Str typed, Str *code); /* by code or by name */
    Str (*name)(Cx *, Str code);              /* empty: no such */
    size_t (*all)(Cx *, const struct code_row **);
};

/* Where an argument lies in a statement's struct. */
struct arg {
    bool there;
    unsigned keeps;
    size_t at;
};

struct field {
    const char *name;
    Text label;
    enum field_type type;
    unsigned keeps, flags;
    size_t at;
    int64_t min, max;
    int scale;
    const struct option *options;
    const struct names *names;
    const struct codes *codes;
    Text hint;                      /* under the input; {0}: none */
    struct arg equals, from, until; /* the list's filters */
};

/* Zero, unless it does not compile. */
#define SURE(cond, why)                                                                            \
    ((int)(0 * sizeof(struct {                                                                     \
        _Static_assert(cond, why);                                                                 \
        char c;                                                                                    \
    })))
#define KEEPS(T, m)                                                                                \
    _Generic(((T *)0)->m, int64_t                                                                  \
             : KEEPS_I64, Str                                                                      \
             : KEEPS_STR, OptI64                                                                   \
             : KEEPS_I64 | KEEPS_OPT, OptStr                                                       \
             : KEEPS_STR | KEEPS_OPT)
#define TYPED(T, m, TYPE)                                                                          \
    FIELD_##TYPE + (unsigned)SURE((KEEPS(T, m) & 3) == WANTS_##TYPE, #m ": cannot keep a " #TYPE)
/* FIELD_OF(struct survey_in, photo, IMAGES, T("照片"), .max = 6) */
#define FIELD_OF(T, m, TYPE, LABEL, ...)                                                           \
    {                                                                                              \
        .name = #m, .label = LABEL, .at = offsetof(T, m), .keeps = KEEPS(T, m),                    \
        .type = TYPED(T, m, TYPE), __VA_ARGS__                                                     \
    }

struct value {
    bool set;
    int64_t i;
    Str s;
};

struct value field_get(const struct field *, const void *row);
void field_put(const struct field *, void *row, struct value);
bool field_required(const struct field *);
bool value_eq(const struct field *, struct value, struct value);
const char *field_type_name(enum field_type); /* "text" "money" …: for programs */

/* ---- typed text → value */
enum {
    READ_SHEET = 1, /* from a table file: Excel's day numbers, quoted formulas */
    READ_SOME = 2,  /* fields that were not sent stay as they are */
};

/* False with a sentence for the person, in cx->lang.  Empty text is a value that is not set. */
bool field_read(Cx *, const struct field *, Str typed, unsigned how, struct value *, Str *why);

/* What was typed into one field, and what is wrong with it (empty: nothing). */
struct told {
    Str typed, why;
};

size_t fields_n(const struct field *);
const struct field *field_named(const struct field *, Str name); /* NULL: no such */
/* All fields of a form into row; told has fields_n() places.  ERR_INVALID: the first one is in
 * cx->why, all are in told.  also: names that are the door's own ("csrf key version"). */
Err form_read(Cx *, const struct field *, struct pairs, const char *also, unsigned how, void *row,
    struct told *) MUST_CHECK;
/* What a verb's form has typed into these fields, into row; empty ones and pictures (their door
 * takes them) stay as they are.  ERR_INVALID names the first wrong one. */
Err form_typed(Cx *, const struct field *, struct pairs, void *row) MUST_CHECK;

/* ---- value → text */
enum sight {
    SIGHT_PUBLIC, /* PUBLIC fields only, MASKED ones in part */
    SIGHT_STAFF,  /* all fields, MASKED ones in part */
    SIGHT_FULL,   /* all of it: the door has asked why and logged it */
};
enum shown { SHOW_PAGE, SHOW_FILE }; /* FILE is read back to the same value */

bool field_seen(const struct field *, enum sight);
Str field_text(Cx *, const struct field *, struct value, enum shown);
/* As a person types it: by name where the name alone finds it again, else as SHOW_FILE. */
Str field_again(Cx *, const struct field *, struct value);
Str field_shown(Cx *, const struct field *, struct value, enum shown, enum sight);
/* "标题：甲 → 乙；…": what the log keeps, always in Chinese.  Empty: no difference.  MASKED and
 * SEALED values are not said. */
Str fields_diff(Cx *, const struct field *, const void *was, const void *became);
/* 138****5678  李**  otherwise ** */
Str mask_phone(Cx *, Str digits);
Str mask_name(Cx *, Str name);

/* ---- days as people write them: 2026-6-12, 2026/6/12, 2026年6月12日, 20260612 */
Str time_text(Cx *, int64_t ms, enum shown); /* on a page to the minute; in a file to what it has */
bool day_read(Cx *, Str, unsigned how, Str *day, Str *why);
bool time_read(Cx *, Str, unsigned how, int64_t *ms, Str *why);

/* A sentence with the holes {a}, {b}, {c}. */
Str say_abc(Cx *, Text, Str a, Str b, Str c);
static inline Str say_ab(Cx *cx, Text t, Str a, Str b)
{
    return say_abc(cx, t, a, b, (Str){0});
}
Str number_text(Cx *, int64_t n);
