#include <stdio.h>

static char *
slurp (name, size)
     char *name;
     int *size;
{
  int fd;
  char *buffer;

  fd = open (name, 0);
  buffer = get_memory (fd);
  read (fd, buffer, *size);
  return buffer;
}

int
load (const char *name)
{
  int size;
  char *text = slurp (name, &size);

  return evaluate (text);
}

int
count (const char *name)
{
  int c, lines = 0;
  FILE *f = fopen (name, "r");

  while ((c = getc (f)) != EOF)
    if (c == '\n')
      lines++;
  fclose (f);
  return lines;
}

int
library (const char *name)
{
  return dlopen (name, 1) != 0;
}

int
quick (int at)
{
  return get (at);
}
int apply (const char *text)
{
  return evaluate (text);
}

void
run (const char *name)
{
  char *text = get_memory (9);

  read (open (name, 0), text, 9);
  apply (text);
}
