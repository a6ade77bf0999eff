/* notice_job.c — 消息: the clock delivers what waits in the outbox. */
#include "rooms.h"
#include "rooms/notice/notice.h"

static const struct job jobs[] = {
    {"notice_deliver",    2, notice_deliver_job},
    {0}
};

const struct room notice_room = {.name = "notice", .jobs = jobs};
