/* fields_read.c — typed text → value, one function a type, each refusal a sentence a clerk can act
 * on. */
#include "base/fields_read.h"

static const int64_t BIG = 1000000000000000; /* 10^15: exact in JSON and in a table program */

#define FINE ((Str){0})

bool half_of(Str s, struct half *to, bool keep_blank)
{
    static const struct {
        const char *sign, as;
    } known[] = {
        {"年", HALF_YEAR[0]  },
        {"月", HALF_MONTH[0] },
        {"日", HALF_DAY[0]   },
        {"号", HALF_DAY[0]   },
        {"时", HALF_HOUR[0]  },
        {"点", HALF_HOUR[0]  },
        {"分", HALF_MINUTE[0]},
        {"元", HALF_YUAN[0]  },
        {"万", HALF_WAN[0]   },
        {"¥",  HALF_MONEY[0] },
        {"￥", HALF_MONEY[0] },
        {"−", '-'           },
        {"–", '-'           },
        {"　", ' '           }
    };
    uint32_t c;
    *to = (struct half){0};
    while (s.len) {
        Str was = s;
        char as = 0;
        if (!utf8_next(&s, &c))
            return false;
        if (c >= 0x20 && c < 0x7F)
            as = (char)c;
        for (size_t i = 0; !as && i < sizeof known / sizeof *known; i++)
            if (was.len - s.len == strlen(known[i].sign)
                && !memcmp(was.at, known[i].sign, was.len - s.len))
                as = known[i].as;
        if (!as && c >= 0xFF01 && c <= 0xFF5E)
            as = (char)(c - 0xFEE0);
        if (!as || to->n == sizeof to->at)
            return false;
        if (as != ' ' || keep_blank)
            to->at[to->n++] = as;
    }
    return to->n > 0;
}

char half_next(struct half *p)
{
    return p->i < p->n ? p->at[p->i++] : 0;
}

bool half_int(struct half *p, size_t max_digits, int64_t *to, size_t *digits)
{
    size_t from = p->i;
    *to = 0;
    while (p->i < p->n && p->i - from < max_digits && p->at[p->i] >= '0' && p->at[p->i] <= '9')
        *to = *to * 10 + (p->at[p->i++] - '0');
    *digits = p->i - from;
    return *digits > 0;
}

/* -1,234.50 → -123450 at scale 2.  Commas stand every three digits or not at all. */
static Str number(Cx *cx, struct half *p, int scale, Str example, int64_t *to)
{
    size_t group = 0, groups = 0;
    bool minus = false, any = false;
    int64_t n = 0;
    if (p->i < p->n && (p->at[p->i] == '-' || p->at[p->i] == '+'))
        minus = p->at[p->i++] == '-';
    for (; p->i < p->n; p->i++) {
        char c = p->at[p->i];
        if (c == ',') {
            if (!any || group > 3 || (groups && group != 3))
                return say(cx, T("逗号要三位一隔，例如 1,234"));
            groups++, group = 0;
        } else if (c >= '0' && c <= '9') {
            n = n * 10 + (c - '0');
            any = true, group++;
            if (n >= BIG)
                return say(cx, T("数太大"));
        } else {
            break;
        }
    }
    if (!any)
        return example;
    if (groups && group != 3)
        return say(cx, T("逗号要三位一隔，例如 1,234"));
    int places = 0;
    bool dot = p->i < p->n && p->at[p->i] == '.';
    if (dot && (p->i + 1 == p->n || p->at[p->i + 1] < '0' || p->at[p->i + 1] > '9'))
        return example;
    for (p->i += dot; dot && p->i < p->n && p->at[p->i] >= '0' && p->at[p->i] <= '9'; p->i++) {
        if (places < scale)
            n = n * 10 + (p->at[p->i] - '0'), places++;
        else if (p->at[p->i] != '0')
            return scale ? say_n(cx, T("最多 {n} 位小数"), scale) : example;
        if (n >= BIG)
            return say(cx, T("数太大"));
    }
    for (; places < scale; places++)
        if ((n *= 10) >= BIG)
            return say(cx, T("数太大"));
    *to = minus ? -n : n;
    return FINE;
}

static Str in_range(Cx *cx, const struct field *f, int64_t n)
{
    if (f->min == 0 && f->max == 0)
        return FINE;
    if (n >= f->min && n <= f->max)
        return FINE;
    Str lo = field_text(cx, f, (struct value){.set = true, .i = f->min}, SHOW_PAGE),
        hi = field_text(cx, f, (struct value){.set = true, .i = f->max}, SHOW_PAGE);
    return say_ab(cx, T("要在 {a} 到 {b} 之间"), lo, hi);
}

static Str read_number(Cx *cx, const struct field *f, Str s, int64_t *to)
{
    Str example = say(cx, f->type == FIELD_MONEY     ? T("请写金额，例如 1,234.50")
                          : f->type == FIELD_DECIMAL ? T("请写数字，例如 3.5")
                                                     : T("请写整数，例如 12"));
    int scale = f->type == FIELD_MONEY ? 2 : f->type == FIELD_DECIMAL ? f->scale : 0;
    struct half p;
    if (!half_of(s, &p, false))
        return s.len > 64 ? say(cx, T("数太大")) : example;
    bool money = f->type == FIELD_MONEY, wan = false, yuan = false;
    if (money) {
        yuan = p.at[p.n - 1] == HALF_YUAN[0], p.n -= yuan;
        wan = p.n && p.at[p.n - 1] == HALF_WAN[0], p.n -= wan;
        p.i += p.n && p.at[0] == HALF_MONEY[0];
    }
    Str why = number(cx, &p, wan ? 6 : scale, example, to);
    if (!why.len && p.i < p.n)
        why = example;
    return why.len ? why : in_range(cx, f, *to);
}

static Str read_phone(Cx *cx, Str s, Str *to)
{
    Str example = say(cx, T("请写电话号码，例如 13812345678 或 0371-63000000"));
    Str with_area = say(cx, T("固定电话要写区号，例如 0371-63000000"));
    struct half p;
    char digits[20];
    size_t n = 0;
    if (!half_of(s, &p, false))
        return example;
    if (p.n > 3 && !memcmp(p.at, "+86", 3))
        p.i = 3;
    else if (p.n > 4 && !memcmp(p.at, "0086", 4))
        p.i = 4;
    for (; p.i < p.n; p.i++) {
        char c = p.at[p.i];
        if (c == '-' || c == '(' || c == ')')
            continue;
        if (c < '0' || c > '9' || n == sizeof digits)
            return example;
        digits[n++] = c;
    }
    if (!n)
        return example;
    if (digits[0] == '0') {
        if (n < 10 || n > 12 || digits[1] == '0') /* area codes: 010, 02x, 03xx … 09xx */
            return with_area;
    } else if (digits[0] != '1') {
        return n == 7 || n == 8 ? with_area : example;
    } else if (n != 11) {
        return say_n(cx, T("现在 {n} 位，手机号要 11 位"), (int64_t)n);
    } else if (digits[1] < '3') {
        return say(cx, T("手机号以 13 到 19 开头"));
    }
    *to = (Str){arena_copy(&cx->mem, digits, n), n};
    return FINE;
}

static Str no_option(Cx *cx, const struct field *f, Str s)
{
    char *all = arena_printf(&cx->mem, "%s", "");
    for (const struct option *o = f->options; o->code; o++)
        all = arena_printf(
            &cx->mem, "%s%s%s", all, o == f->options ? "" : "、", text_in(cx->lang, o->label));
    return say_ab(cx, T("没有“{a}”这一项，可选：{b}"), str_cut(s, 20), str(all));
}

/* By its code, its source text, or its text in the reader's language. */
static const struct option *option_of(Cx *cx, const struct field *f, Str s)
{
    for (const struct option *o = f->options; o->code; o++)
        if (str_eq(s, str(o->code)) || str_eq(s, str(o->label.zh)) || str_eq(s, say(cx, o->label)))
            return o;
    return NULL;
}

/* Parts between commas of either width, 、 ; ； or line breaks. */
static Str next_part(Str *s)
{
    uint32_t c;
    Str rest = *s, part = {s->at, 0};
    while (rest.len) {
        size_t before = rest.len;
        if (!utf8_next(&rest, &c))
            rest.at++, rest.len--, c = 0;
        if (c == ',' || c == 0xFF0C || c == 0x3001 || c == ';' || c == 0xFF1B || c == '\n')
            break;
        part.len += before - rest.len;
    }
    *s = rest;
    return str_trim(part);
}

static Str read_options(Cx *cx, const struct field *f, Str s, Str *to)
{
    uint64_t chosen = 0;
    while (s.len) {
        Str part = next_part(&s);
        const struct option *o = part.len ? option_of(cx, f, part) : NULL;
        if (part.len && !o)
            return no_option(cx, f, part);
        if (o)
            chosen |= UINT64_C(1) << (o - f->options);
    }
    char *all = arena_printf(&cx->mem, "%s", "");
    for (const struct option *o = f->options; o->code; o++)
        if (chosen >> (o - f->options) & 1)
            all = arena_printf(&cx->mem, "%s%s%s", all, *all ? "," : "", o->code);
    *to = str(all);
    return FINE;
}

static bool is_photo(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.at[i] >= '0' && s.at[i] <= '9') && !(s.at[i] >= 'a' && s.at[i] <= 'f'))
            return false;
    return s.len == 64;
}

static Str read_images(Cx *cx, const struct field *f, Str s, Str *to)
{
    char *all = arena_raw(&cx->mem, s.len + 1);
    size_t len = 0, n = 0;
    while (s.len) {
        Str part = next_part(&s);
        if (!part.len)
            continue;
        if (!is_photo(part))
            return say(cx, T("照片没有传好，请重新选一次"));
        if (len)
            all[len++] = ',';
        memcpy(all + len, part.at, part.len);
        len += part.len, n++;
    }
    if (n > (size_t)f->max)
        return say_ab(cx, T("最多 {a} 张照片，现在 {b} 张"), number_text(cx, f->max),
            number_text(cx, (int64_t)n));
    *to = (Str){all, len};
    return FINE;
}

static Str read_id(Cx *cx, const struct field *f, Str s, int64_t *to)
{
    struct half p;
    size_t digits;
    if (half_of(s, &p, false) && half_int(&p, 16, to, &digits) && p.i == p.n) {
        if (f->type == FIELD_UNIT) {
            if (digits != 12 && digits != 15)
                return say_n(cx, T("现在 {n} 位，地方编码要 12 或 15 位"), (int64_t)digits);
            *to *= digits == 12 ? 1000 : 1;
        }
        if (digits <= 15 && (!f->names || f->names->name(cx, *to).len))
            return FINE;
    } else if (f->names) {
        size_t n = f->names->find(cx, s, to);
        if (n == 1)
            return FINE;
        if (n > 1)
            return say_sn(cx, T("有 {n} 个“{s}”，请写编号"), s, (int64_t)n);
    }
    return say_s(cx, T("没有找到“{s}”"), str_cut(s, 20));
}

static Str read_bool(Cx *cx, Str s, int64_t *to)
{
    static const char *const yes[] = {"是", "有", "1", "true", "√", "Y", "yes", "TRUE"},
                             *const no[] = {"否", "无", "0", "false", "×", "N", "no", "FALSE"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (str_eq(s, str(yes[i])))
            return *to = 1, FINE;
        if (str_eq(s, str(no[i])))
            return *to = 0, FINE;
    }
    return say(cx, T("请写“是”或“否”"));
}

static Str not_future(Cx *cx, const struct field *f, const struct value *v)
{
    Str now = time_text(cx, cx->now, SHOW_PAGE), today = {now.at, 10};
    bool late = f->type == FIELD_DAY ? memcmp(v->s.at, today.at, 10) > 0 : v->i > cx->now;
    if (!(f->flags & NOT_FUTURE) || !late)
        return FINE;
    Str it = field_text(cx, f, (struct value){true, v->i, v->s}, SHOW_PAGE);
    return say_ab(cx, T("{a} 还没到，今天是 {b}"), it, today);
}

static Str read_one(Cx *cx, const struct field *f, Str s, unsigned how, struct value *v)
{
    Str why = {0};
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_LONG:
        v->s = (Str){arena_copy(&cx->mem, s.at, s.len), s.len};
        if (str_n_chars(s) > (size_t)f->max)
            return say_ab(cx, T("最多 {a} 个字，现在 {b} 个"), number_text(cx, f->max),
                number_text(cx, (int64_t)str_n_chars(s)));
        return FINE;
    case FIELD_INT:
    case FIELD_DECIMAL:
    case FIELD_MONEY: return read_number(cx, f, s, &v->i);
    case FIELD_DAY: return day_read(cx, s, how, &v->s, &why) ? not_future(cx, f, v) : why;
    case FIELD_TIME: return time_read(cx, s, how, &v->i, &why) ? not_future(cx, f, v) : why;
    case FIELD_ENUM: {
        const struct option *o = option_of(cx, f, s);
        v->s = o ? str(o->code) : s;
        return o ? FINE : no_option(cx, f, s);
    }
    case FIELD_ENUMS: return read_options(cx, f, s, &v->s);
    case FIELD_CODE:
        return f->codes->find(cx, s, &v->s) ? FINE : say_s(cx, T("没有找到“{s}”"), str_cut(s, 20));
    case FIELD_UNIT:
    case FIELD_PERSON:
    case FIELD_REF: return read_id(cx, f, s, &v->i);
    case FIELD_PHONE: return read_phone(cx, s, &v->s);
    case FIELD_IMAGES: return read_images(cx, f, s, &v->s);
    case FIELD_BOOL: return read_bool(cx, s, &v->i);
    }
    return FINE;
}

bool field_read(Cx *cx, const struct field *f, Str typed, unsigned how, struct value *v, Str *why)
{
    bool lists = f->type == FIELD_ENUMS || f->type == FIELD_IMAGES;
    *v = (struct value){0};
    *why = say(cx, text_wrong(typed, f->type == FIELD_LONG || lists));
    if (why->len)
        return false;
    Str s = str_trim(typed);
    *why = s.len ? read_one(cx, f, s, how, v) : FINE;
    v->set = s.len && !why->len && (!(f->keeps & KEEPS_STR) || v->s.len);
    if (!why->len && !v->set && field_required(f))
        *why = say_s(cx, T("请填写{s}"), say(cx, f->label));
    return !why->len;
}
