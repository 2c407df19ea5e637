#include <stdio.h>

struct input {
  int fd;
  char buffer[4096];
};

#define MUST_OPEN(path) io_open (path, O_RDONLY)
#define SYSTEM_RC "/etc/pebblerc"

FILE *io_fopen (const char *path, const char *mode);
int io_open (const char *path, int flags);
int run_file (const char *path);
void evaluate (const char *text);
void history_save (const char *path);
