/* SPDX-License-Identifier: MIT
 *
 * A library for LD_PRELOAD: one call of the supervisor or its keeper fails, and no one else's; with HINDER_IN, one of
 * the program whose name begins so. HINDER is `CALL ERRNO-NUMBER SKIP`:
 * it fails after so many times that it did not; with errno 0 it does nothing and says that it did. CALL is a
 * function's name; of ioctl and prctl one operation (`idvalid`, `addfd`, `send`, `recv`, `subreaper`, `deathsig`); of
 * openat and fstatat, the last part of the path too (`openat:status`). The supervisor can read itself whatever
 * process_vm_readv is to answer, as Yama has it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int depth; /* 0 in the keeper, 1 in the supervisor, 2 in what it starts */

/* True when the call is not to be made; errno and the result are set then. */
static bool hindered(const char *call, const char *part, int *result)
{
	static int skipped;
	const char *text = getenv("HINDER");
	char name[64], whole[128];
	const char *in = getenv("HINDER_IN");
	int error, skip;

	if (in)
		depth = 0;
	else
		in = "supervisor";
	if (!text || (depth > 1 && strcmp(call, "setns") != 0 && strcmp(call, "deathsig") != 0) ||
	    strncmp(program_invocation_short_name, in, strlen(in)) != 0 ||
	    sscanf(text, "%63s %d %d", name, &error, &skip) != 3)
		return false;
	snprintf(whole, sizeof(whole), "%s%s%s", call, part ? ":" : "", part ? part : "");
	if (strcmp(name, whole) != 0 || skipped++ < skip)
		return false;
	errno = error;
	*result = error ? -1 : 0;
	return true;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long locals, const struct iovec *remote,
			 unsigned long remotes, unsigned long flags)
{
	int result;

	if (pid != getpid() && hindered("process_vm_readv", NULL, &result))
		return result;
	return REAL(process_vm_readv)(pid, local, locals, remote, remotes, flags);
}

int fstat(int fd, struct stat *status)
{
	int result;

	return hindered("fstat", NULL, &result) ? result : REAL(fstat)(fd, status);
}

int fstatfs(int fd, struct statfs *status)
{
	int result;

	return hindered("fstatfs", NULL, &result) ? result : REAL(fstatfs)(fd, status);
}

int fstatat(int directory, const char *path, struct stat *status, int flags)
{
	int result;

	return hindered("fstatat", last_part(path), &result) ? result : REAL(fstatat)(directory, path, status, flags);
}

int statx(int directory, const char *path, int flags, unsigned int wanted, struct statx *status)
{
	int result;

	return hindered("statx", NULL, &result) ? result : REAL(statx)(directory, path, flags, wanted, status);
}

int openat(int directory, const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;
	int result;

	va_start(more, flags);
	mode = va_arg(more, mode_t);
	va_end(more);
	return hindered("openat", last_part(path), &result) ? result : REAL(openat)(directory, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
	int result;

	return hindered("fopen", NULL, &result) ? NULL : REAL(fopen)(path, mode);
}

DIR *opendir(const char *path)
{
	int result;

	return hindered("opendir", NULL, &result) ? NULL : REAL(opendir)(path);
}

int ioctl(int fd, unsigned long request, ...)
{
	static const struct {
		unsigned long request;
		const char *name;
	} names[] = { { SECCOMP_IOCTL_NOTIF_ID_VALID, "idvalid" },
		      { SECCOMP_IOCTL_NOTIF_ADDFD, "addfd" },
		      { SECCOMP_IOCTL_NOTIF_SEND, "send" },
		      { SECCOMP_IOCTL_NOTIF_RECV, "recv" } };
	va_list more;
	void *argument;
	int result;

	va_start(more, request);
	argument = va_arg(more, void *);
	va_end(more);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].request == request && hindered(names[i].name, NULL, &result))
			return result;
	return REAL(ioctl)(fd, request, argument);
}

int prctl(int operation, ...)
{
	unsigned long a[4];
	va_list more;
	int result;

	va_start(more, operation);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(more, unsigned long);
	va_end(more);
	if (operation == PR_SET_CHILD_SUBREAPER && hindered("subreaper", NULL, &result))
		return result;
	if (operation == PR_SET_PDEATHSIG && hindered("deathsig", NULL, &result))
		return result;
	return REAL(prctl)(operation, a[0], a[1], a[2], a[3]);
}

long syscall(long number, ...)
{
	static const struct {
		long number;
		const char *name;
	} names[] = { { SYS_openat2, "openat2" },   { SYS_faccessat2, "faccessat2" }, { SYS_capset, "capset" },
		      { SYS_capget, "capget" },	    { SYS_setgroups, "setgroups" },   { SYS_setfsuid, "setfsuid" },
		      { SYS_setfsgid, "setfsgid" },
		      { SYS_seccomp, "seccomp" } };
	va_list more;
	long a[6];
	int result;

	va_start(more, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(more, long);
	va_end(more);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].number == number && hindered(names[i].name, NULL, &result))
			return result;
	return REAL(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

pid_t fork(void)
{
	int result;

	if (hindered("fork", NULL, &result))
		return result;
	result = REAL(fork)();
	depth += result == 0;
	return result;
}

int setns(int fd, int kind)
{
	int result;

	return hindered("setns", NULL, &result) ? result : REAL(setns)(fd, kind);
}

int signalfd(int fd, const sigset_t *signals, int flags)
{
	int result;

	return hindered("signalfd", NULL, &result) ? result : REAL(signalfd)(fd, signals, flags);
}

int poll(struct pollfd *polled, nfds_t count, int timeout)
{
	int result;

	return hindered("poll", NULL, &result) ? result : REAL(poll)(polled, count, timeout);
}

ssize_t write(int fd, const void *text, size_t length)
{
	int result;

	return hindered("write", NULL, &result) ? result : REAL(write)(fd, text, length);
}
