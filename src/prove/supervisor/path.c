/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#include "path.h"
#include "report.h"

/* The kernel's bound on symbolic links in one path (fs/namei.c). */
#define MAX_LINKS 40
/* The inode of the top of every procfs, and where its numbering of the rest begins elsewhere. */
#define PROC_ROOT_INODE 1
/* Of statfs, Linux 5.10; older headers lack it. */
#ifndef ST_NOSYMFOLLOW
#define ST_NOSYMFOLLOW 0x2000
#endif
/* Of statx, Linux 5.8; older headers lack it. */
#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x1000U
#endif

long open_by(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
	struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };

	return syscall(SYS_openat2, directory, path, &how, sizeof(how));
}

static void look_at_mount(int fd, struct statfs *status)
{
	if (fstatfs(fd, status) != 0)
		failing("fstatfs", errno);
}

bool on_procfs(int fd)
{
	struct statfs status;

	look_at_mount(fd, &status);
	return status.f_type == PROC_SUPER_MAGIC;
}

void look_at(int fd, struct stat *status)
{
	if (fstat(fd, status) != 0)
		failing("fstat", errno);
}

static void look_closely(int fd, struct statx *status)
{
	if (statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_MNT_ID, status) != 0)
		failing("statx", errno);
}

static bool same_directory(int one, int other)
{
	struct statx a, b;

	look_closely(one, &a);
	look_closely(other, &b);
	return a.stx_ino == b.stx_ino && a.stx_dev_major == b.stx_dev_major && a.stx_dev_minor == b.stx_dev_minor &&
	       a.stx_mnt_id == b.stx_mnt_id;
}

static bool same_mount(int one, int other)
{
	struct statx a, b;

	look_closely(one, &a);
	look_closely(other, &b);
	return a.stx_mnt_id == b.stx_mnt_id;
}

/* What `self` and `thread-self` mean to the caller in this procfs, which may be of a PID namespace inside ours. */
static bool name_in_procfs(int root, const struct task *task, bool thread, char *text, size_t size)
{
	for (size_t level = 0; level < task->levels; level++) {
		static char status[65536];
		const char *line;
		char path[64];
		pid_t tids[MAX_LEVELS];
		size_t left = task->levels - level;

		snprintf(path, sizeof(path), "%d/status", task->tids[level]);
		if (!read_text(root, path, status, sizeof(status)))
			continue;
		line = strstr(status, "\nNSpid:");
		if (!line || numbers(line + 7, tids, MAX_LEVELS) != left ||
		    memcmp(tids, task->tids + level, left * sizeof(pid_t)) != 0)
			continue;
		if (thread)
			snprintf(text, size, "%d/task/%d", task->tgids[level], task->tids[level]);
		else
			snprintf(text, size, "%d", task->tgids[level]);
		return true;
	}
	return false;
}

bool makes_new(uint64_t flags)
{
	return (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
}

bool begins_at_root(const char *path, uint64_t resolve)
{
	return path[0] == '/' && !(resolve & RESOLVE_IN_ROOT);
}

void leave(struct place *place)
{
	if (place->fd >= 0)
		close(place->fd);
	if (place->folder >= 0)
		close(place->folder);
	*place = NOWHERE;
}

/* A walk along a path, a name at a time: the kernel's own would take /proc/self and the root for ours. */
struct walk {
	const struct task *task;
	int root; /* the caller's; with RESOLVE_IN_ROOT and RESOLVE_BENEATH, where the path begins */
	int at;	  /* owned; -1 when the walk has ended in `place` */
	bool root_used; /* the kernel finds out where the root is when it first needs it */
	const struct open_how *how;
	unsigned int links;
	struct place *place;
	char rest[2 * PATH_MAX];
};

/* ------------------------------------------------------------------- what procfs shows of the caller to itself */

static int parent_of(int folder)
{
	return openat(folder, "..", O_PATH | O_CLOEXEC);
}

/* The top of a procfs that a folder lies in, or -1. */
static int top_of_procfs(int folder)
{
	int top = fcntl(folder, F_DUPFD_CLOEXEC, 0);
	struct stat status;

	/* PID, task, TID, fd: there are no links to others below. */
	for (int depth = 0; top >= 0 && depth < 5; depth++) {
		int up;

		look_at(top, &status);
		if (status.st_ino == PROC_ROOT_INODE)
			return top;
		up = parent_of(top);
		close(top);
		top = up;
	}
	if (top >= 0)
		close(top);
	return -1;
}

static bool is_same(int folder, int base, const char *path)
{
	int other = openat(base, path, O_PATH | O_CLOEXEC);
	bool same = other >= 0 && same_directory(folder, other);

	if (other >= 0)
		close(other);
	return same;
}

/* Whether a name is in the caller's /proc/self/fd, or is that of its program, root or folder. A process that has
 * changed its user is no longer dumpable, and then nobody but itself may look these up. */
static bool is_own_link(const struct task *task, int folder, const char *name)
{
	bool of_process = strcmp(name, "exe") == 0 || strcmp(name, "cwd") == 0 || strcmp(name, "root") == 0, own = false;
	char path[2][64], below[128];
	int top;

	if (!on_procfs(folder))
		return false;
	top = top_of_procfs(folder);
	if (top < 0)
		return false;
	if (name_in_procfs(top, task, false, path[0], sizeof(path[0])) &&
	    name_in_procfs(top, task, true, path[1], sizeof(path[1])))
		for (int thread = 0; thread < 2 && !own; thread++) {
			snprintf(below, sizeof(below), "%.64s%s", path[thread], of_process ? "" : "/fd");
			own = is_same(folder, top, below);
		}
	close(top);
	return own;
}

/* Opens a name as the caller; what only the caller itself may look up, as ourselves. */
static int open_name(const struct walk *walk, const char *name, uint64_t flags, uint64_t resolve)
{
	int fd = (int)open_by(walk->at, name, O_PATH | O_CLOEXEC | flags, 0, resolve), error = errno;

	if (fd >= 0 || error != EACCES)
		return fd;
	become_self();
	if (is_own_link(walk->task, walk->at, name)) {
		fd = (int)open_by(walk->at, name, O_PATH | O_CLOEXEC | flags, 0, resolve);
		error = errno;
	}
	become(walk->task);
	errno = error;
	return fd;
}

/* ------------------------------------------------------------------------------------------------ one name on */

static int go_to(struct walk *walk, int fd)
{
	if (fd < 0)
		return errno;
	close(walk->at);
	walk->at = fd;
	return 0;
}

/* The walk ends at a name of the folder that it is in; `fd` is what has that name, -1 for nothing. */
static int end_at(struct walk *walk, const char *name, int fd)
{
	walk->place->fd = fd;
	walk->place->folder = walk->at;
	/* The kernel has looked it up, so it is not too long. */
	snprintf(walk->place->name, sizeof(walk->place->name), "%.255s", name);
	walk->at = -1;
	return 0;
}

static int put_before(struct walk *walk, const char *text)
{
	size_t length = strlen(text), rest = strlen(walk->rest);

	if (length + 1 + rest >= sizeof(walk->rest))
		return ENAMETOOLONG;
	memmove(walk->rest + length + 1, walk->rest, rest + 1);
	memcpy(walk->rest, text, length);
	walk->rest[length] = '/';
	/* What had no rest behind it has no slash behind it, which would ask for a directory. */
	if (rest == 0)
		walk->rest[length] = 0;
	return 0;
}

static int go_to_root(struct walk *walk)
{
	if (walk->how->resolve & RESOLVE_BENEATH)
		return EXDEV;
	if ((walk->how->resolve & RESOLVE_NO_XDEV) && !(walk->root_used && same_mount(walk->at, walk->root)))
		return EXDEV;
	walk->root_used = true;
	return go_to(walk, fcntl(walk->root, F_DUPFD_CLOEXEC, 0));
}

/* With fs.protected_symlinks, a link at the end of a path in a sticky folder that all may write to is followed by its
 * owner only, or when it is of the folder's owner. */
static bool is_protected(const struct walk *walk, const struct stat *link)
{
	struct stat folder;
	char text[8];

	if (link->st_uid == walk->task->fsuid)
		return false;
	look_at(walk->at, &folder);
	if ((folder.st_mode & (S_ISVTX | S_IWOTH)) != (S_ISVTX | S_IWOTH) || link->st_uid == folder.st_uid)
		return false;
	return !read_text(proc, "sys/fs/protected_symlinks", text, sizeof(text)) || text[0] != '0';
}

static int follow(struct walk *walk, int link, const char *name, bool last)
{
	struct stat status;
	struct statfs mount;
	char target[PATH_MAX];
	ssize_t length;
	int error;

	if (++walk->links > MAX_LINKS)
		return ELOOP;
	look_at(link, &status);
	if (last && is_protected(walk, &status))
		return EACCES;
	look_at_mount(link, &mount);
	if ((walk->how->resolve & RESOLVE_NO_SYMLINKS) || (mount.f_flags & ST_NOSYMFOLLOW))
		return ELOOP;
	if (mount.f_type == PROC_SUPER_MAGIC) {
		look_at(walk->at, &status);
		/* Below its top, procfs has links that no text describes: to an open file, a root, a namespace. */
		if (status.st_ino != PROC_ROOT_INODE)
			return go_to(walk, open_name(walk, name, 0, walk->how->resolve));
		if (strcmp(name, "self") == 0 || strcmp(name, "thread-self") == 0) {
			/* In a procfs of processes that it is none of, nothing is the caller. */
			if (!name_in_procfs(walk->at, walk->task, name[0] == 't', target, sizeof(target)))
				return ENOENT;
			return put_before(walk, target);
		}
	}
	length = readlinkat(link, "", target, sizeof(target) - 1);
	if (length <= 0)
		return length < 0 ? errno : ENOENT;
	target[length] = 0;
	error = target[0] == '/' ? go_to_root(walk) : 0;
	return error ? error : put_before(walk, target);
}

static int step_up(struct walk *walk)
{
	walk->root_used = true;
	if (!same_directory(walk->at, walk->root))
		return go_to(walk, open_name(walk, "..", 0, walk->how->resolve & RESOLVE_NO_XDEV));
	if (walk->how->resolve & RESOLVE_BENEATH)
		return EXDEV;
	return go_to(walk, open_name(walk, ".", 0, 0));
}

/* One name on; `slash` says whether one follows it. Returns 0 or an errno. */
static int step(struct walk *walk, const char *name, bool last, bool slash)
{
	uint64_t flags = walk->how->flags;
	struct stat status;
	int next, error;

	if (strcmp(name, ".") == 0)
		return go_to(walk, open_name(walk, ".", 0, 0));
	if (strcmp(name, "..") == 0)
		return step_up(walk);
	if (last && slash && (flags & O_CREAT)) {
		/* The kernel does not even look for it, but asks whether it might. */
		error = go_to(walk, open_name(walk, ".", 0, 0));
		return error ? error : EISDIR;
	}
	next = open_name(walk, name, O_NOFOLLOW, walk->how->resolve & (RESOLVE_NO_XDEV | RESOLVE_CACHED));
	if (next < 0) {
		error = errno;
		/* procfs says so itself of what it has not. */
		if (error == ENOENT && last && (flags & O_CREAT) && !on_procfs(walk->at))
			return end_at(walk, name, -1);
		return error;
	}
	if (last && slash)
		walk->place->slash = true;
	look_at(next, &status);
	/* A slash at the end has the kernel follow all links from there, whatever the flags say. */
	if (S_ISLNK(status.st_mode) && (!last || walk->place->slash || !(makes_new(flags) || (flags & O_NOFOLLOW)))) {
		error = follow(walk, next, name, last);
		close(next);
		return error;
	}
	return last ? end_at(walk, name, next) : go_to(walk, next);
}

static int walk_path(struct walk *walk)
{
	int error = 0;

	while (error == 0 && walk->at >= 0 && walk->rest[strspn(walk->rest, "/")]) {
		char name[PATH_MAX];
		size_t skip = strspn(walk->rest, "/"), length = strcspn(walk->rest + skip, "/"), behind = skip + length;
		bool slash = walk->rest[behind] == '/';

		if (length >= sizeof(name))
			return ENAMETOOLONG;
		memcpy(name, walk->rest + skip, length);
		name[length] = 0;
		behind += strspn(walk->rest + behind, "/");
		memmove(walk->rest, walk->rest + behind, strlen(walk->rest + behind) + 1);
		error = step(walk, name, walk->rest[0] == 0, slash);
	}
	return error;
}

static bool has_dot_dot(const char *path)
{
	for (const char *at = path; (at = strstr(at, "..")); at += 2)
		if ((at == path || at[-1] == '/') && (at[2] == '/' || at[2] == 0))
			return true;
	return false;
}

int find(const struct task *task, int root, int base, const char *path, const struct open_how *how,
	 struct place *place)
{
	static struct walk walk;
	const char *below = begins_at_root(path, how->resolve) ? path + strspn(path, "/") : path;
	bool scoped = how->resolve & (RESOLVE_IN_ROOT | RESOLVE_BENEATH);
	struct stat status;
	int error;

	*place = NOWHERE;
	/* The way nearly every path goes: no link, so nothing that would mean another thing here. */
	if (!(how->flags & (O_CREAT | O_NOFOLLOW)) && (scoped || !has_dot_dot(path))) {
		place->fd = (int)open_by(base, below[0] ? below : ".", O_PATH | O_CLOEXEC, 0,
					 how->resolve | RESOLVE_NO_SYMLINKS);
		if (place->fd >= 0)
			return 0;
		if (errno != ELOOP && errno != EACCES)
			return errno;
	}
	look_at(base, &status);
	if (!S_ISDIR(status.st_mode))
		return ENOTDIR;
	walk.task = task;
	walk.root = scoped ? base : root;
	walk.root_used = scoped || path[0] == '/';
	walk.how = how;
	walk.links = 0;
	walk.place = place;
	walk.at = fcntl(base, F_DUPFD_CLOEXEC, 0);
	if (walk.at < 0)
		return errno;
	snprintf(walk.rest, sizeof(walk.rest), "%s", below);
	error = walk_path(&walk);
	if (error && walk.at >= 0)
		close(walk.at);
	else if (walk.at >= 0)
		place->fd = walk.at; /* a name that is no name of a folder: "." or "..", or a link of procfs */
	return error;
}
