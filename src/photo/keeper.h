/* keeper.h — the process between the server and the photo parent: it does nothing but start the
 * parent again when that has died, after a pause that grows. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* Runs for ever as the photo parent on that socket; says on `ready` ("+" or "-") whether it can. */
typedef void (*keeper_work)(int socket, int ready);

/* Forks the keeper, which forks the first parent and waits until it is ready; 0 if it is not.  The
 * keeper ends when a parent ends by itself, because the server's end of the socket was closed. */
pid_t keeper_start(int socket, int servers_end, keeper_work);

/* Whether a parent is at work now. */
bool keeper_works(void);
