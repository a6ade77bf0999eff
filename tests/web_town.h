/* web_town.h — the router asked without a socket, with a room of the tests' own: pages, forms that
 * fail in every way, a form for anyone. */
#pragma once
#include "town.h"

#include "web/web.h"
#include "web/web_call.h"

extern const struct room *const web_town_rooms[];

void web_town_open(void);
int web_town_setup(void **state);
int web_town_teardown(void **state);
#define IN_WEB(test) cmocka_unit_test_setup_teardown(test, web_town_setup, web_town_teardown)
/* The same over the house's own rooms, opened as the program opens them, with the page as that
 * person sees it (0: as nobody). */
int rooms_web_setup(void **state);
int rooms_web_teardown(void **state);
#define ON_THE_WEB(test) cmocka_unit_test_setup_teardown(test, rooms_web_setup, rooms_web_teardown)
struct web_answer web_page(Cx *cx, int64_t who, const char *path);

/* A form sent by that person. */
struct web_answer web_form(Cx *cx, int64_t who, const char *path, struct pairs form);
/* A picture that was taken: its hash; another width is another picture.  Needs photos_begin(). */
Str picture_taken(Cx *cx, uint32_t width);

struct web_answer web_get(Cx *cx, const char *path, const char *cookie);
/* With that cookie (NULL: none). */
struct web_answer web_send(Cx *cx, const char *path, const char *cookie, struct pairs form);
struct web_answer web_post(Cx *cx, const char *path, const char *cookie, const char *body);
/* A route's path with {id} and its like filled in. */
struct path_value {
    const char *name, *value; /* "{id}" */
};
const char *path_filled(Cx *cx, const char *path, const struct path_value *, size_t n);
const char *town_cookie_text(Cx *cx, int64_t person); /* signed in; cx->me is nobody again */
const char *as_z(Cx *cx, Str);                        /* with a zero at its end */
bool has_words(Str text, const char *words);
bool web_body_has(const struct web_answer *a, const char *text);
