/* category_names.c — categories by code or name, for forms and tables (base/fields.h). */
#include "rooms/category/category.h"

static Str in_english(const Cx *cx, Str zh, Str en)
{
    return cx->lang == LANG_EN && en.len ? en : zh;
}

Str category_shown(const Cx *cx, const struct category *c)
{
    return in_english(cx, c->name, c->name_en);
}

Str tile_shown(const Cx *cx, const struct tile *t)
{
    return in_english(cx, t->word, t->word_en);
}

Str category_code_shown(Cx *cx, Str code)
{
    struct category one;
    return category_find(cx, code, &one) == OK ? category_shown(cx, &one) : code;
}

static bool find_code(Cx *cx, Str typed, Str *code)
{
    struct category one;
    struct categories all;
    if (category_of_tile(cx, typed, &one) == OK) {
        *code = one.code;
        return true;
    }
    if (category_all(cx, &all) != OK)
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.at[i].name, typed) || (typed.len && str_eq(all.at[i].name_en, typed))) {
            *code = all.at[i].code;
            return true;
        }
    return false;
}

static Str code_name(Cx *cx, Str code)
{
    struct category one;
    return category_find(cx, code, &one) == OK ? category_shown(cx, &one) : (Str){0};
}

static size_t all_codes(Cx *cx, const struct code_row **rows)
{
    struct categories all;
    if (category_all(cx, &all) != OK)
        return 0;
    struct code_row *at = NEW_ARRAY(&cx->mem, all.n, struct code_row);
    for (size_t i = 0; i < all.n; i++)
        at[i] = (struct code_row){all.at[i].code, category_shown(cx, &all.at[i])};
    *rows = at;
    return all.n;
}

const struct codes category_codes = {find_code, code_name, all_codes};
