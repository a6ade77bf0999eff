/* pq.c — loads libpq once. */
#include "store/pq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct pq pq;
static bool loaded;

static void load(void)
{
    void *so = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!so) {
        fprintf(stderr, "postgresql: %s (install libpq5)\n", dlerror());
        return;
    }
#define X(name)                                                                                    \
    void *at_##name = dlsym(so, #name);                                                            \
    if (!at_##name) {                                                                              \
        fprintf(stderr, "postgresql: libpq has no " #name "\n");                                   \
        return;                                                                                    \
    }                                                                                              \
    memcpy(&pq.name, &at_##name, sizeof pq.name);
    PQ_FUNCTIONS(X)
#undef X
    loaded = true;
}

bool pq_load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return loaded;
}
