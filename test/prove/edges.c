/* SPDX-License-Identifier: MIT
 *
 * edges plain|flag WHO [few]: opens by openat2 in many ways, one a line of output, as
 *
 *     FLAGS RESOLVE DIRECTORY PATH <tab> ANSWER
 *
 * The answer is an errno's name, or `ok`, what was opened and what F_GETFL says; `+created` and `+truncated` follow
 * where a call did that. `plain` asks without O_MAYEXEC: under policy 0 the flag changes nothing but that a folder is
 * EISDIR, so that any kernel says what is right. The fixtures are made in the current folder, which is to be empty.
 * WHO is
 *
 *     self         whoever runs this
 *     changed      user 65534, who was root in the same process
 *     executed     user 65534
 *     read-search  root without CAP_DAC_OVERRIDE
 *     mapped       root of a user namespace in which nobody else is mapped
 *     root         root below a root folder of its own
 *
 * All but the first need root, and leave mounts behind. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#define O_MAYEXEC UINT64_C(040000000)
#define NOBODY 65534

static bool flagged;
static char work[PATH_MAX];

static void must(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(2);
	}
}

/* ------------------------------------------------------------------------------------------------ fixtures */

static struct object {
	char name[32];
	dev_t device;
	ino_t inode;
} objects[64];
static size_t objects_count;

static void know(const char *name)
{
	struct stat status;

	must(stat(name, &status), name);
	snprintf(objects[objects_count].name, sizeof(objects[0].name), "%s", name);
	objects[objects_count].device = status.st_dev;
	objects[objects_count++].inode = status.st_ino;
}

static void make(const char *name, mode_t mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	must(fd, name);
	must((int)write(fd, name, strlen(name)), name);
	must(fchmod(fd, mode), name);
	close(fd);
	know(name);
}

static void make_folder(const char *name, mode_t mode)
{
	must(mkdir(name, 0755), name);
	must(chmod(name, mode), name);
	know(name);
}

static void make_link(const char *to, const char *name)
{
	must(symlink(to, name), name);
}

static void make_link_here(const char *to, const char *name)
{
	char target[2 * PATH_MAX];

	snprintf(target, sizeof(target), "%s/%s", work, to);
	make_link(target, name);
}

/* An ACL beside the mode, which must say the same: an entry for a user or a group of number 65534, and the mask. */
static void make_with_acl(const char *name, mode_t mode, uint16_t tag, uint16_t permissions)
{
	struct {
		struct posix_acl_xattr_header header;
		struct posix_acl_xattr_entry entries[5];
	} acl = { { POSIX_ACL_XATTR_VERSION },
		  { { ACL_USER_OBJ, mode >> 6 & 7, ACL_UNDEFINED_ID },
		    { tag == ACL_USER ? tag : ACL_GROUP_OBJ, tag == ACL_USER ? permissions : 5, tag == ACL_USER ? NOBODY : ACL_UNDEFINED_ID },
		    { tag == ACL_USER ? ACL_GROUP_OBJ : tag, tag == ACL_USER ? 5 : permissions, tag == ACL_USER ? ACL_UNDEFINED_ID : NOBODY },
		    { ACL_MASK, mode >> 3 & 7, ACL_UNDEFINED_ID },
		    { ACL_OTHER, mode & 7, ACL_UNDEFINED_ID } } };

	make(name, mode);
	/* EINVAL: a user namespace that does not have this number. */
	if (setxattr(name, "system.posix_acl_access", &acl, sizeof(acl), 0) != 0 && errno != EINVAL)
		must(-1, name);
}

/* What only root can make. A file of somebody else is one of root's where nobody asks. */
static void make_mounts(uid_t other)
{
	must(mount("tmpfs", "noexec", "tmpfs", MS_NOEXEC, "mode=0777"), "noexec");
	make("noexec/may", 0755);
	make("noexec/not", 0644);
	make("noexec/0744", 0744);
	must(chown("noexec/0744", other, other), "noexec/0744");
	for (int i = 0; i < 2; i++) {
		static const char *const folders[] = { "noexec", "dir" };
		char name[32];

		sprintf(name, "%s/acl-user-not", folders[i]);
		make_with_acl(name, 0755, ACL_USER, 4);
		sprintf(name, "%s/acl-user-may", folders[i]);
		make_with_acl(name, 0754, ACL_USER, 5);
		sprintf(name, "%s/acl-group-not", folders[i]);
		make_with_acl(name, 0755, ACL_GROUP, 4);
		sprintf(name, "%s/acl-mask-not", folders[i]);
		make_with_acl(name, 0745, ACL_USER, 5);
	}
	must(mount("tmpfs", "rosb", "tmpfs", 0, "mode=0777"), "rosb");
	make("rosb/may", 0755);
	make("rosb/closed", 0);
	must(mount("tmpfs", "rosb", "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), "rosb");
	must(mount("dir", "rodir", NULL, MS_BIND, NULL), "rodir");
	must(mount("none", "rodir", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL), "rodir");
	must(mount("dir", "nosym", NULL, MS_BIND, NULL), "nosym");
	must(mount("none", "nosym", NULL, MS_BIND | MS_REMOUNT | 256 /* MS_NOSYMFOLLOW */, NULL), "nosym");
	make("0711-of-other", 0711);
	make("0755-of-other", 0755);
	make("0744-of-other", 0744);
	must(chown("0711-of-other", other, other), "chown");
	must(chown("0755-of-other", other, other), "chown");
	must(chown("0744-of-other", other, other), "chown");
}

static void make_all(void)
{
	make("may", 0755);
	make("not", 0644);
	make("closed", 0);
	make_folder("dir", 0755);
	make("dir/may", 0755);
	make("dir/not", 0644);
	make("dir/closed", 0);
	make_link("may", "dir/link");
	make_link("../may", "dir/out");
	make_folder("locked", 0755);
	make("locked/may", 0755);
	make_link("may", "to-may");
	make_link("not", "to-not");
	make_link("may/", "to-slash");
	make_link("to-slash", "to-to-slash");
	make_link("dir", "to-dir");
	make_link("dir/", "to-dir-slash");
	make_link("new", "dangling");
	make_link("new/", "dangling-slash");
	make_link("loop", "loop");
	make_link("dir/../may", "up");
	make_link("/proc/self/fd/9", "to-fd");
	make_link_here("may", "absolute");
	make_link_here("dir", "absolute-dir");
	make_link_here("new", "absolute-new");
	make_folder("noexec", 0755);
	make_folder("rosb", 0755);
	make_folder("rodir", 0755);
	make_folder("nosym", 0755);
	make_folder("proc", 0755);
}

/* --------------------------------------------------------------------------------------------------- cells */

static const struct {
	const char *name;
	uint64_t flags;
	bool often; /* tried with everything else */
} ways[] = {
	{ "read", O_RDONLY | O_CLOEXEC, true },
	{ "read-kept", O_RDONLY, false },
	{ "write", O_WRONLY | O_CLOEXEC, false },
	{ "both", O_RDWR | O_CLOEXEC, false },
	{ "append", O_WRONLY | O_APPEND | O_CLOEXEC, false },
	{ "none", 3 | O_CLOEXEC, false },
	{ "nofollow", O_RDONLY | O_NOFOLLOW | O_CLOEXEC, true },
	{ "directory", O_RDONLY | O_DIRECTORY | O_CLOEXEC, true },
	{ "directory-nofollow", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, false },
	{ "create", O_RDWR | O_CREAT | O_CLOEXEC, true },
	{ "create-read", O_RDONLY | O_CREAT | O_CLOEXEC, false },
	{ "create-new", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, true },
	{ "create-new-nofollow", O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, false },
	{ "create-nofollow", O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, false },
	{ "create-directory", O_RDONLY | O_CREAT | O_DIRECTORY | O_CLOEXEC, false },
	{ "truncate", O_WRONLY | O_TRUNC | O_CLOEXEC, true },
	{ "truncate-read", O_RDONLY | O_TRUNC | O_CLOEXEC, false },
	{ "create-truncate", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, false },
	{ "create-new-truncate", O_WRONLY | O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC, false },
	{ "noatime", O_RDONLY | O_NOATIME | O_CLOEXEC, false },
	{ "temporary", O_RDWR | O_TMPFILE | O_CLOEXEC, false },
	{ "temporary-read", O_RDONLY | O_TMPFILE | O_CLOEXEC, false },
	{ "excl-read", O_RDONLY | O_EXCL | O_CLOEXEC, false },
	{ "tty", O_RDWR | O_NOCTTY | O_NONBLOCK, false },
};

static const struct {
	const char *name;
	uint64_t resolve;
	bool often; /* tried with every folder to begin at */
} resolves[] = {
	{ "-", 0, true },
	{ "no-xdev", RESOLVE_NO_XDEV, false },
	{ "no-magic", RESOLVE_NO_MAGICLINKS, false },
	{ "no-links", RESOLVE_NO_SYMLINKS, false },
	{ "beneath", RESOLVE_BENEATH, true },
	{ "in-root", RESOLVE_IN_ROOT, true },
	{ "beneath-no-xdev", RESOLVE_BENEATH | RESOLVE_NO_XDEV, false },
	{ "in-root-no-magic", RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS, false },
	{ "no-magic-no-xdev", RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV, false },
	{ "wrong", 0x100000, false },
};

static const struct {
	const char *name;
	int fd;
} folders[] = { { "here", AT_FDCWD }, { "dir", 8 }, { "top", 5 }, { "file", 9 }, { "no-such", 999 }, { "negative", -7 } };

/* A path that begins with @ is below the current folder. */
static const char *const paths[] = {
	"may", "not", "closed", "may/", "may//", "may/.", "may/..", "may/x", "not/", "./may", "new", "new/", "new/x",
	"dir", "dir/", "dir/.", "dir/..", "dir/may", "dir/not", "dir/new", "dir/link", "dir/link/", "dir/out",
	"dir/../may", "dir/../dir/../not", "dir//may", "locked/may", "locked/new", "locked", "to-may", "to-may/", "to-may/x",
	"to-not", "to-slash", "to-slash/", "to-to-slash", "to-dir", "to-dir/", "to-dir/may", "to-dir/../may", "to-dir-slash",
	"to-dir-slash/may", "to-dir/new", "dangling", "dangling/", "dangling/x", "dangling-slash", "loop", "loop/", "loop/x",
	"up", "absolute", "absolute/", "absolute-dir/may", "absolute-dir", "absolute-new", "", ".", "./", "..", "../", "/",
	"//", "/.", "/..", "@may", "@not", "@may/", "@to-may", "@to-may/", "@dir/../may", "@new", "@missing/new", "@absolute",
	"/../../../../../../..@may", "to-fd", "to-fd/", "/proc/self/fd/9", "/proc/self/fd/9/", "/proc/self/fd/9/x",
	"/proc/self/fd/8/may", "/proc/self/fd/8", "/proc/self/fd/8/../may", "/proc/thread-self/fd/9", "/proc/self/fd/77",
	"/proc/self/../self/fd/9", "/proc/self/fd/../fd/9", "/proc/self/task/../fd/9", "/proc/self/cwd/may",
	"/proc/self/cwd/dir/../may", "/proc/self/root@may", "/proc/self", "/proc/self/", "/proc/self/exe/", "/proc/self/fd",
	"/proc/self/fdinfo/9", "/proc/self/status", "/proc/missing", "/dev/fd/9", "/proc/self/fd/6", "noexec/may",
	"noexec/not", "noexec/0744", "rosb/may", "rosb/closed", "rosb/new", "rosb", "rodir/may", "rodir/not", "rodir/closed",
	"rodir/new", "rodir/link", "rodir/../may", "nosym/link", "nosym/may", "nosym/link/", "proc/self/fd/9", "proc/self/cwd/may",
	"proc/../may", "0711-of-other", "0755-of-other", "0744-of-other",
	"dir/acl-user-not", "dir/acl-user-may", "dir/acl-group-not", "dir/acl-mask-not", "noexec/acl-user-not",
	"noexec/acl-user-may", "noexec/acl-group-not", "noexec/acl-mask-not", "/dev/null",
};

static void end_effects(char *text, size_t size)
{
	static const char *const new[] = { "new", "dir/new", "locked/new" };
	static const char *const full[] = { "may", "not", "dir/may", "dir/not", "noexec/may", "noexec/not" };
	struct stat status;

	for (size_t i = 0; i < sizeof(new) / sizeof(new[0]); i++)
		if (lstat(new[i], &status) == 0 && S_ISREG(status.st_mode)) {
			snprintf(text + strlen(text), size - strlen(text), " +created");
			must(unlink(new[i]), new[i]);
		}
	for (size_t i = 0; i < sizeof(full) / sizeof(full[0]); i++)
		if (stat(full[i], &status) == 0 && status.st_size == 0) {
			int fd = open(full[i], O_WRONLY);

			snprintf(text + strlen(text), size - strlen(text), " +truncated");
			must(fd, full[i]);
			must((int)write(fd, full[i], strlen(full[i])), full[i]);
			close(fd);
		}
}

static void say_opened(int fd, char *text, size_t size)
{
	struct stat status;
	const char *what = "another";

	must(fstat(fd, &status), "fstat");
	for (size_t i = 0; i < objects_count; i++)
		if (objects[i].device == status.st_dev && objects[i].inode == status.st_ino)
			what = objects[i].name;
	snprintf(text, size, "ok %.40s %s %o", what,
		 S_ISDIR(status.st_mode) ? "folder" : S_ISREG(status.st_mode) ? (status.st_mode & 0111 ? "may" : "not") : "special",
		 (unsigned int)(fcntl(fd, F_GETFL) & ~(int)O_MAYEXEC) | (fcntl(fd, F_GETFD) & FD_CLOEXEC ? 01 << 30 : 0));
}

/* What is no fixture, and is in the current folder, has been made. */
static void remove_made(int fd, char *text, size_t size)
{
	char link[64], name[PATH_MAX];
	ssize_t length;
	size_t start = strlen(work);

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd); /* below a root of one's own, `proc` is the real one */
	length = readlink(link, name, sizeof(name) - 1);
	must((int)length, link);
	name[length] = 0;
	if (strncmp(name, work, start) != 0 || strncmp(name, "/proc/", 6) == 0 || strstr(name, " (deleted)"))
		return;
	if (unlink(name) == 0)
		snprintf(text + strlen(text), size - strlen(text), " +created");
}

static void cell(size_t way, size_t resolve, size_t folder, const char *path)
{
	struct open_how how = { .flags = ways[way].flags | (flagged ? O_MAYEXEC : 0), .resolve = resolves[resolve].resolve };
	char answer[256], full[2 * PATH_MAX], *put = full;
	long fd;

	if (how.flags & O_CREAT || (how.flags & O_TMPFILE) == O_TMPFILE)
		how.mode = 0666;
	for (const char *at = path; *at; at++)
		put += *at == '@' ? sprintf(put, "%s/", strcmp(work, "/") == 0 ? "" : work) : sprintf(put, "%c", *at);
	*put = 0;
	/* EAGAIN: somebody has mounted or renamed something on the machine, and the kernel is not sure of a "..". */
	do
		fd = syscall(SYS_openat2, folders[folder].fd, full, &how, sizeof(how));
	while (fd < 0 && errno == EAGAIN);
	if (fd < 0) {
		snprintf(answer, sizeof(answer), "%s", strerrorname_np(errno));
	} else {
		say_opened((int)fd, answer, sizeof(answer));
		if (strncmp(answer, "ok another not", 14) == 0)
			remove_made((int)fd, answer, sizeof(answer));
		close((int)fd);
	}
	end_effects(answer, sizeof(answer));
	printf("%s %s %s %s\t%s\n", ways[way].name, resolves[resolve].name, folders[folder].name, path, answer);
}

static void all_cells(bool few)
{
	for (size_t p = 0; p < sizeof(paths) / sizeof(paths[0]); p++)
		for (size_t w = 0; w < sizeof(ways) / sizeof(ways[0]); w++)
			for (size_t r = 0; r < sizeof(resolves) / sizeof(resolves[0]); r++)
				for (size_t f = 0; f < sizeof(folders) / sizeof(folders[0]); f++)
					if ((r == 0 && f == 0) ||
					    (!few && ways[w].often && (f == 0 || resolves[r].often)))
						cell(w, r, f, paths[p]);
}

/* ------------------------------------------------------------------------------------------------------ who */

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	must(fd, path);
	must((int)write(fd, text, strlen(text)), path);
	close(fd);
}

static void drop(unsigned int capability)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];

	must((int)syscall(SYS_capget, &header, data), "capget");
	data[0].effective &= ~(1U << capability);
	must((int)syscall(SYS_capset, &header, data), "capset");
}

static void be(const char *who, char **argv)
{
	uid_t other = strcmp(who, "self") == 0 || strcmp(who, "root") == 0 ? 0 : NOBODY;

	if (geteuid() == 0)
		make_mounts(other);
	if (strcmp(who, "changed") == 0 || strcmp(who, "executed") == 0) {
		static const char *const given[] = { ".", "may", "not", "closed", "dir", "dir/may", "dir/not", "noexec/may", "noexec/not" };

		for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++)
			must(chown(given[i], NOBODY, NOBODY), given[i]);
		must(chmod("locked", 0700), "locked");
		must(setgroups(0, NULL), "setgroups");
		must(setresgid(NOBODY, NOBODY, NOBODY), "setresgid");
		must(setresuid(NOBODY, NOBODY, NOBODY), "setresuid");
		if (strcmp(who, "executed") == 0) {
			char name[] = "again", *again[] = { argv[0], argv[1], name, argv[3], NULL };

			execv("/proc/self/exe", again);
			must(-1, "execv");
		}
	} else if (strcmp(who, "root") == 0) {
		must(mount("/proc", "proc", NULL, MS_BIND | MS_REC, NULL), "proc");
		must(chroot("."), "chroot");
		must(chdir("/"), "chdir");
	} else if (strcmp(who, "read-search") == 0) {
		drop(CAP_DAC_OVERRIDE);
	} else if (strcmp(who, "mapped") == 0) {
		must(unshare(CLONE_NEWUSER), "unshare");
		write_text("/proc/self/setgroups", "deny");
		write_text("/proc/self/uid_map", "0 0 1");
		write_text("/proc/self/gid_map", "0 0 1");
	}
}

int main(int argc, char **argv)
{
	const char *who = argc > 2 ? argv[2] : "";
	int fds[2];

	flagged = argc > 1 && strcmp(argv[1], "flag") == 0;
	umask(022);
	if (strcmp(who, "root") == 0)
		strcpy(work, "/");
	else
		must(getcwd(work, sizeof(work)) ? 0 : -1, "getcwd");
	if (strcmp(who, "again") == 0) {
		static const char *const known[] = { "may", "not", "closed", "dir", "dir/may", "dir/not", "dir/closed", "locked",
						     "noexec/may", "noexec/not", "noexec/0744", "rosb/may", "rosb/closed",
						     "0711-of-other", "0755-of-other", "0744-of-other", "noexec", "rosb", "rodir", "nosym", "proc",
						     "dir/acl-user-not", "dir/acl-user-may", "dir/acl-group-not", "dir/acl-mask-not",
						     "noexec/acl-user-not", "noexec/acl-user-may", "noexec/acl-group-not", "noexec/acl-mask-not" };

		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			know(known[i]);
	} else {
		make_all();
	}
	if (strcmp(who, "again") != 0)
		be(who, argv);
	must(pipe(fds), "pipe");
	must(dup2(fds[0], 6), "dup2");
	must(dup2(fds[1], 7), "dup2");
	must(dup2(open("dir", O_PATH | O_DIRECTORY), 8), "dup2");
	must(dup2(open(".", O_PATH | O_DIRECTORY), 5), "dup2");
	must(dup2(open("may", O_RDONLY), 9), "dup2");
	all_cells(argc > 3);
	return 0;
}
