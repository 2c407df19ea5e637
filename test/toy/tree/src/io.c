/* io.c -- streams of toy's own. */

#include "toy.h"
#include "load.h"

static device null_device = { .open = null_open, .close = null_close };

void *
script_stream (pTOY_ char *name, int again)
{
  void *stream;

  stream = ToyIO_openn(aTOY_ ":", "r", -1, 0, 0, NULL, 1, &name);
  if (!stream && again)
    /* Once more: the name may have been made in between. */
    stream = ToyIO_openn(aTOY_ ":", "r", -1, 0, 0, NULL, 1, &name);
  return stream;
}

void *
data_stream (pTOY_ char *name, const char *mode)
{
  if (null_device.open)
    null_device.open (name);
  return ToyIO_openn(aTOY_ ":raw", mode, -1, 0, 0, NULL, 1, &name);
}

#ifdef TOY_VMS
int
vms_open (const char *name)
{
  return open (name, O_RDONLY, 0, "ctx=stm");
}
#endif

int
load (const char *path)
{
  int fd, size;

  LOAD_FILE (path, fd, size);
  return size;
}
