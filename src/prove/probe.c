/* SPDX-License-Identifier: MIT
 *
 * Opens what the table lists, as a patched interpreter would, and prints what the kernel answered.
 *
 *     probe flag|check
 *
 * flag: openat2 with O_MAYEXEC, and no falling back; check: open, then execveat with AT_EXECVE_CHECK where the
 * securebits ask for it. Each line of standard input is ID CALL FLAGS HOLD PATH (CALL: open for what the
 * mechanism says, openat for the flag through openat(2); FLAGS: hexadecimal; HOLD: what is put at descriptor 9
 * first: -, pipe, memfd, or the path of a file); each line of output ID ANSWER: ok, an errno's name, `other` when
 * the descriptor is not of the file that a plain open of the path finds, `leaks` when it would outlive an exec.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define O_MAYEXEC UINT64_C(040000000)
#define EXECVE_CHECK 0x10000
#define RESTRICT_FILE (1 << 8)
#define HELD 9
#define NEW_MODE 0644

static long with_flag(const char *path, uint64_t flags)
{
	struct open_how how = { .flags = flags | O_MAYEXEC, .mode = flags & O_CREAT ? NEW_MODE : 0 };

	return syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
}

static long then_check(const char *path, uint64_t flags)
{
	int fd = open(path, (int)flags, NEW_MODE);
	char *const argv[] = { (char *)path, NULL }, *const envp[] = { NULL };
	int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);

	if (fd < 0 || (bits >= 0 && !(bits & RESTRICT_FILE)))
		return fd;
	if (syscall(SYS_execveat, fd, "", argv, envp, AT_EMPTY_PATH | EXECVE_CHECK) == 0)
		return fd;
	bits = errno;
	close(fd);
	errno = bits;
	return -1;
}

static void hold(const char *what)
{
	int fd = -1, ends[2];

	if (strcmp(what, "-") == 0) {
		close(HELD);
		return;
	}
	if (strcmp(what, "pipe") == 0) {
		if (pipe(ends) != 0)
			exit(2);
		fd = ends[0];
		/* The other end stays open: a read end alone could be opened again anyway. */
	} else if (strcmp(what, "memfd") == 0) {
		fd = memfd_create("probe", 0);
	} else {
		fd = open(what, O_RDONLY | O_NONBLOCK);
	}
	if (fd < 0 || dup2(fd, HELD) < 0)
		exit(2);
	close(fd);
}

/* Whether a plain look at the path finds the same file. */
static bool is_same(int fd, const char *path, uint64_t flags)
{
	struct stat opened, found;

	if (fstat(fd, &opened) != 0)
		return false;
	/* A path in a folder of this very process may be another object each time, as /proc/self/maps is not. */
	return (flags & O_NOFOLLOW ? lstat(path, &found) : stat(path, &found)) == 0 && opened.st_ino == found.st_ino &&
	       opened.st_dev == found.st_dev;
}

static const char *ask(bool check, const char *call, const char *path, uint64_t flags)
{
	const char *answer = "ok";
	long fd;

	if (strcmp(call, "openat") == 0)
		fd = openat(AT_FDCWD, path, (int)(flags | O_MAYEXEC), NEW_MODE);
	else
		fd = check ? then_check(path, flags) : with_flag(path, flags);
	if (fd < 0)
		return strerrorname_np(errno);
	if (!is_same((int)fd, path, flags))
		answer = "other";
	else if (flags & O_CLOEXEC && !(fcntl((int)fd, F_GETFD) & FD_CLOEXEC))
		answer = "leaks";
	close((int)fd);
	return answer;
}

int main(int argc, char **argv)
{
	char id[128], call[16], held[256], path[1024];
	unsigned long long flags;
	bool check = argc > 1 && strcmp(argv[1], "check") == 0;

	while (scanf("%127s %15s %llx %255s %1023s", id, call, &flags, held, path) == 5) {
		hold(held);
		printf("%s %s\n", id, ask(check, call, path, flags));
	}
	return 0;
}
