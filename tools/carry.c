/* carry.c — puts files into the program, as they are: a C file with .incbin and one table.
 *
 *   carry OUT.c HEADER TABLE ROOT FILE …
 *
 * TABLE is an array of struct carried {path, {at, len}} that HEADER declares; paths are those below
 * ROOT, and the last row is empty. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
    FILE *out = argc > 4 ? fopen(argv[1], "w") : NULL;
    if (!out)
        return fprintf(stderr, "carry OUT.c HEADER TABLE ROOT FILE …\n"), 1;
    fprintf(out, "/* Made by tools/carry. */\n#include \"%s\"\n\n", argv[2]);
    for (int i = 5; i < argc; i++) {
        char *full = realpath(argv[i], NULL);
        if (!full)
            return fprintf(stderr, "carry: %s cannot be read\n", argv[i]), 1;
        fprintf(out,
            "__asm__(\".section .rodata\\n%s_%d:\\n.incbin \\\"%s\\\"\\n.byte 0\\n.text\\n\");\n"
            "extern const char %s_%d[];\n",
            argv[3], i, full, argv[3], i);
        free(full);
    }
    fprintf(out, "\nconst struct carried %s[] = {\n", argv[3]);
    for (int i = 5; i < argc; i++) {
        struct stat st;
        size_t root = strlen(argv[4]) + 1;
        if (stat(argv[i], &st) != 0 || strlen(argv[i]) <= root)
            return fprintf(stderr, "carry: %s is not below %s\n", argv[i], argv[4]), 1;
        fprintf(out, "    {\"%s\", {%s_%d, %lld}},\n", argv[i] + root, argv[3], i,
            (long long)st.st_size);
    }
    fprintf(out, "    {0},\n};\n");
    return fclose(out) == 0 ? 0 : 1;
}
