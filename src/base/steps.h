/* steps.h — states and what may be done in them, as a table: buttons, forms, the check before a
 * move, the diagram and the exhaustive test are all made from it. */
#pragma once
#include "base/sink.h"
#include "base/view.h"

enum { STEPS_MAX = 64, SAME = -1 };
#define IN(state) (UINT32_C(1) << (state))

enum ask { NO_ASK, ASKS, GRANTS, REFUSES };

struct step {
    const char *verb;
    Text label;
    uint32_t from;           /* IN(…) | IN(…) */
    int to;                  /* a state, or SAME */
    uint32_t who;            /* posts and IS_… (rooms/duty/post.h), one bit each */
    const char *needs, *may; /* names of the verb form's fields: must, may; blanks between */
    enum ask ask;            /* opens or decides the ask named below; another person decides */
    const char *about;
    Err (*rule)(Cx *, void *acting); /* what the table cannot say; acting is the room's struct */
    unsigned flags;                  /* the room's own */
};

struct machine {
    const char *name;
    Text label;
    const struct option *states; /* at most 32, in the order of the room's enum; ends with {0} */
    uint32_t final;              /* IN(…) */
    uint32_t born;               /* states that things begin in; 0: only the first */
    const struct step *steps;    /* ends with {0} */
    const struct field *form;    /* all that verbs can carry */
    const char *(*who_name)(int bit); /* "secretary"; for the diagram; NULL from it: no such bit */
};

/* Where one thing stands, and what the person is to it. */
struct standing {
    int state;
    uint32_t posts; /* already in relation to the thing: IS_HANDLER only if it is their own */
    Str ask;        /* open: its name; none: empty */
    int64_t asked_by, me;
};

/* At the start: unknown fields, an ask without both deciders, a state never reached or never left.
 * ERR_INTERNAL: the house does not open. */
Err machine_sound(Cx *, const struct machine *) MUST_CHECK;
int machine_state(const struct machine *, Str code); /* -1: no such */

/* ERR_NOT_FOUND no such verb, ERR_FORBIDDEN never theirs, ERR_CONFLICT not in this state.
 * FORBIDDEN comes before CONFLICT: a stranger learns no state. */
Err step_for(Cx *, const struct machine *, const struct standing *, Str verb,
    const struct step **) MUST_CHECK;
bool step_names(const char *words, const char *name); /* is it among needs or may? */
/* The buttons. */
size_t steps_for(const struct machine *, const struct standing *, const struct step *to[STEPS_MAX]);
void machine_mermaid(struct sink *, const struct machine *);
/* One line a verb and state: which posts may. */
void machine_matrix(struct sink *, const struct machine *);
