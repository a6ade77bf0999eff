/* attachment_view.h — 照片公开 as its pages see it. */
#pragma once
#include "rooms/attachment/attachment.h"
#include "web/respond.h"

struct photo_card {
    int64_t id, at, redacted;
    Str unit, by, path; /* path: the record's page; empty: none */
    const char *kind;
};
struct photo_cards {
    const struct photo_card *at;
    size_t n;
};
struct photos_view {
    const struct shell *shell;
    struct photo_cards list;
    int64_t cleared; /* 0 undecided, 1 cleared, 2 withheld */
    Str next;
};

/* A box in thousandths of the picture, and the page without it. */
struct photo_box {
    int64_t x, y, width, height;
    Str without;
};
struct photo_boxes {
    const struct photo_box *at;
    size_t n;
};
struct photo_page_view {
    const struct shell *shell;
    const struct photo_card *c;
    int64_t cleared, was;  /* was: how often parts were made unrecognisable already */
    int64_t width, height; /* as shown, px */
    Str boxes, from;       /* as in the address; from: the first corner "x,y" */
    struct photo_boxes list;
    bool has_from, has_original, may_original;
    int64_t from_x, from_y;
    Str say, reason, smaller, larger; /* the page with the picture in another size */
};
