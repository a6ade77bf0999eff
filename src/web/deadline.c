/* deadline.c — total deadlines of connections (security.md NET-2).
 *
 * libmicrohttpd's timeout is one of inactivity: a byte every three seconds holds a connection for
 * ever.  Each loop looks at its own clients once a second and cuts those past their time. */
#include "store/db.h"
#include "web/loop.h"

#include <stdio.h>
#include <sys/socket.h>

Err clients_open(struct loop *l)
{
    static Arena mem; /* lives as long as the process */
    l->clients = arena_raw(&mem, CLIENTS_MAX * sizeof *l->clients);
    return OK;
}

struct client *client_enter(struct loop *l, int fd, uint64_t source)
{
    struct client *c = l->free;
    if (c)
        l->free = c->next_free;
    else if (l->n_clients < CLIENTS_MAX)
        c = &l->clients[l->n_clients++];
    else
        return NULL;
    *c = (struct client){.fd = fd, .source = source, .until = mono_ms() + HEAD_MS};
    return c;
}

void client_leave(struct loop *l, struct client *c)
{
    if (c->source)
        source_leave(c->source);
    *c = (struct client){.fd = -1, .next_free = l->free};
    l->free = c;
}

void client_line(struct client *c)
{
    c->until = mono_ms() + HEAD_MS;
    c->requests++;
}

void client_body(struct client *c, bool photos)
{
    int64_t now = mono_ms();
    c->until = now + (photos ? PHOTO_BODY_MS : BODY_MS);
    c->pace_at = now + SLOW_MS;
    c->pace_got = 0;
}

void client_ours(struct client *c)
{
    c->until = c->pace_at = 0;
}

void client_sending(struct client *c, size_t bytes)
{
    c->pace_at = 0;
    c->until = mono_ms() + SLOW_MS + (int64_t)(bytes / 1024) * 1000;
}

void client_idle(struct client *c)
{
    c->pace_at = 0;
    c->until = mono_ms() + IDLE_MS;
}

void clients_cut(struct loop *l)
{
    int64_t now = mono_ms();
    for (size_t i = 0; i < l->n_clients; i++) {
        struct client *c = &l->clients[i];
        if (c->fd < 0)
            continue;
        bool late = c->until && now > c->until;
        if (c->pace_at && now > c->pace_at) {
            late |= c->pace_got < SLOW_BYTES;
            c->pace_at = now + SLOW_MS;
            c->pace_got = 0;
        }
        if (late) {
            shutdown(c->fd, SHUT_RDWR);
            c->until = c->pace_at = 0;
        }
    }
}
