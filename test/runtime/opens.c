/* SPDX-License-Identifier: MIT */
/* opens helper|plain COUNT PATH: opens a file COUNT times, through the helper or as it was before; says how the last
   open went. As small as can be: its cost is measured. */
#include "runtime.c"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  int helper, count, fd = -1;

  if (argc != 4)
    return 99;
  helper = argv[1][0] == 'h';
  for (count = atoi (argv[2]); count > 0; count--)
    {
      fd = helper ? t_open_code (argv[3], O_RDONLY) : open (argv[3], O_RDONLY);
      if (fd >= 0)
	close (fd);
    }
  printf ("open %d\n", fd < 0 ? errno : 0);
  return 0;
}
