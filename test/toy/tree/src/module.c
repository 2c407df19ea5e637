#include "toy.h"
/* module.c -- imports. */

static void *id_open = &ID(open_mode);

struct object *
import_module (struct object *io, const char *path)
{
  struct object *file, *lines;

  file = call_method (io, &ID(open), "ss",
                      path, "rb");
  lines = call_method (file, &ID(readlines), "");
  return lines;
}

struct object *
import_data (struct object *io, const char *path)
{
  return call_method (io, &ID(open), "ss", path, "r");
}
