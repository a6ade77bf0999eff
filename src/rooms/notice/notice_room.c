/* notice_room.c — 消息: what the room gives to the house. */
#include "rooms.h"
#include "rooms/notice/notice_view.h"

static const struct job jobs[] = {
    {"notice_deliver",    2, notice_deliver_job},
    {0}
};

const struct room notice_room = {
    .name = "notice", .routes = notice_routes, .menu = notice_menu, .jobs = jobs};
