/* SPDX-License-Identifier: 0BSD */

/* memfd TEXT PROGRAM: runs PROGRAM with a file in memory that holds TEXT, by the name of its descriptor. */

#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
    char name[64];
    int fd;

    if (argc != 3)
        return 2;
    fd = memfd_create("code", 0);
    if (fd < 0 || write(fd, argv[1], strlen(argv[1])) < 0 || lseek(fd, 0, SEEK_SET) < 0)
        return 2;
    sprintf(name, "/proc/self/fd/%d", fd);
    execl(argv[2], argv[2], name, (char *)NULL);
    return 2;
}
