/* told.h — what a person was told: a line on their /me, a notice in their inbox. */
#pragma once
#include "town.h"

#include "base/utf8.h"
#include "rooms/climb/climb.h"
#include "rooms/notice/notice.h"

static inline bool on_me(Cx *cx, int64_t person, int64_t id)
{
    struct climb_lines lines;
    sign_in(cx, person);
    assert_int_equal(climb_mine(cx, &lines), OK);
    for (size_t i = 0; i < lines.n; i++)
        if (lines.at[i].object == id)
            return true;
    return false;
}

static inline bool in_inbox(Cx *cx, int64_t person, int64_t id, const char *words)
{
    struct notice_rows rows;
    sign_in(cx, person);
    assert_int_equal(notice_inbox(cx, 0, &rows), OK);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.at[i].object == id && strstr(rows.at[i].say.zh, words))
            return true;
    return false;
}
