/* SPDX-License-Identifier: MIT */
/* checked BITS THREADS COUNT PATH: opens a file as code COUNT times with these securebits, while the process has as
   many threads; prints the nanoseconds that one open and close took. */
#include "runtime.c"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static void *
idle (void *given)
{
  for (;;)
    pause ();
  return given;
}

int
main (int argc, char **argv)
{
  struct timespec from, to;
  pthread_t thread;
  int i, fd, count;

  if (argc != 5 || prctl (PR_SET_SECUREBITS, strtoul (argv[1], NULL, 0)) < 0)
    return 99;
  for (i = 1; i < atoi (argv[2]); i++)
    if (pthread_create (&thread, NULL, idle, NULL) != 0)
      return 99;
  count = atoi (argv[3]);
  clock_gettime (CLOCK_MONOTONIC, &from);
  for (i = 0; i < count; i++)
    {
      fd = t_open_code (argv[4], O_RDONLY);
      if (fd < 0)
	return 99;
      close (fd);
    }
  clock_gettime (CLOCK_MONOTONIC, &to);
  printf ("%.0f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / count);
  return 0;
}
