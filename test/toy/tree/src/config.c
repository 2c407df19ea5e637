/* config.c -- the user's settings. */

#include "toy.h"

int
read_settings (const char *name)
{
  int fd = SYS_OPENER (name, O_RDONLY);

  return fd < 0 ? 0 : parse_settings (fd);
}

int
write_settings (const char *name)
{
  return creat (name, 0600);
}
