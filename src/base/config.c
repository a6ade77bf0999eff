/* config.c — settings of a start. */
#include "base/config.h"

#include <ctype.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SETTINGS_MAX = 64 };

static Arena mem; /* lives as long as the process */
static struct {
    const char *name, *value;
} settings[SETTINGS_MAX];
static int n_settings;

static int one(void *user, const char *section, const char *name, const char *value)
{
    (void)user, (void)section;
    if (n_settings == SETTINGS_MAX)
        return 0;
    settings[n_settings].name = arena_printf(&mem, "%s", name);
    settings[n_settings++].value = arena_printf(&mem, "%s", value);
    return 1;
}

/* A secret's file that cannot be read is not a setting that was never made. */
static Err files_there(Cx *cx)
{
    for (char *const *e = environ; *e; e++) {
        const char *is = strchr(*e, '=');
        if (strncmp(*e, "HEQING_", 7) != 0 || !is || is - *e < 12
            || strncmp(is - 5, "_FILE", 5) != 0)
            continue;
        if (access(is + 1, R_OK) != 0)
            return fail_say(cx, ERR_INVALID, arena_printf(&mem, "%.*s", (int)(is - *e), *e),
                say_s(cx, T("打不开文件 {s}"), str(is + 1)));
    }
    return OK;
}

Err config_open(Cx *cx, const char *data)
{
    const char *path = arena_printf(&mem, "%s/heqing.conf", data);

    n_settings = 0;
    int line = ini_parse(path, one, NULL);
    if (line > 0)
        return fail_say(
            cx, ERR_INVALID, "heqing.conf", say_n(cx, T("heqing.conf 第 {n} 行写错了"), line));
    return files_there(cx);
}

static const char *first_line(const char *path)
{
    char line[1024];
    FILE *f = fopen(path, "re");
    if (!f)
        return NULL;
    bool there = fgets(line, sizeof line, f) != NULL;
    fclose(f);
    if (!there)
        return NULL;
    line[strcspn(line, "\r\n")] = 0;
    return arena_printf(&mem, "%s", line);
}

const char *config_text(const char *name)
{
    char env[80] = "HEQING_";
    size_t n = strlen(env);

    for (const char *p = name; *p && n < sizeof env - 6; p++)
        env[n++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
    env[n] = 0;
    if (getenv(env))
        return getenv(env);
    memcpy(env + n, "_FILE", 6);
    if (getenv(env))
        return first_line(getenv(env));
    for (int i = 0; i < n_settings; i++)
        if (!strcmp(settings[i].name, name))
            return settings[i].value;
    return NULL;
}

bool config_is_on(const char *name)
{
    static const char *const on[] = {"1", "yes", "true", "on"};
    const char *value = config_text(name);
    for (size_t i = 0; value && i < sizeof on / sizeof *on; i++)
        if (!strcmp(value, on[i]))
            return true;
    return false;
}
