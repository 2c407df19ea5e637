/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "caller.h"
#include "report.h"

/* What the kernel shows for a user or group that a namespace does not have (kernel.overflowuid). */
#define UNMAPPED 65534
#define YAMA_FILE "sys/kernel/yama/ptrace_scope"

int proc = -1;

size_t numbers(const char *text, pid_t *values, size_t most)
{
	size_t count = 0;
	char *end;

	while (count < most) {
		long value = strtol(text, &end, 10);

		if (end == text)
			break;
		values[count++] = (pid_t)value;
		text = end;
	}
	return count;
}

size_t read_text(int directory, const char *path, char *text, size_t size)
{
	int fd = openat(directory, path, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t got = 0;

	if (fd < 0)
		return 0;
	while (length < size - 1 && (got = read(fd, text + length, size - 1 - length)) > 0)
		length += (size_t)got;
	if (got < 0)
		length = 0;
	close(fd);
	text[length] = 0;
	return length;
}

bool read_task(pid_t tid, struct task *task)
{
	static char text[65536];
	char path[64], *line, *rest;
	unsigned int seen = 0;

	snprintf(path, sizeof(path), "%d/status", tid);
	if (!read_text(proc, path, text, sizeof(text)))
		return false;
	memset(task, 0, offsetof(struct task, groups));
	task->tid = tid;
	task->levels = 0;
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char *value = strchr(line, ':');
		pid_t four[4];

		if (!value)
			continue;
		*value++ = 0;
		if (strcmp(line, "Name") == 0)
			snprintf(task->name, sizeof(task->name), "%s", value + strspn(value, "\t"));
		else if (strcmp(line, "Umask") == 0)
			task->umask = (mode_t)strtoul(value, NULL, 8);
		else if (strcmp(line, "Tgid") == 0)
			task->tgid = (pid_t)strtol(value, NULL, 10);
		else if (strcmp(line, "Uid") == 0 && numbers(value, four, 4) == 4)
			task->fsuid = (uid_t)four[3], seen++;
		else if (strcmp(line, "Gid") == 0 && numbers(value, four, 4) == 4)
			task->fsgid = (gid_t)four[3], seen++;
		else if (strcmp(line, "FDSize") == 0)
			task->descriptors = strtoull(value, NULL, 10);
		else if (strcmp(line, "Groups") == 0)
			task->groups_count = numbers(value, (pid_t *)task->groups, MAX_GROUPS), seen++;
		else if (strcmp(line, "NStgid") == 0)
			numbers(value, task->tgids, MAX_LEVELS);
		else if (strcmp(line, "NSpid") == 0)
			task->levels = numbers(value, task->tids, MAX_LEVELS);
		else if (strcmp(line, "CapEff") == 0) {
			task->capabilities = strtoull(value, NULL, 16);
			seen++;
			break; /* nothing after it is wanted, and this is done for every open */
		}
	}
	return task->tgid > 0 && seen == 4 && task->groups_count < MAX_GROUPS;
}

int open_of_task(pid_t tid, const char *what)
{
	char path[64];

	snprintf(path, sizeof(path), "%d/%s", tid, what);
	return openat(proc, path, O_PATH | O_CLOEXEC);
}

/* The soft limit of open files; false, with errno, where it cannot be seen. */
static bool limit_of(const struct task *task, uint64_t *limit)
{
	struct rlimit files;
	char path[64], text[4096];
	const char *line;

	if (prlimit(task->tgid, RLIMIT_NOFILE, NULL, &files) == 0) {
		*limit = files.rlim_cur;
		return true;
	}
	/* That takes CAP_SYS_RESOURCE where the user is another. */
	snprintf(path, sizeof(path), "%d/limits", task->tid);
	errno = ENOENT;
	if (!read_text(proc, path, text, sizeof(text)) || !(line = strstr(text, "Max open files")))
		return false;
	line += strlen("Max open files");
	line += strspn(line, " ");
	*limit = isdigit((unsigned char)*line) ? strtoull(line, NULL, 10) : UINT64_MAX;
	return true;
}

int has_room(const struct task *task)
{
	uint64_t limit, used = 0;
	const struct dirent *entry;
	char path[64];
	DIR *all;
	int fd;

	if (!limit_of(task, &limit))
		return -1;
	/* A table that has fewer places than the limit allows can be made greater: no need to count. */
	if (task->descriptors < limit)
		return 1;
	snprintf(path, sizeof(path), "%d/fd", task->tid);
	fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	all = fd < 0 ? NULL : fdopendir(fd);
	if (!all) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	while ((entry = readdir(all)))
		used += isdigit((unsigned char)entry->d_name[0]) && strtoull(entry->d_name, NULL, 10) < limit;
	closedir(all);
	return used < limit;
}

/* Whether a map of our user namespace has a number: lines of first number inside, first outside, count. */
static bool has_number(const char *map, unsigned long id)
{
	unsigned long inside, outside, count;
	char text[4096];
	int length;

	if (!read_text(proc, map, text, sizeof(text)))
		return true; /* the kernel has no user namespaces */
	for (const char *at = text; sscanf(at, "%lu %lu %lu%n", &inside, &outside, &count, &length) == 3; at += length) {
		/* The number that stands for all that are not mapped. Where it may be meant itself, it is not trusted. */
		if (id == UNMAPPED && count < UINT32_MAX)
			return false;
		if (id >= inside && id - inside < count)
			return true;
	}
	return false;
}

bool is_mapped(const struct stat *status)
{
	return has_number("self/uid_map", status->st_uid) && has_number("self/gid_map", status->st_gid);
}

/* --------------------------------------------------------------------------------- being the caller for a while */

/* The credentials that opens are made with are the thread's own; these are raw calls as glibc's would change ours
 * in the real, effective and saved places too. */

static struct __user_cap_data_struct own_sets[2];
static uint64_t own_capabilities; /* the permitted ones */
static uid_t own_uid;
static gid_t own_gid;
static size_t current_groups_count;
static gid_t current_groups[MAX_GROUPS];
static bool is_other; /* whether we are somebody else just now */
static bool elsewhere; /* a helper in the caller's user namespace */

static void set_effective(uint64_t effective)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { own_sets[0], own_sets[1] };

	for (int half = 0; half < 2; half++)
		data[half].effective = (uint32_t)(effective >> (32 * half)) & data[half].permitted;
	if (syscall(SYS_capset, &header, data) != 0)
		failing("capset", errno);
}

void know_self(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	int count = getgroups(MAX_GROUPS, current_groups);

	if (count < 0)
		failing("getgroups", errno);
	if (syscall(SYS_capget, &header, own_sets) != 0)
		failing("capget", errno);
	own_capabilities = own_sets[0].permitted | (uint64_t)own_sets[1].permitted << 32;
	own_uid = geteuid();
	own_gid = getegid();
	current_groups_count = (size_t)count;
}

/* Without CAP_SETUID the caller has our ids already: no_new_privs sees to that. */
static bool may_become(void)
{
	return (own_capabilities >> CAP_SETUID & 1) != 0;
}

static void become_groups(const struct task *task)
{
	if (!may_become() || (task->groups_count == current_groups_count &&
			      memcmp(task->groups, current_groups, task->groups_count * sizeof(gid_t)) == 0))
		return;
	if (syscall(SYS_setgroups, task->groups_count, task->groups) != 0) {
		/* A user namespace that may not: its task's groups were taken before we entered it. */
		if (elsewhere)
			return;
		failing("setgroups", errno);
	}
	current_groups_count = task->groups_count;
	memcpy(current_groups, task->groups, task->groups_count * sizeof(gid_t));
}

/* These two calls return what was before, never an error. */
static void set_file_ids(uid_t uid, gid_t gid)
{
	syscall(SYS_setfsgid, gid);
	if ((gid_t)syscall(SYS_setfsgid, (gid_t)-1) != gid)
		failing("setfsgid", EPERM);
	syscall(SYS_setfsuid, uid);
	if ((uid_t)syscall(SYS_setfsuid, (uid_t)-1) != uid)
		failing("setfsuid", EPERM);
}

void become(const struct task *task)
{
	static mode_t current_umask = 01000; /* none */
	bool all_capabilities = (task->capabilities & own_capabilities) == own_capabilities;

	if (task->umask != current_umask)
		umask(current_umask = task->umask);
	if (!may_become())
		return;
	become_groups(task);
	if (task->fsuid == own_uid && task->fsgid == own_gid && all_capabilities)
		return;
	is_other = true;
	set_file_ids(task->fsuid, task->fsgid);
	set_effective(task->capabilities);
}

void become_self(void)
{
	if (!is_other)
		return;
	is_other = false;
	set_file_ids(own_uid, own_gid);
	set_effective(own_capabilities);
}

bool enter_user_namespace(const struct task *task)
{
	char path[64];
	bool entered;
	int fd;

	become_groups(task); /* the namespace itself may forbid setgroups */
	snprintf(path, sizeof(path), "%d/ns/user", task->tid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	entered = setns(fd, CLONE_NEWUSER) == 0;
	close(fd);
	if (entered) {
		know_self();
		elsewhere = true;
	}
	return entered;
}

/* ------------------------------------------------------------------------------------------- what is not seen */

_Noreturn void blind(pid_t tid, const char *what, int error)
{
	static struct task task;
	const char *why = "no reason is known", *hint = "a security module may forbid it: see the kernel's log (dmesg, audit)";
	bool may_trace = own_capabilities >> CAP_SYS_PTRACE & 1, known = read_task(tid, &task);
	struct stat status;
	char path[32], scope[8] = "", other[64];

	if (error == EMFILE || error == ENFILE || error == ENOMEM)
		failing("open of /proc", error);
	snprintf(path, sizeof(path), "%d/status", tid);
	if (fstatat(proc, path, &status, 0) != 0)
		status.st_uid = task.fsuid;
	read_text(proc, YAMA_FILE, scope, sizeof(scope));
	if (error != EPERM && error != EACCES && known) {
		hint = FILTER_HINT;
	} else if (!known) {
		why = "/proc does not tell about it";
		hint = "mount /proc without hidepid, or run this as root";
	} else if (scope[0] == '3') {
		why = "kernel.yama.ptrace_scope is 3: no process may be read";
		hint = "set kernel.yama.ptrace_scope to 1 in /etc/sysctl.d and restart the machine: 3 lasts until then";
	} else if (scope[0] == '2' && !may_trace) {
		why = "kernel.yama.ptrace_scope is 2: only CAP_SYS_PTRACE may read processes";
		hint = "run this as root, or set it to 1: sysctl kernel.yama.ptrace_scope=1";
	} else if (task.fsuid != own_uid && !may_trace) {
		snprintf(other, sizeof(other), "it is of user %u, and CAP_SYS_PTRACE is missing", task.fsuid);
		why = other;
		hint = "add the capability (docker run --cap-add SYS_PTRACE), or run all of it as one user";
	} else if (status.st_uid != task.fsuid || (task.fsuid == 0 && !may_trace)) {
		/* The files in /proc of what may not be looked into belong to root. */
		why = "it is not dumpable: its file is not readable, or it has asked for that (PR_SET_DUMPABLE)";
		hint = own_uid == 0 && !may_trace
			       ? "add CAP_SYS_PTRACE (docker run --cap-add SYS_PTRACE)"
			       : "make the program's file readable (chmod +r), or run this as root, outside of user namespaces";
	}
	dead_with(hint, "cannot read %s of %s (process %d): %s (%s)", what, known ? task.name : "a caller",
		  known ? task.tgid : tid, why, name_of_error(error));
}
