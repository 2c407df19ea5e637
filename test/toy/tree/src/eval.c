/* eval.c -- reads a file and runs it. */

#include "toy.h"

extern int open ();

int
eval_file (toy, name)
     struct toy *toy;
     char *name;
{
  int fd;

  fd = open (name, O_RDONLY);
  if (fd < 0)
    return 1;
  return run (toy, fd);
}

/* Writes what was evaluated: the word open says nothing here. */
int
note_file (toy, name, open)
     struct toy *toy;
     char *name;
     int open;
{
  FILE *out = open ? fopen (name, "a") : NULL;

  return out ? fprintf (out, "open: %s\n", name) : 0;
}
