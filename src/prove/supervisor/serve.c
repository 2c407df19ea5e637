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

/* ------------------------------------------------------------------------------------------------- opening */

/* What came of an open: a descriptor, or -1 with the errno, and the reason where the policy refuses. */
struct result {
	int fd;
	int error;
	const char *why;
};

static int reopen(int fd, uint64_t flags)
{
	char path[64];

	snprintf(path, sizeof(path), "self/fd/%d", fd);
	return (int)open_by(proc, path, flags & ~(O_MAYEXEC | O_NOFOLLOW | O_CREAT | O_EXCL), 0, 0);
}

/* Somebody has changed the folder between our finding and our opening: the way is to be gone again. */
#define CHANGED (-1)

/* A file that this call makes is not judged: v7 checks nothing for it either. One that is made meanwhile would be. */
static int make_file(const struct place *place, uint64_t flags, uint64_t mode)
{
	int fd = (int)open_by(place->folder, place->name, flags | O_EXCL, mode, 0), again;

	if (fd < 0) {
		if (errno == EEXIST && !makes_new(flags))
			errno = CHANGED;
		return -1;
	}
	if (flags & (O_EXCL | O_NOFOLLOW))
		return fd;
	/* O_EXCL has the kernel add O_NOFOLLOW, which F_GETFL would show. */
	again = reopen(fd, flags & ~(uint64_t)O_TRUNC);
	if (again < 0)
		return fd;
	close(fd);
	return again;
}

/* Opens by its name what was found: O_NOFOLLOW is to be seen with F_GETFL, and O_CREAT has rules of its own in sticky
 * folders (fs.protected_regular). */
static int open_by_name(const struct place *place, const struct stat *found, uint64_t flags, uint64_t mode)
{
	int fd = (int)open_by(place->folder, place->name, flags, mode, RESOLVE_NO_SYMLINKS);
	struct stat status;

	if (fd < 0)
		return -1;
	look_at(fd, &status);
	if (status.st_ino == found->st_ino && status.st_dev == found->st_dev)
		return fd;
	close(fd);
	errno = CHANGED;
	return -1;
}

/* What speaks against opening what was found. Returns 0 or an errno, in the kernel's order (do_open, may_open). */
static int judge_place(const struct place *place, const struct stat *status, uint64_t flags, const struct task *task,
		       const char **why)
{
	if (makes_new(flags))
		return EEXIST;
	if ((flags & O_CREAT) && S_ISDIR(status->st_mode))
		return EISDIR;
	if ((place->slash || (flags & O_DIRECTORY)) && !S_ISDIR(status->st_mode))
		return ENOTDIR;
	if ((flags & O_TMPFILE) == O_TMPFILE) /* a new file */
		return 0;
	if (S_ISLNK(status->st_mode))
		return ELOOP;
	return judge(place->fd, status, flags, task, why);
}

/* Opens what was found, or makes it; with the credentials of the caller. */
static struct result open_place(const struct request *request, const struct task *task, const struct place *place)
{
	uint64_t flags = (request->how.flags & ~O_MAYEXEC) | O_CLOEXEC | O_NOCTTY, mode = request->how.mode;
	struct result result = { -1, 0, NULL };
	struct stat status;

	if (place->fd < 0) {
		result.fd = make_file(place, flags, mode);
	} else {
		look_at(place->fd, &status);
		result.error = judge_place(place, &status, flags, task, &result.why);
		if (result.error)
			return result;
		if ((flags & O_TMPFILE) == O_TMPFILE)
			result.fd = (int)open_by(place->fd, ".", flags, mode, 0);
		else
			result.fd = place->folder >= 0 ? open_by_name(place, &status, flags, mode) : reopen(place->fd, flags);
	}
	if (result.fd < 0)
		result.error = errno;
	return result;
}

static bool may_block(const struct place *place)
{
	struct stat status;

	if (place->fd < 0 || options.policy != 0)
		return false;
	look_at(place->fd, &status);
	return !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/* -------------------------------------------------------------------------------------------- flagged requests */

/* What is wrong with the flags whatever the path; the kernel judges them first. */
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
		/* RESOLVE_CACHED has it with what makes a file. */
		if (errno != EINVAL && errno != EAGAIN)
			failing("openat2", errno);
		return errno;
	}
	good = how;
	return 0;
}

/* All that the kernel looks at before it goes along the path. Returns 0 or an errno. */
static int judge_request(const struct request *request, const struct task *task)
{
	int error = judge_flags(&request->how), room;

	if (error)
		return error;
	if (request->path_error)
		return request->path_error;
	if (request->path[0] == 0)
		return ENOENT;
	room = has_room(task);
	if (room < 0 && still_asking(request->id))
		blind(task->tid, "the limits", errno);
	return room ? 0 : EMFILE;
}

enum attempt {
	DONE,	/* there is a result */
	GONE,	/* nobody is there to be answered */
	BLOCKS, /* the open may block: a helper is to try again */
};

/* Finds, judges and opens, from the caller's root and the place where its path begins. */
static enum attempt open_from(const struct request *request, const struct task *task, int root, int base, bool helping,
			      struct result *result)
{
	struct place place;

	become(task);
	result->error = find(task, root, base, request->path, &request->how, &place);
	/* No path and no flag that were found right has these; interpreters take them for a kernel without the flag. */
	if (result->error == EPERM || result->error == ENOSYS || result->error == EINVAL)
		failing("openat2", result->error);
	if (!result->error && !helping && may_block(&place)) {
		become_self();
		leave(&place);
		return BLOCKS;
	}
	if (!result->error) {
		if (helping)
			helper_may_end(SIG_UNBLOCK);
		*result = open_place(request, task, &place);
		if (helping)
			helper_may_end(SIG_BLOCK);
	}
	become_self();
	leave(&place);
	/* The caller's own limit was looked at; this is ours. */
	if (result->fd < 0 && (result->error == EMFILE || result->error == ENFILE))
		failing("open", result->error);
	return DONE;
}

/* Where the caller's path begins, unless that is its root. */
static int base_of(const struct request *request)
{
	char descriptor[32];

	if (request->directory == AT_FDCWD)
		return open_of_task(request->tid, "cwd");
	snprintf(descriptor, sizeof(descriptor), "fd/%d", request->directory);
	return open_of_task(request->tid, descriptor); /* below 0 there is no such name, and that is EBADF too */
}

/* One try at what is asked. When it returns, this process holds nothing of the caller's but the result: what is still
 * open here when the caller goes on would make a mount busy, or a program's text. */
static enum attempt try(const struct request *request, const struct task *task, bool helping, struct result *result)
{
	bool from_root = begins_at_root(request->path, request->how.resolve);
	enum attempt attempt = DONE;
	int root, base, error;

	*result = (struct result){ -1, EXDEV, NULL };
	if (from_root && (request->how.resolve & RESOLVE_BENEATH))
		return DONE;
	root = open_of_task(task->tid, "root");
	base = root < 0 || from_root ? root : base_of(request);
	error = errno;
	/* From here on everything belongs to the task that asked, if it still does: pids are used again. */
	if (!still_asking(request->id))
		attempt = GONE;
	else if (root < 0)
		blind(task->tid, "the root folder", error);
	else if (base < 0 && (error != ENOENT || request->directory == AT_FDCWD))
		blind(task->tid, "the folder to begin at", error);
	else if (base < 0)
		result->error = EBADF;
	else
		attempt = open_from(request, task, root, base, helping, result);
	if (base >= 0 && base != root)
		close(base);
	if (root >= 0)
		close(root);
	return attempt;
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

/* Goes where the capabilities of the caller mean what they mean to it. False where nobody asks any more. */
static bool follow_into_namespace(const struct request *request, struct task *task)
{
	int error;

	if (!enter_user_namespace(task))
		error = errno;
	else if (!read_task(task->tid, task))
		error = ESRCH;
	else
		return true;
	if (still_asking(request->id))
		blind(task->tid, "the user namespace", error);
	return false;
}

/* Serves a flagged openat2 from beginning to end; returns true in a helper. */
static bool serve(const struct request *request, struct task *task)
{
	bool helping = false;
	struct result result = { -1, judge_request(request, task), NULL };

	if (result.error) {
		refuse(request, task, result.error, NULL);
		return false;
	}
	if (!in_our_user_namespace(request)) {
		if (!fork_helper(request))
			return false;
		helping = true;
		if (!follow_into_namespace(request, task))
			return true;
	}
	do {
		switch (try(request, task, helping, &result)) {
		case GONE:
			return helping;
		case BLOCKS:
			if (!fork_helper(request))
				return false;
			helping = true;
			result.error = CHANGED;
			break;
		case DONE:
			break;
		}
	} while (result.fd < 0 && result.error == CHANGED);
	if (result.fd < 0)
		refuse(request, task, result.error, result.why);
	else
		hand_over(request, task, result.fd);
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
	int fd;

	if (!options.sysctl_file || request->path_error || strcmp(request->path, SYSCTL_FILE) != 0)
		return false;
	if (!opens) {
		answer(request->id, 0, 0, 0);
		return true;
	}
	fd = reopen(sysctl_fd, O_RDONLY | O_CLOEXEC);
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
	if (error) {
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
