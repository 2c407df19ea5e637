/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "options.h"
#include "protocol.h"
#include "report.h"

/* The same number on every architecture but alpha, so in 32-bit calls too. */
#define OPENAT2 437
#define IO_URING_SETUP 425
/* x32 programs have the numbers of 64-bit x86, with this bit. */
#define X32 0x40000000U
/* The greatest page of any architecture: no structure of a system call is longer than one. */
#define MAX_PAGE 65536

#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define ARCHITECTURE AUDIT_ARCH_PPC64LE
#elif defined(__s390x__)
#define ARCHITECTURE AUDIT_ARCH_S390X
#else
#error "the supervisor knows the syscall numbers of 64-bit x86, ARM, RISC-V, POWER (LE) and s390 only"
#endif

/* Kernel 5.19; older headers lack it. */
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

int listener = -1;

static const struct call calls[] = {
	{ SYS_openat2, "openat2", 0, 1, 2, ALWAYS },
	{ SYS_openat, "openat", 0, 1, 2, WATCHED },
#ifdef SYS_open
	{ SYS_open, "open", -1, 0, 1, WATCHED },
#endif
#ifdef SYS_access
	{ SYS_access, "access", -1, 0, -1, SYSCTL },
#endif
	{ SYS_faccessat, "faccessat", 0, 1, -1, SYSCTL },
	{ SYS_faccessat2, "faccessat2", 0, 1, -1, SYSCTL },
};
#define CALLS (sizeof(calls) / sizeof(calls[0]))

static bool is_looked_at(const struct call *call)
{
	return call->when == ALWAYS || (call->when == WATCHED && options.watch) || options.sysctl_file;
}

const struct call *call_of(const struct seccomp_notif *notice)
{
	if (notice->data.arch == ARCHITECTURE)
		for (size_t i = 0; i < CALLS; i++)
			if (calls[i].number == notice->data.nr)
				return &calls[i];
	return NULL;
}

/* Returns 0; EFAULT where the caller has no such memory, ESRCH when it has gone. */
static int read_memory(const struct request *request, uint64_t address, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)(uintptr_t)address, size };
	ssize_t got = process_vm_readv(request->tid, &local, 1, &remote, 1, 0);
	int error = got < 0 ? errno : 0;

	if (got == (ssize_t)size)
		return 0;
	if (got > 0 || error == EFAULT)
		return EFAULT;
	if (still_asking(request->id))
		blind(request->tid, "the memory", error);
	return ESRCH;
}

/* Page by page, as the string may end right before memory that is not there. Returns 0 or an errno. */
static int read_path(struct request *request, uint64_t address)
{
	size_t length = 0;

	while (length < PATH_MAX) {
		size_t part = 256 - (address + length) % 256;
		int error;

		if (part > PATH_MAX - length)
			part = PATH_MAX - length;
		error = read_memory(request, address + length, request->path + length, part);
		if (error) {
			request->path[0] = 0;
			return error;
		}
		if (memchr(request->path + length, 0, part))
			return 0;
		length += part;
	}
	request->path[PATH_MAX - 1] = 0;
	return ENAMETOOLONG;
}

/* A newer caller's structure may be longer, and must have nothing in what we do not know. */
static int read_how(struct request *request, uint64_t address, uint64_t size)
{
	static char text[MAX_PAGE];
	int error = read_memory(request, address, text, size);

	if (error)
		return error;
	memcpy(&request->how, text, sizeof(request->how));
	for (size_t i = sizeof(request->how); i < size; i++)
		if (text[i])
			return E2BIG;
	return 0;
}

int read_request(const struct seccomp_notif *notice, const struct call *call, struct request *request)
{
	const uint64_t *arguments = (const uint64_t *)notice->data.args;
	long page = sysconf(_SC_PAGESIZE);
	int error = 0;

	request->id = notice->id;
	request->tid = (pid_t)notice->pid;
	request->call = call->name;
	request->directory = call->directory < 0 ? AT_FDCWD : (int)arguments[call->directory];
	request->how = (struct open_how){ 0, 0, 0 };
	request->path[0] = 0;
	request->path_error = 0;
	if (call->when == ALWAYS) {
		/* Sizes that no kernel takes. */
		if (arguments[3] < sizeof(request->how) || arguments[3] > (uint64_t)page || arguments[3] > MAX_PAGE)
			return -1;
		error = read_how(request, arguments[2], arguments[3]);
	} else if (call->flags >= 0) {
		request->how.flags = arguments[call->flags];
	}
	if (error)
		return error;
	request->path_error = read_path(request, arguments[call->path]);
	return request->path_error == ESRCH ? ESRCH : 0;
}

int install_filter(void)
{
	struct sock_filter code[16 + 2 * CALLS];
	struct sock_fprog program = { .filter = code };
	unsigned short n = 0;
	int fd;

	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 6, 0);
	/* The 32-bit calls: handed over, so that the run can end. Where all opens are to be on record, whatever they
	 * are: the numbers of open differ. */
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | (options.watch ? BPF_JGE : BPF_JEQ) | BPF_K,
						 options.watch ? 0 : OPENAT2, 1, 0);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IO_URING_SETUP, 1, 2);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++) {
		if (!is_looked_at(&calls[i]))
			continue;
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i].number, 0, 1);
		code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	}
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IO_URING_SETUP, 1, 0);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, X32 | IO_URING_SETUP, 0, 1);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | (options.watch ? BPF_JGE : BPF_JEQ) | BPF_K,
						 options.watch ? X32 : X32 | OPENAT2, 0, 1);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = n;
	for (unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;;) {
		fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
		if (fd >= 0)
			return fd;
		/* Without root, only those may filter who can gain nothing by exec. */
		if (errno == EACCES && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 &&
		    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
			continue;
		/* Before 5.19 a handled signal could interrupt a request; all else is the same. */
		if (errno == EINVAL && (flags & SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV)) {
			flags &= ~SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
			continue;
		}
		return -1;
	}
}

void send_listener(int channel, int fd, int error)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec data = { &error, sizeof(error) };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

	if (fd >= 0) {
		struct cmsghdr *header;

		message.msg_control = space;
		message.msg_controllen = sizeof(space);
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(header), &fd, sizeof(int));
	}
	if (sendmsg(channel, &message, 0) < 0)
		_exit(STATUS_FAILED);
}

int receive_listener(int channel, int *error)
{
	char space[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec data = { error, sizeof(*error) };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space) };
	const struct cmsghdr *header;
	int fd = -1;

	*error = ECHILD;
	if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*error))
		return -1;
	header = CMSG_FIRSTHDR(&message);
	if (header && header->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(header), sizeof(int));
	return fd;
}

const struct seccomp_notif *receive(void)
{
	static union {
		struct seccomp_notif notice;
		/* A newer kernel may have more to say. */
		char room[1024];
	} buffer;

	memset(&buffer, 0, sizeof(buffer));
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &buffer.notice) == 0)
		return &buffer.notice;
	if (errno != ENOENT && errno != EINTR)
		failing("ioctl SECCOMP_IOCTL_NOTIF_RECV", errno);
	return NULL;
}

void answer(uint64_t id, int error, int64_t value, uint32_t flags)
{
	struct seccomp_notif_resp response = { .id = id, .error = -error, .val = value, .flags = flags };

	/* ENOENT: the caller has gone. */
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) != 0 && errno != ENOENT)
		failing("ioctl SECCOMP_IOCTL_NOTIF_SEND", errno);
}

void go_on(uint64_t id)
{
	answer(id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

bool still_asking(uint64_t id)
{
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0)
		return true;
	if (errno != ENOENT)
		failing("ioctl SECCOMP_IOCTL_NOTIF_ID_VALID", errno);
	return false;
}

void record_open(const struct request *request, const struct task *task, const char *outcome, int error,
			const char *why)
{
	static struct line line;

	if (options.records < 0)
		return;
	line.length = 0;
	put(&line, "{\"event\":\"open\",\"pid\":%d,\"tid\":%d", task->tgid, task->tid);
	put_string(&line, "program", task->name);
	put_string(&line, "call", request->call);
	put_string(&line, "path", request->path);
	put(&line, ",\"flag\":%s,\"write\":%s", request->how.flags & O_MAYEXEC ? "true" : "false",
	    (request->how.flags & O_ACCMODE) == O_RDONLY ? "false" : "true");
	put_string(&line, "outcome", outcome);
	if (error)
		put_string(&line, "error", strerrorname_np(error) ? strerrorname_np(error) : "unknown");
	if (why)
		put_string(&line, "why", why);
	write_or_die(&line);
}

void refuse(const struct request *request, const struct task *task, int error, const char *why)
{
	record_open(request, task, why ? "refused" : "failed", error, why);
	answer(request->id, error, 0, 0);
}

/* Answering wakes the caller. On an idle machine the kernel wakes it on another processor, and each waits for
 * the other's interrupt: three times as long as where both stay on one. So the caller is kept here until it has its
 * answer; it is in its system call all the while. */
static bool keep_here(pid_t caller, cpu_set_t *allowed, cpu_set_t *here)
{
	int processor = sched_getcpu();

	if (processor < 0 || processor >= CPU_SETSIZE || sched_getaffinity(caller, sizeof(*allowed), allowed) != 0 ||
	    !CPU_ISSET(processor, allowed))
		return false;
	CPU_ZERO(here);
	CPU_SET(processor, here);
	return sched_setaffinity(caller, sizeof(*here), here) == 0;
}

/* Unless it has chosen its processors by itself since. */
static void let_go(pid_t caller, const cpu_set_t *allowed, const cpu_set_t *here)
{
	cpu_set_t now;

	if (sched_getaffinity(caller, sizeof(now), &now) == 0 && CPU_EQUAL(&now, here))
		sched_setaffinity(caller, sizeof(*allowed), allowed);
}

/* On Linux before 5.19, a signal may interrupt the caller between a descriptor and its answer: it would ask again, and
 * have two. There both are given at once, and ours is closed after the caller goes on. */
static bool gives_at_once(void)
{
	static int known = -1;

	/* The call fails in any case: there is no filter at that address. */
	if (known < 0)
		known = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
				SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, NULL) < 0 &&
			errno == EINVAL;
	return known;
}

void hand_over(const struct request *request, const struct task *task, int fd)
{
	bool at_once = gives_at_once(), kept = false;
	struct seccomp_notif_addfd handed = {
		.id = request->id,
		.flags = at_once ? SECCOMP_ADDFD_FLAG_SEND : 0,
		.srcfd = (uint32_t)fd,
		.newfd_flags = (uint32_t)(request->how.flags & O_CLOEXEC),
	};
	cpu_set_t allowed, here;
	int given;

	if (at_once)
		record_open(request, task, "allowed", 0, NULL);
	given = ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &handed);
	if (given < 0) {
		int error = errno;

		close(fd);
		if (error == EINVAL || error == ENOTTY)
			unavailable("seccomp", "the kernel cannot answer with a descriptor, as Linux 5.14 can", error);
		/* The caller has no descriptor or memory left: the kernel would say that too. */
		if (error == EMFILE || error == ENOMEM)
			refuse(request, task, error, NULL);
		/* ENOENT: the caller has gone. ESRCH: it went while it waited for the descriptor (kernel/seccomp.c). */
		else if (error != ENOENT && error != ESRCH)
			failing("ioctl SECCOMP_IOCTL_NOTIF_ADDFD", error);
		return;
	}
	close(fd);
	if (at_once)
		return;
	record_open(request, task, "allowed", 0, NULL);
	kept = keep_here(task->tid, &allowed, &here);
	answer(request->id, 0, given, 0);
	if (kept)
		let_go(task->tid, &allowed, &here);
}
