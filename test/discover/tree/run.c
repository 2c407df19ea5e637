/* Runs programs of pebble: whole files, and what a line of input says. */
#include "io.h"

int
run_file (const char *path)
{
  static char text[65536];
  int fd = io_open (path, O_RDONLY);
  ssize_t length;

  if (fd < 0)
    return 1;
  length = read (fd, text, sizeof text - 1);
  text[length] = 0;
  evaluate (text);
  return 0;
}

void
import_module (const char *name)
{
  char path[256];
  FILE *stream;

  snprintf (path, sizeof path, "%s/%s.pb", getenv ("PEBBLE_LIB"), name);
  stream = io_fopen (path, "r");
  parse_stream (stream);
}

void
count_words (const char *path)
{
  FILE *data = io_fopen (path, "r");
  int words = 0;

  while (getc (data) != EOF)
    words++;
  printf ("%d\n", words);
}
