/* main.c — reads argv and hands over to one verb. */
#include "cli/cli.h"
#include "paper/paper.h"

int main(int argc, char **argv)
{
    if (paper_asked(argc, argv))
        return paper_child(argv);
    return cli_main(argc, argv);
}
