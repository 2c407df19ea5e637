/* SPDX-License-Identifier: MIT */
/* Preloaded into an interpreter, plays a kernel that knows O_MAYEXEC and enforces nothing: the probe is answered as
   such a kernel does, and an open that the real kernel will not take is made again without the flag. A trace shows
   both, so what the interpreter asked for is seen as it was asked. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>

#define FLAG ((uint64_t)040000000)

struct how {
    uint64_t flags, mode, resolve;
};

long
syscall(long number, ...)
{
    static long (*real)(long, ...);
    long a[6], result;
    struct how how;
    va_list list;
    int i;

    if (real == NULL)
        real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    va_start(list, number);
    for (i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);

    result = real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number != SYS_openat2 || result != -1 || errno != EINVAL || a[3] != sizeof how)
        return result;
    memcpy(&how, (void *)a[2], sizeof how);
    if (!(how.flags & FLAG))
        return result;
    if (strcmp((const char *)a[1], "/") == 0) {
        errno = EISDIR;
        return -1;
    }
    how.flags &= ~FLAG;
    return real(number, a[0], a[1], &how, sizeof how);
}
