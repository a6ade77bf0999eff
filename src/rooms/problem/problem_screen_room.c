/* problem_screen_room.c — 防滥用与保护: the doors that are not one matter's. */
#include "rooms.h"
#include "rooms/problem/problem_screen_view.h"

/* clang-format off */
static const struct route routes[] = {
    {GET, "/screening", .who = OFFICE_POSTS, .run = screen_list_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/screening/{id}", .who = OFFICE_POSTS, .run = screen_one_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/screening/{id}/{verb}", .who = OFFICE_POSTS, .run = screen_verb_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/hidden", .who = ANYONE, .run = screen_hidden_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/retaliation", .who = ANYONE, .run = retaliation_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/retaliation", .who = ANYONE, .run = retaliation_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_REPORT, .public_form = true},
    {0}};

static const struct menu_item menu[] = {
    {.path = "/screening", .id = "screening", .label = T("待甄别"), .who = OFFICE_POSTS, .icon = "i-shield"},
    {.path = "/hidden", .id = "hidden", .label = T("隐藏记录"), .who = ANYONE, .icon = "i-shield"},
    {0}};
/* clang-format on */

const struct room screen_room = {.name = "screen", .routes = routes, .menu = menu};
