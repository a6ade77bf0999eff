/* people_web.h — between the web files of the room people. */
#pragma once
#include "rooms/people/people_view.h"
#include "web/route.h"

/* Who sees the list of people: not the auditor, who reads the log and nothing else (SOD-1). */
#define PEOPLE_SEE (OFFICE_POSTS | HAS(POST_COMMANDER) | HAS(POST_SYSADMIN) | HAS(POST_SECADMIN))

struct wrong people_wrong_of(const Cx *);
/* The new password and its repetition are the same; ERR_INVALID "again". */
Err people_twice(Cx *, const Req *) MUST_CHECK;

/* An invitation as it is sent on: the whole address. */
Str people_link(Cx *, const Req *, Str token);

Err account_get(Cx *, const Req *, Resp *);
Err account_password_post(Cx *, const Req *, Resp *);
Err account_language_post(Cx *, const Req *, Resp *);
Err account_session_end_post(Cx *, const Req *, Resp *);
Err account_sessions_end_post(Cx *, const Req *, Resp *);
Err account_totp_get(Cx *, const Req *, Resp *);
Err account_totp_post(Cx *, const Req *, Resp *);
Err account_totp_confirm_post(Cx *, const Req *, Resp *);
Err account_totp_drop_post(Cx *, const Req *, Resp *);
Err people_list_get(Cx *, const Req *, Resp *);
Err people_new_get(Cx *, const Req *, Resp *);
Err people_new_post(Cx *, const Req *, Resp *);
Err people_one_get(Cx *, const Req *, Resp *);
Err people_one_post(Cx *, const Req *, Resp *);
Err people_verb_post(Cx *, const Req *, Resp *);
