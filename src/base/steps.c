/* steps.c — the table of states and verbs, asked in every way. */
#include "base/steps.h"

bool step_names(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; at && (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

static Err unsound(Cx *cx, const struct machine *m, const struct step *s, const char *why)
{
    return fail_log(cx, ERR_INTERNAL, "%s %s: %s", m->name, s->verb, why);
}

static Err words_known(Cx *cx, const struct machine *m, const struct step *s, const char *words)
{
    while (words && *words) {
        size_t n = strcspn(words, " ");
        if (!field_named(m->form, (Str){words, n}))
            return unsound(cx, m, s, "needs a field its form lacks");
        words += n + (words[n] == ' ');
    }
    return OK;
}

static const struct step *decider(const struct machine *m, const char *about, enum ask kind)
{
    for (const struct step *s = m->steps; s->verb; s++)
        if (s->ask == kind && !strcmp(s->about, about))
            return s;
    return NULL;
}

Err machine_sound(Cx *cx, const struct machine *m)
{
    uint32_t all = 0, left = 0, reached = m->born ? m->born : 1;
    for (const struct option *o = m->states; o->code; o++)
        all |= IN(o - m->states);
    for (const struct step *s = m->steps; s->verb; s++) {
        if (!s->label.zh || !s->from || !s->who || s->from & ~all || s->to < SAME)
            return unsound(cx, m, s, "label, from, who or to");
        if (s->to != SAME && !(IN(s->to) & all))
            return unsound(cx, m, s, "to no state");
        if (s->from & m->final && s->to != SAME)
            return unsound(cx, m, s, "leaves a final state");
        if ((s->ask != NO_ASK) != (s->about != NULL) || (s->ask == ASKS && s->to != SAME))
            return unsound(cx, m, s, "ask");
        if (s->about
            && (!decider(m, s->about, ASKS) || !decider(m, s->about, GRANTS)
                || !decider(m, s->about, REFUSES)))
            return unsound(cx, m, s, "an ask without grant or refuse");
        TRY(words_known(cx, m, s, s->needs));
        TRY(words_known(cx, m, s, s->may));
        for (const struct step *t = m->steps; t < s; t++)
            if (!strcmp(t->verb, s->verb) && t->from & s->from && t->who & s->who)
                return unsound(cx, m, s, "twice from one state for one post");
        left |= s->to != SAME ? s->from & ~IN(s->to) : 0;
    }
    for (int round = 0; round < 32; round++)
        for (const struct step *s = m->steps; s->verb; s++)
            if (s->to != SAME && s->from & reached)
                reached |= IN(s->to);
    if (reached != all || (left | m->final) != all)
        return fail_log(cx, ERR_INTERNAL, "%s: a state is never reached or never left", m->name);
    return OK;
}

int machine_state(const struct machine *m, Str code)
{
    for (const struct option *o = m->states; o->code; o++)
        if (str_eq(code, str(o->code)))
            return (int)(o - m->states);
    return -1;
}

/* OK, or how far it was: FORBIDDEN before CONFLICT, so that a stranger learns no state. */
static Err fits(const struct step *s, const struct standing *at)
{
    if (!(s->who & at->posts))
        return ERR_FORBIDDEN;
    if (!(s->from & IN(at->state)))
        return ERR_CONFLICT;
    if (s->ask == ASKS && at->ask.len)
        return ERR_CONFLICT; /* one open ask at a time */
    if (s->ask == GRANTS || s->ask == REFUSES) {
        if (!str_eq(at->ask, str(s->about)))
            return ERR_CONFLICT;
        if (at->asked_by == at->me)
            return ERR_FORBIDDEN; /* another person decides */
    }
    return OK;
}

Err step_for(
    Cx *cx, const struct machine *m, const struct standing *at, Str verb, const struct step **to)
{
    Err best = ERR_NOT_FOUND;
    if (at->state < 0)
        return fail_log(cx, ERR_INTERNAL, "%s: a state the table lacks", m->name);
    for (const struct step *s = m->steps; s->verb; s++) {
        if (!str_eq(verb, str(s->verb)))
            continue;
        Err e = fits(s, at);
        if (e == OK)
            return *to = s, OK;
        best = best == ERR_CONFLICT ? best : e;
    }
    if (best == ERR_CONFLICT)
        return fail(cx, best, "verb",
            at->ask.len ? T("有一项申请还没有批") : T("现在的状态不能这样办，请刷新看看"));
    return fail(cx, best, "verb", best == ERR_FORBIDDEN ? T("这一步不由您办") : T("没有这个操作"));
}

size_t steps_for(
    const struct machine *m, const struct standing *at, const struct step *to[STEPS_MAX])
{
    size_t n = 0;
    for (const struct step *s = m->steps; s->verb && n < STEPS_MAX; s++)
        if (fits(s, at) == OK)
            to[n++] = s;
    return n;
}

static void who_text(struct sink *o, const struct machine *m, uint32_t who)
{
    const char *between = "";
    for (int bit = 0; bit < 32; bit++) {
        const char *name = who >> bit & 1 && m->who_name ? m->who_name(bit) : NULL;
        if (!name)
            continue;
        sink_z(o, between);
        sink_z(o, name);
        between = ", ";
    }
}

void machine_mermaid(struct sink *o, const struct machine *m)
{
    sink_z(o, "stateDiagram-v2\n");
    for (const struct option *s = m->states; s->code; s++) {
        sink_z(o, "    ");
        sink_z(o, s->code);
        sink_z(o, ": ");
        sink_z(o, s->label.zh);
        sink_z(o, "\n");
    }
    for (const struct step *s = m->steps; s->verb; s++)
        for (int i = 0; m->states[i].code; i++) {
            if (!(s->from & IN(i)))
                continue;
            sink_z(o, "    ");
            sink_z(o, m->states[i].code);
            sink_z(o, " --> ");
            sink_z(o, m->states[s->to == SAME ? i : s->to].code);
            sink_z(o, ": ");
            sink_z(o, s->label.zh);
            sink_z(o, " (");
            who_text(o, m, s->who);
            sink_z(o, ")\n");
        }
}

void machine_matrix(struct sink *o, const struct machine *m)
{
    for (const struct step *s = m->steps; s->verb; s++)
        for (int i = 0; m->states[i].code; i++)
            if (s->from & IN(i)) {
                sink_z(o, s->verb);
                sink_z(o, " ");
                sink_z(o, m->states[i].code);
                sink_z(o, ": ");
                who_text(o, m, s->who);
                sink_z(o, "\n");
            }
}
