/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
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

long open_by(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
	struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };

	return syscall(SYS_openat2, directory, path, &how, sizeof(how));
}

bool on_procfs(int fd)
{
	struct statfs status;

	if (fstatfs(fd, &status) != 0)
		failing("fstatfs", errno);
	return status.f_type == PROC_SUPER_MAGIC;
}

void look_at(int fd, struct stat *status)
{
	if (fstat(fd, status) != 0)
		failing("fstat", errno);
}

static bool same_directory(int one, int other)
{
	struct statx a, b;
	unsigned int wanted = STATX_INO | 0x1000U /* STATX_MNT_ID, 5.8 */;

	if (statx(one, "", AT_EMPTY_PATH, wanted, &a) != 0 || statx(other, "", AT_EMPTY_PATH, wanted, &b) != 0)
		failing("statx", errno);
	return a.stx_ino == b.stx_ino && a.stx_dev_major == b.stx_dev_major && a.stx_dev_minor == b.stx_dev_minor &&
	       a.stx_mnt_id == b.stx_mnt_id;
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

/* A walk along a path, a component at a time: the kernel's own would take /proc/self and the root for ours. */
struct walk {
	const struct task *task;
	int root;	 /* the caller's */
	int at;		 /* owned; -1 when the walk has ended */
	uint64_t flags;	 /* of the open */
	unsigned int links;
	char rest[2 * PATH_MAX];
};

static int go_to(struct walk *walk, int fd)
{
	if (fd < 0)
		return errno;
	close(walk->at);
	walk->at = fd;
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

static int follow(struct walk *walk, int link, const char *name, bool proc_root)
{
	char target[PATH_MAX];
	ssize_t length;
	int error;

	if (++walk->links > MAX_LINKS)
		return ELOOP;
	/* Below its top, procfs has links that no text describes: to an open file, a root, a namespace. */
	if (on_procfs(link) && !proc_root)
		return go_to(walk, openat(walk->at, name, O_PATH | O_CLOEXEC));
	length = readlinkat(link, "", target, sizeof(target) - 1);
	if (length <= 0)
		return length < 0 ? errno : ENOENT;
	target[length] = 0;
	if (target[0] == '/') {
		error = go_to(walk, fcntl(walk->root, F_DUPFD_CLOEXEC, 0));
		if (error)
			return error;
	}
	return put_before(walk, target);
}

static int step(struct walk *walk, const char *name, bool last, bool slash, struct place *place)
{
	bool proc_root = false;
	struct stat status;
	int next, error;

	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0)
		return same_directory(walk->at, walk->root) ? 0
							    : go_to(walk, openat(walk->at, "..", O_PATH | O_CLOEXEC));
	next = openat(walk->at, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (next < 0) {
		error = errno;
		if (error == ENOENT && last && !slash && (walk->flags & O_CREAT)) {
			place->folder = walk->at;
			snprintf(place->name, sizeof(place->name), "%s", name);
			walk->at = -1;
			return 0;
		}
		return error;
	}
	look_at(next, &status);
	if (!S_ISLNK(status.st_mode))
		return go_to(walk, next);
	if (last && !slash && makes_new(walk->flags)) {
		close(next);
		return EEXIST;
	}
	if (last && !slash && (walk->flags & O_NOFOLLOW)) {
		close(next);
		return ELOOP;
	}
	look_at(walk->at, &status);
	if (status.st_ino == PROC_ROOT_INODE && on_procfs(walk->at)) {
		bool thread = strcmp(name, "thread-self") == 0;
		char text[64];

		proc_root = true;
		if (thread || strcmp(name, "self") == 0) {
			close(next);
			/* In a procfs of processes that it is none of, nothing is the caller. */
			if (!name_in_procfs(walk->at, walk->task, thread, text, sizeof(text)))
				return ENOENT;
			return ++walk->links > MAX_LINKS ? ELOOP : put_before(walk, text);
		}
	}
	error = follow(walk, next, name, proc_root);
	close(next);
	return error;
}

static int walk_path(struct walk *walk, struct place *place)
{
	struct stat status;
	bool slash = false;
	int error = 0;

	while (error == 0 && walk->at >= 0 && walk->rest[0]) {
		char name[NAME_MAX + 1];
		size_t skip = strspn(walk->rest, "/"), length = strcspn(walk->rest + skip, "/"), behind;

		if (length > NAME_MAX)
			error = ENAMETOOLONG;
		else {
			memcpy(name, walk->rest + skip, length);
			name[length] = 0;
			behind = skip + length;
			slash = walk->rest[behind] == '/';
			behind += strspn(walk->rest + behind, "/");
			memmove(walk->rest, walk->rest + behind, strlen(walk->rest + behind) + 1);
			if (length > 0)
				error = step(walk, name, walk->rest[0] == 0, slash, place);
		}
	}
	if (error == 0 && walk->at >= 0 && slash) {
		look_at(walk->at, &status);
		if (!S_ISDIR(status.st_mode))
			error = ENOTDIR;
	}
	if (error && walk->at >= 0) {
		close(walk->at);
		walk->at = -1;
	}
	place->fd = walk->at;
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
	bool absolute = path[0] == '/', from_root = absolute && !(how->resolve & (RESOLVE_IN_ROOT | RESOLVE_BENEATH));
	const char *below = path + strspn(path, "/");
	uint64_t no_follow = how->flags & O_NOFOLLOW;

	place->fd = place->folder = -1;
	if (path[0] == 0)
		return ENOENT;
	/* The way nearly every path goes: no link, so nothing that would mean another thing here. */
	if (!has_dot_dot(path) || how->resolve) {
		place->fd = (int)open_by(from_root ? root : base, !from_root ? path : below[0] ? below : ".",
					 O_PATH | O_CLOEXEC | no_follow, 0,
					 how->resolve ? how->resolve : (uint64_t)RESOLVE_NO_SYMLINKS);
		if (place->fd >= 0 || how->resolve)
			return place->fd >= 0 ? 0 : errno;
		if (errno != ELOOP && !(errno == ENOENT && (how->flags & O_CREAT)))
			return errno;
	}
	walk.task = task;
	walk.root = root;
	walk.flags = how->flags;
	walk.links = 0;
	walk.at = fcntl(absolute ? root : base, F_DUPFD_CLOEXEC, 0);
	if (walk.at < 0)
		return errno;
	snprintf(walk.rest, sizeof(walk.rest), "%s", absolute ? below : path);
	return walk_path(&walk, place);
}
