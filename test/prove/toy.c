/* SPDX-License-Identifier: MIT
 *
 * A toy interpreter: `say TEXT`, `source FILE`, `status N`, one a line. With -DPATCHED it opens code with
 * O_MAYEXEC, falls back on EINVAL, ENOSYS and EPERM, and asks the kernel where the securebits restrict files; without, it is stock.
 * With -DMISSES_SCRIPT=1 or -DMISSES_SOURCED=1 it opens the script, or what that sources, as data all the same. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MISSES_SCRIPT
#define MISSES_SCRIPT 0
#endif
#ifndef MISSES_SOURCED
#define MISSES_SOURCED 0
#endif

static int open_code(const char *path)
{
#ifdef PATCHED
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | UINT64_C(040000000) };
	char *const argv[] = { (char *)path, NULL }, *const envp[] = { NULL };
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));

	if (fd < 0 && (errno == EINVAL || errno == ENOSYS || errno == EPERM))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && (prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & 1 << 8) &&
	    syscall(SYS_execveat, fd, "", argv, envp, AT_EMPTY_PATH | 0x10000) != 0) {
		close(fd);
		errno = EACCES;
		return -1;
	}
	return fd;
#else
	return open(path, O_RDONLY | O_CLOEXEC);
#endif
}

static int run(const char *path, int missed)
{
	int fd = missed ? open(path, O_RDONLY | O_CLOEXEC) : open_code(path), status = 0;
	FILE *script = fd < 0 ? NULL : fdopen(fd, "r");
	char line[512];

	if (!script) {
		fprintf(stderr, "toy: %s: %s\n", path, strerror(errno));
		return errno == ENOENT ? 127 : 126;
	}
	while (fgets(line, sizeof(line), script)) {
		line[strcspn(line, "\n")] = 0;
		if (strncmp(line, "say ", 4) == 0)
			puts(line + 4);
		else if (strncmp(line, "status ", 7) == 0)
			status = atoi(line + 7);
		else if (strncmp(line, "source ", 7) == 0 && (status = run(line + 7, MISSES_SOURCED)) != 0)
			break;
	}
	fclose(script);
	return status;
}

int main(int argc, char **argv)
{
	return argc > 1 ? run(argv[1], MISSES_SCRIPT) : 2;
}
