/* people_names.c — persons by name, for forms and tables (base/fields.h). */
#include "rooms/people/people.h"

const struct names people_names = {.find = people_named, .name = people_name};
