/* category_import.h — the table files that the room category takes; the same fields are its forms.
 */
#pragma once
#include "base/ledger.h"
#include "rooms/category/category_edit.h"

extern const struct ledger *const category_ledgers[]; /* category tile phrase */

struct category_line {
    Str code, name, limit;
    int64_t severity, difficulty;
    OptStr focus, handlers, post, stopper, from_on, name_en;
    OptI64 river, guard_u, automatic, radius_m, age_days, hidden;
};
extern const struct field category_fields[]; /* ends with {0}, as the next two */
struct category_new category_of_line(const struct category_line *);

struct tile_line {
    Str word, code;
    OptStr icon, under, from_on, word_en;
    OptI64 position, shown;
};
extern const struct field tile_fields[];
struct tile_new tile_of_line(const struct tile_line *);

struct phrase_line {
    Str verb, words;
    OptStr code, from_on;
    OptI64 position, shown;
};
extern const struct field phrase_fields[];
struct phrase_new phrase_of_line(const struct phrase_line *);
