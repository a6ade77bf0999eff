/* rawsync.c — the comparator of writes: 20 KB appended and fdatasync, again and again.
 *
 *   rawsync FILE SECONDS     says syncs a second and the p99 of one in ms */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static char block[20 * 1024];
    static double took[1 << 20];
    size_t n = 0;
    int fd = argc == 3 ? open(argv[1], O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return fprintf(stderr, "usage: rawsync FILE SECONDS\n"), 2;
    double from = now(), until = from + atof(argv[2]), last = from;
    while (last < until && n < sizeof took / sizeof *took) {
        if (write(fd, block, sizeof block) != sizeof block || fdatasync(fd))
            return perror("rawsync"), 1;
        double t = now();
        took[n++] = (t - last) * 1e3;
        last = t;
    }
    qsort(took, n, sizeof *took, by_size);
    printf("per_s %.1f p99 %.3f\n", (double)n / (last - from), took[n * 99 / 100]);
    close(fd);
    unlink(argv[1]);
    return 0;
}
