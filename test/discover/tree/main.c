/* The program pebble. */
#include "io.h"

static void
startup (void)
{
  run_file (SYSTEM_RC);
  run_file (getenv ("PEBBLE_ENV"));
}

void
history_save (const char *path)
{
  FILE *out = io_fopen (path, "a");
  fputs ("exit\n", out);
  fclose (out);
}

int
terminal (void)
{
  return MUST_OPEN ("/dev/tty");
}

int
main (int argc, char **argv)
{
  startup ();
  if (argc > 1)
    return run_file (argv[1]);
  history_save ("pebble_history");
  return terminal ();
}
