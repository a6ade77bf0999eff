/* notice_view.h — 消息: the inbox as its page sees it. */
#pragma once
#include "rooms/notice/notice.h"
#include "web/respond.h"
#include "web/route.h"

struct inbox_view {
    const struct shell *shell;
    struct notice_rows rows;
    int64_t newest;
    bool tasks; /* has a day of tasks to look at */
    Str next;   /* an address; empty: that was all */
};
extern const struct route notice_routes[];
extern const struct menu_item notice_menu[];
