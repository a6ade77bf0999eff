/* mktmpl.c — turns templates and en.po into typed C.
 *
 *   mktmpl OUTDIR EN.po … FILE.html … FILE.c …\n"), 2;
 *
 * What a file is, its name's end says.  Each room brings the English of its own texts; a text that
 * two rooms use may stand in both files, if they agree.
 * Writes OUTDIR/tmpl.h, FILE.html.c for each template, text.c (texts of the C files) and
 * heqing.pot, or names file, line and reason and writes nothing but heqing.pot.  A file whose
 * bytes stay the same is left alone. */
#include "mktmpl.h"

static void read_all(int argc, char **argv, const char *end, void (*read)(const char *))
{
    size_t k = strlen(end);
    for (int i = 2; i < argc; i++)
        if (strlen(argv[i]) > k && !strcmp(argv[i] + strlen(argv[i]) - k, end))
            read(argv[i]);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return fprintf(stderr, "usage: mktmpl OUTDIR EN.po … FILE.html … FILE.c …\n"), 2;
    read_all(argc, argv, ".html", read_html);
    read_all(argc, argv, ".c", read_c);
    read_all(argc, argv, ".h", read_c);
    link_pages();
    emit_pot(argv[1]);
    read_all(argc, argv, ".po", read_po);
    check_messages("the .po files");
    if (n_complaints())
        return 1;
    emit(argv[1]);
    emit_texts(argv[1]);
    size_t plural = 0, in_c = 0, kinds[3] = {0};
    for (size_t k = 0; k < n_msgs; k++)
        plural += msgs[k]->plural, in_c += msgs[k]->in_c;
    for (size_t k = 0; k < n_funcs; k++)
        kinds[funcs[k]->kind == 'p' ? 0 : funcs[k]->kind == 't' ? 1 : 2]++;
    printf("mktmpl: %zu pages, %zu parts, %zu frames, %zu helpers; %zu texts, %zu of C, %zu with "
           "plural\n",
        kinds[0], kinds[1], kinds[2], n_helpers, n_msgs, in_c, plural);
    return 0;
}
