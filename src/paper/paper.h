/* paper.h — 文书: papers as PDF, set by Pango and Cairo in a helper process of their own.
 *
 * The house links neither; the helper is this same program started anew for one paper
 * (/proc/self/exe with a hidden verb), which loads the library by dlopen, takes the words over a
 * pipe and gives the PDF back over another.  It has no network, starts nothing, writes no file,
 * reads none but libraries and fonts (Landlock, where the kernel has it), and has bounds of time
 * and memory. */
#pragma once
#include "base/cx.h"

/* 荣誉证书: every text as it stands on the paper, in the paper's language. */
struct honour {
    Str title, unit, body, giver, day, note, hash, address; /* address: what the QR code opens */
};
/* ERR_BUSY with a sentence naming the packages where the library is missing; so do the others. */
Err paper_honour(Cx *, const struct honour *, Str *pdf) MUST_CHECK;

/* 码牌: stickers of 45 × 62 mm for poles and bins. */
struct sticker {
    Str name, unit, code, address; /* code: as people read it; address: what the QR code opens */
};
struct stickers {
    const struct sticker *at;
    size_t n;       /* at most STICKERS_MAX */
    Str head, foot; /* on each of them: "扫码报问题", the office's telephone */
};
enum { STICKERS_MAX = 240 };
/* One to a page of its own size; or sheet: sixteen to an A4 page, with marks to cut at. */
Err paper_plates(Cx *, const struct stickers *, bool sheet, Str *pdf) MUST_CHECK;

/* 回执单 for a roll of 58 or 80 mm, as long as its words. */
struct slip {
    int wide;                                         /* mm */
    Str head, code_label, code, lines, note, address; /* lines: one below the other */
};
Err paper_slip(Cx *, const struct slip *, Str *pdf) MUST_CHECK;

/* 督办单: every text as it stands on the paper; rows of five texts, the head row first. */
enum { OVERSEE_COLUMNS = 5, OVERSEE_ROWS = 150 };
struct oversee_paper {
    Str head, number, to, body, foot, reply, giver, day, note, address;
    const Str *rows; /* n · OVERSEE_COLUMNS */
    size_t n;
};
Err paper_oversee(Cx *, const struct oversee_paper *, Str *pdf) MUST_CHECK;

/* 回执图片: a PNG of 1080 × 1440, to be kept or forwarded; nothing of a person is on it. */
struct receipt_picture {
    Str head, code_label, code, aloud, what, lines, note, address;
};
Err paper_picture(Cx *, const struct receipt_picture *, Str *png) MUST_CHECK;

/* The first thing main() asks: was this process started for a paper?  Then the helper's end is its
 * exit status. */
bool paper_asked(int argc, char **argv);
int paper_child(char **argv);

/* For the test alone: another library's name; NULL in the house. */
extern const char *paper_library;
