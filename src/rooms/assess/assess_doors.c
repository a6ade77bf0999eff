/* assess_doors.c — 红黑旗的门: routes and menu of the room. */
#include "rooms/assess/assess_correct_view.h"
#include "rooms/assess/assess_fair_view.h"
#include "rooms/assess/assess_inner.h"
#include "rooms/assess/assess_view.h"

#define REPORTERS (OFFICE_POSTS | HAS(POST_SECRETARY))
#define SIGNERS (OFFICE_POSTS | HAS(POST_COMMANDER))

/* clang-format off */
const struct route assess_routes[] = {
    {GET, "/flags", .who = ANYONE, .run = flags_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/inspect", .who = SCORERS, .run = inspect_list_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/inspect/{id}", .who = SCORERS, .run = inspect_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/inspect/{id}/start", .who = SCORERS, .run = inspect_start_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/inspect/{id}/deducts", .who = SCORERS, .run = inspect_deduct_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {POST, "/inspect/{id}/void", .who = SCORERS, .run = inspect_void_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/inspect/{id}/done", .who = SCORERS, .run = inspect_done_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/inspect/{id}/waive", .who = OFFICE_POSTS, .run = inspect_waive_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess", .who = STAFF_POSTS, .run = assess_list_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess", .who = OFFICE_POSTS, .run = assess_open_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/marks", .who = STAFF_POSTS, .run = assess_marks_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/marks", .who = OFFICE_POSTS, .run = assess_marks_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/marks/{id}/confirm", .who = OFFICE_POSTS, .run = assess_mark_confirm_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/marks/{id}/void", .who = OFFICE_POSTS, .run = assess_mark_void_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/tables/{id}", .who = STAFF_POSTS, .run = assess_table_page_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/tables/{id}/items", .who = OFFICE_POSTS, .run = assess_table_item_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/tables/{id}/drop", .who = OFFICE_POSTS, .run = assess_table_drop_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/tables/{id}/copy", .who = OFFICE_POSTS, .run = assess_table_copy_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/tables/{id}/publish", .who = SIGNERS, .run = assess_table_publish_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}", .who = STAFF_POSTS, .run = assess_round_page_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/score", .who = OFFICE_POSTS, .run = assess_score_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/freeze", .who = OFFICE_POSTS, .run = assess_freeze_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/final", .who = OFFICE_POSTS, .run = assess_final_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/sign", .who = SIGNERS, .run = assess_sign_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/appeals", .who = STAFF_POSTS, .run = assess_appeals_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/appeals/{id}/vote", .who = HAS(POST_APPEAL), .run = assess_vote_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/duties/{id}/done", .who = STAFF_POSTS, .run = assess_duty_done_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/{unit_id}", .who = STAFF_POSTS, .run = assess_unit_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/{unit_id}.json", .who = STAFF_POSTS, .run = assess_unit_json_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/{unit_id}.txt", .who = STAFF_POSTS, .run = assess_unit_text_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/{unit_id}/appeal", .who = HAS(POST_SECRETARY), .run = assess_appeal_post, .on = ON_WAIT, .limit = SIX_PHOTOS, .rate = RATE_UPLOAD},
    {GET, "/assess/{id}/fairness", .who = SIGNERS, .run = assess_fairness_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/rehearse", .who = OFFICE_POSTS, .run = assess_rehearse_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/{unit_id}/certificate.pdf", .who = ANYONE, .run = assess_certificate_get, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_EXPORT},
    {GET, "/assess/year/{unit_id}", .who = REPORTERS, .run = assess_this_year_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/year/{unit_id}/{id}", .who = REPORTERS, .run = assess_year_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/year/{unit_id}/{id}", .who = REPORTERS, .run = assess_year_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/correct", .who = STAFF_POSTS, .run = assess_correct_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/correct", .who = OFFICE_POSTS, .run = assess_correct_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/fixes", .who = OFFICE_POSTS, .run = assess_fix_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/fixes/drop", .who = OFFICE_POSTS, .run = assess_unfix_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {GET, "/assess/{id}/plan", .who = STAFF_POSTS, .run = assess_plan_get, .on = ON_READ, .limit = FORM_1M, .rate = RATE_PAGE},
    {POST, "/assess/{id}/plan", .who = OFFICE_POSTS, .run = assess_plan_post, .on = ON_WAIT, .limit = FORM_1M, .rate = RATE_PAGE},
    {0}};
/* clang-format on */

const struct menu_item assess_menu[] = {
    {.path = "/flags",         .id = "flags", .label = T("红黑旗"), .who = ANYONE, .icon = "i-flag"},
    {.path = "/assess", .id = "assess", .label = T("考核"), .who = STAFF_POSTS, .icon = "i-vote"},
    {.path = "/inspect",        .id = "inspect", .label = T("检查打分"), .who = SCORERS, .icon = "i-walk"},
    {0       }
};
