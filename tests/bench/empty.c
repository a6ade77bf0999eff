/* empty.c — the comparator of a start: nothing, linked with the same libraries. */
int main(void)
{
    return 0;
}
