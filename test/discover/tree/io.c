/* How pebble opens files, whatever for. */
#include "io.h"

FILE *
io_fopen (const char *path, const char *mode)
{
  FILE *stream = fopen (path, mode);
  if (stream == NULL)
    perror (path);
  return stream;
}

int
io_open (const char *path, int flags)
{
  return open (path, flags | O_CLOEXEC);
}

static int
quiet_open (const char *path, int flags)
{
  int saved = dup (2);
  int fd = open ("/dev/null", O_WRONLY);
  dup2 (fd, 2);
  fd = io_open (path, flags);
  dup2 (saved, 2);
  return fd;
}

const struct driver plain_driver = { "plain", quiet_open };
