/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "options.h"
#include "path.h"
#include "policy.h"
#include "protocol.h"
#include "report.h"
#include "serve.h"

/* Opens may block (a FIFO, a device) and tasks may live in another user namespace: such a request is served by a
 * process of its own. */
struct helper {
	pid_t pid;
	uint64_t id;
};
static struct helper helpers[256];
static size_t helpers_count;

/* Returns true in the helper. */
static bool fork_helper(const struct request *request)
{
	pid_t pid;

	if (helpers_count == sizeof(helpers) / sizeof(helpers[0]))
		dead("too many blocking opens at once");
	pid = fork();
	if (pid < 0)
		failing("fork", errno);
	if (pid == 0)
		return true;
	helpers[helpers_count++] = (struct helper){ pid, request->id };
	return false;
}

void helper_ended(pid_t pid, int status)
{
	for (size_t i = 0; i < helpers_count; i++) {
		if (helpers[i].pid != pid)
			continue;
		if (status != 0 && still_asking(helpers[i].id))
			dead("a helper process died");
		helpers[i] = helpers[--helpers_count];
		return;
	}
}

void end_stale_helpers(void)
{
	for (size_t i = 0; i < helpers_count; i++)
		if (!still_asking(helpers[i].id))
			kill(helpers[i].pid, SIGTERM);
}

size_t helpers_running(void)
{
	return helpers_count;
}

static void helper_may_end(int how)
{
	sigset_t terminate;

	sigemptyset(&terminate);
	sigaddset(&terminate, SIGTERM);
	sigprocmask(how, &terminate, NULL);
}

static int reopen(int fd, uint64_t flags)
{
	char path[64];

	snprintf(path, sizeof(path), "self/fd/%d", fd);
	return (int)open_by(proc, path, flags & ~(O_MAYEXEC | O_NOFOLLOW | O_CREAT | O_EXCL), 0, 0);
}

/* Opens what was found; with the credentials of the caller. Returns a descriptor, or -1 with errno and why. */
static int open_place(const struct request *request, const struct task *task, const struct place *place,
		      const char **why)
{
	uint64_t flags = (request->how.flags & ~O_MAYEXEC) | O_CLOEXEC | O_NOCTTY;
	struct stat status;
	int error;

	if (place->fd < 0) /* a file that this call makes is not judged: v7 checks nothing for it either */
		return (int)open_by(place->folder, place->name, flags | O_EXCL, request->how.mode, 0);
	look_at(place->fd, &status);
	if ((flags & O_TMPFILE) == O_TMPFILE)
		return (int)open_by(place->fd, ".", flags, request->how.mode, 0);
	if (makes_new(flags))
		error = EEXIST;
	else if (S_ISLNK(status.st_mode))
		error = ELOOP;
	else if ((flags & O_DIRECTORY) && !S_ISDIR(status.st_mode))
		error = ENOTDIR;
	else
		error = judge(place->fd, &status, task, why);
	if (error) {
		errno = error;
		return -1;
	}
	return reopen(place->fd, flags);
}

static bool may_block(const struct place *place)
{
	struct stat status;

	if (place->fd < 0 || options.policy != 0)
		return false;
	look_at(place->fd, &status);
	return !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/* Where the caller's path begins. */
static int base_of(const struct request *request, pid_t tid, int root)
{
	char descriptor[32];

	if (request->path[0] == '/' && !(request->how.resolve & (RESOLVE_IN_ROOT | RESOLVE_BENEATH)))
		return root;
	if (request->directory == AT_FDCWD)
		return open_of_task(tid, "cwd");
	snprintf(descriptor, sizeof(descriptor), "fd/%d", request->directory);
	return open_of_task(tid, descriptor); /* below 0 there is no such name, and that is EBADF too */
}

/* What is wrong with the flags whatever the path; the kernel judges them first, and so with an empty path. */
static int judge_flags(const struct open_how *asked)
{
	static struct open_how good; /* the last ones that were right: an interpreter asks with the same ones again */
	struct open_how how = *asked;

	how.flags &= ~O_MAYEXEC;
	if (how.flags & O_PATH)
		return EINVAL;
	if (memcmp(&how, &good, sizeof(how)) == 0)
		return 0;
	if (syscall(SYS_openat2, AT_FDCWD, "", &how, sizeof(how)) < 0 && errno != ENOENT) {
		if (errno != EINVAL)
			failing("openat2", errno);
		return EINVAL;
	}
	good = how;
	return 0;
}

/* Finds, judges and opens; returns true in a helper, which then has nothing left to do. */
static bool serve_from(const struct request *request, const struct task *task, int root, int base, bool helping)
{
	struct place place = { -1, -1, "" };
	const char *why = NULL;
	int fd = -1, error;

	become(task);
	error = find(task, root, base, request->path, &request->how, &place);
	/* No path and no flag that were found right has these; interpreters take them for a kernel without the flag. */
	if (error == EPERM || error == ENOSYS || error == EINVAL)
		failing("openat2", error);
	if (!error && !helping && may_block(&place)) {
		become_self();
		helping = fork_helper(request);
		if (!helping)
			goto out;
		become(task);
	}
	if (!error) {
		if (helping)
			helper_may_end(SIG_UNBLOCK);
		fd = open_place(request, task, &place, &why);
		error = errno;
		if (helping)
			helper_may_end(SIG_BLOCK);
	}
	become_self();
	/* The caller's own limit is looked at when it gets the descriptor; this is ours. */
	if (fd < 0 && (error == EMFILE || error == ENFILE))
		failing("open", error);
	if (fd < 0)
		refuse(request, task, error, why);
	else
		hand_over(request, task, fd);
out:
	if (place.fd >= 0)
		close(place.fd);
	if (place.folder >= 0)
		close(place.folder);
	return helping;
}

/* Capabilities of a task in another user namespace mean nothing in ours: a helper process goes there for it. */
static bool in_our_user_namespace(const struct request *request)
{
	static ino_t ours;
	struct stat status;
	char path[64];

	if (ours == 0) {
		if (fstatat(proc, "self/ns/user", &status, 0) == 0)
			ours = status.st_ino;
		else if (errno != ENOENT)
			failing("stat of /proc/self/ns/user", errno);
		else
			return true; /* the kernel has no user namespaces */
	}
	snprintf(path, sizeof(path), "%d/ns/user", request->tid);
	if (fstatat(proc, path, &status, 0) == 0)
		return status.st_ino == ours;
	if (still_asking(request->id))
		blind(request->tid, "the user namespace", errno);
	return true; /* it is gone, and what is served is seen to be for nobody */
}

/* Serves a flagged openat2 from beginning to end; returns true in a helper. */
static bool serve(struct request *request, struct task *task)
{
	bool helping = false;
	int root, base, error = judge_flags(&request->how);

	if (error) {
		refuse(request, task, error, NULL);
		return false;
	}
	if (!in_our_user_namespace(request)) {
		if (!fork_helper(request))
			return false;
		helping = true;
		if (!enter_user_namespace(task))
			error = errno;
		else if (!read_task(task->tid, task))
			error = ESRCH;
		if (error) {
			if (still_asking(request->id))
				blind(task->tid, "the user namespace", error);
			return true;
		}
	}
	root = open_of_task(task->tid, "root");
	base = root < 0 ? -1 : base_of(request, task->tid, root);
	error = errno;
	/* From here on everything belongs to the task that asked, if it still does: pids are used again. */
	if (!still_asking(request->id))
		; /* nobody is there to be answered */
	else if (root < 0)
		blind(task->tid, "the root folder", error);
	else if (base < 0 && (error != ENOENT || request->directory == AT_FDCWD))
		blind(task->tid, "the folder to begin at", error);
	else if (base < 0)
		refuse(request, task, EBADF, NULL);
	else
		helping = serve_from(request, task, root, base, helping);
	if (base >= 0 && base != root)
		close(base);
	if (root >= 0)
		close(root);
	return helping;
}

static int sysctl_fd = -1;

void make_sysctl_file(void)
{
	char text[8];

	if (!options.sysctl_file)
		return;
	sysctl_fd = memfd_create("open_mayexec_enforce", MFD_CLOEXEC);
	snprintf(text, sizeof(text), "%d\n", options.policy);
	if (sysctl_fd < 0 || write(sysctl_fd, text, strlen(text)) != (ssize_t)strlen(text))
		failing("memfd_create", errno);
}

/* The answer that the tie-breaker of a patched interpreter looks for; true when it was given. */
static bool serve_sysctl(const struct request *request, const struct task *task, bool opens)
{
	char path[64];
	int fd;

	if (!options.sysctl_file || strcmp(request->path, SYSCTL_FILE) != 0)
		return false;
	if (!opens) {
		answer(request->id, 0, 0, 0);
		return true;
	}
	snprintf(path, sizeof(path), "self/fd/%d", sysctl_fd);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		failing("open of /proc/self/fd", errno);
	hand_over(request, task, fd);
	return true;
}

/* The calls that the filter hands over though they cannot be imitated. */
static _Noreturn void foreign(const struct seccomp_notif *notice)
{
	static struct task task;

	if (!read_task((pid_t)notice->pid, &task))
		snprintf(task.name, sizeof(task.name), "a caller");
	dead_with("build the program as a 64-bit one, or try it on a kernel that knows the flag",
		  "%s (process %u) made a 32-bit or x32 call (number %d), which is not %s", task.name, notice->pid,
		  notice->data.nr, options.watch ? "recorded" : "imitated");
}

bool handle(const struct seccomp_notif *notice)
{
	static struct request request;
	static struct task task;
	const struct call *call = call_of(notice);
	int error;

	if (notice->pid == 0)
		dead("the caller is in a PID namespace outside of the supervisor's");
	if (!call)
		foreign(notice);
	error = read_request(notice, call, &request);
	if (error == ESRCH)
		return false; /* nobody is there to be answered */
	if (error < 0) {
		go_on(notice->id);
		return false;
	}
	errno = ENOENT;
	if (!read_task(request.tid, &task)) {
		error = errno;
		if (still_asking(request.id))
			blind(request.tid, "the status", error);
		return false;
	}
	if (!error && serve_sysctl(&request, &task, call->when != SYSCTL))
		return false;
	if (call->when == SYSCTL) {
		go_on(request.id);
		return false;
	}
	/* What was not read may have had the flag, so it is not left to the kernel, which does not know it. */
	if (call->when == ALWAYS && error && (error == EFAULT || error == E2BIG || request.how.flags & O_MAYEXEC)) {
		refuse(&request, &task, error, NULL);
		return false;
	}
	if (call->when == ALWAYS && (request.how.flags & O_MAYEXEC))
		return serve(&request, &task);
	/* openat may be looked at for the sysctl file alone. */
	if (call->when == ALWAYS || options.watch)
		record_open(&request, &task, "passed", 0, NULL);
	go_on(request.id);
	return false;
}
