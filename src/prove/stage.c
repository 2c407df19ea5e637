/* SPDX-License-Identifier: MIT
 *
 * Sets the scene and runs a command in it: fixtures on a tmpfs that nobody else sees, another user, securebits.
 * Everything lives in a mount namespace, so that whatever ends the command leaves neither file nor mount.
 *
 *     stage [--work DIR --fixtures FILE [--namespace KIND]] [--user UID:GID] [--no-capabilities] [--securebits N]
 *           -- command...
 *
 * DIR is an empty folder: the tmpfs is mounted over it, belongs to the user and becomes the working directory. KIND is
 *
 *     mount   a mount namespace, which needs root
 *     user    a mount namespace in a user namespace: there is one user in it, the caller under the user's number
 *     none    no namespace and no tmpfs: the fixtures are made in DIR itself, and whoever made DIR removes them
 *
 * and unless given, mount or else user. FILE lists what to make,
 * a line each: KIND MODE UID GID PATH [MORE], paths relative to DIR, bytes outside of [A-Za-z0-9_./-] as %XX:
 *
 *     directory, file (MORE: its text), link (MORE: its target), hard (MORE: the path of the file that gets this
 *     second name), fifo, socket,
 *     copy (MORE: the absolute path of the file whose bytes it gets),
 *     character and block (MORE: MAJOR:MINOR), noexec (a folder, and a noexec tmpfs on it),
 *     bind and bind-noexec (MORE: the absolute path of the folder or file that is shown there)
 *
 * The last three need a namespace.
 *
 * Digits alone as FILE mean a descriptor.
 *
 * A line `unavailable: ...` on stderr with status 125 says what this machine or user cannot give.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <grp.h>
#include <unistd.h>

#include "decode.h"

#define STATUS_FAILED 125

/* Whether mounts are the command's own. False: there are none to be made. */
static bool has_namespace = true;

static _Noreturn __attribute__((format(printf, 2, 3))) void end(const char *kind, const char *format, ...)
{
	int error = errno;
	va_list arguments;

	fprintf(stderr, "stage: %s: ", kind);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, ": %s\n", strerror(error));
	exit(STATUS_FAILED);
}

#define unavailable(...) end("unavailable", __VA_ARGS__)
#define failed(...) end("failed", __VA_ARGS__)

/* ------------------------------------------------------------------------------------------------ namespaces */

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		unavailable("%s", path);
	close(fd);
}

static void enter_user_namespace(uid_t user, gid_t group)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	char text[64];

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
		unavailable("no mount namespace (unshare)");
	write_file("/proc/self/setgroups", "deny");
	snprintf(text, sizeof(text), "%u %u 1\n", user, uid);
	write_file("/proc/self/uid_map", text);
	snprintf(text, sizeof(text), "%u %u 1\n", group, gid);
	write_file("/proc/self/gid_map", text);
}

static bool is_namespace(const char *kind)
{
	return strcmp(kind, "any") == 0 || strcmp(kind, "mount") == 0 || strcmp(kind, "user") == 0 ||
	       strcmp(kind, "none") == 0;
}

/* Root needs a mount namespace alone. Others get a user namespace around it, in which they are the user that the
 * command is to be; there is no other user in it. */
static void enter_namespaces(const char *kind, uid_t user, gid_t group)
{
	if (strcmp(kind, "none") == 0) {
		has_namespace = false;
		return;
	}
	if (strcmp(kind, "user") == 0 || unshare(CLONE_NEWNS) != 0) {
		if (strcmp(kind, "mount") == 0)
			unavailable("no mount namespace (unshare)");
		enter_user_namespace(user, group);
	}
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		unavailable("mount namespace: making it private");
}

/* ------------------------------------------------------------------------------------------------- fixtures */

struct fixture {
	const char *kind, *path, *more;
	size_t length; /* of more, which may hold NUL bytes where it is a text */
	mode_t mode;
	uid_t uid;
	gid_t gid;
};

static int make_empty(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		failed("%s", path);
	return fd;
}

/* A disk that gets full takes a part first, and says so of the rest. */
static void write_all(int fd, const char *bytes, size_t length, const char *path)
{
	while (length > 0) {
		ssize_t done = write(fd, bytes, length);

		if (done < 0)
			failed("%s", path);
		bytes += done;
		length -= (size_t)done;
	}
}

static void make_file(const struct fixture *fixture)
{
	int fd = make_empty(fixture->path);

	write_all(fd, fixture->more, fixture->length, fixture->path);
	close(fd);
}

static void make_socket(const struct fixture *fixture)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", fixture->path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		failed("%s", fixture->path);
	close(fd);
}

static void make_device(const struct fixture *fixture, mode_t type)
{
	unsigned int major_number, minor_number;

	if (sscanf(fixture->more, "%u:%u", &major_number, &minor_number) != 2) {
		errno = EINVAL;
		failed("%s", fixture->path);
	}
	if (mknod(fixture->path, type | 0600, makedev(major_number, minor_number)) != 0)
		unavailable("%s: a device", fixture->path);
}

static void make_copy(const struct fixture *fixture)
{
	int from = open(fixture->more, O_RDONLY | O_CLOEXEC), to;
	char buffer[65536];
	ssize_t length;

	if (from < 0)
		failed("%s", fixture->more);
	to = make_empty(fixture->path);
	while ((length = read(from, buffer, sizeof(buffer))) > 0)
		write_all(to, buffer, (size_t)length, fixture->path);
	if (length < 0)
		failed("%s", fixture->more);
	close(from);
	close(to);
}

static void make_bind(const struct fixture *fixture, bool noexec)
{
	struct statvfs status;
	struct stat shown;
	unsigned long flags = 0;

	if (stat(fixture->more, &shown) != 0)
		failed("%s", fixture->more);
	if ((S_ISDIR(shown.st_mode) ? mkdir(fixture->path, 0755) : mknod(fixture->path, S_IFREG | 0644, 0)) != 0)
		failed("%s", fixture->path);
	if (mount(fixture->more, fixture->path, NULL, MS_BIND, NULL) != 0)
		unavailable("%s: showing %s there", fixture->path, fixture->more);
	if (!noexec)
		return;
	/* What the mount has already may not be taken off in a user namespace. The flags have the same values. */
	if (statvfs(fixture->path, &status) == 0)
		flags = status.f_flag & (ST_NOSUID | ST_NODEV | ST_NOATIME | ST_NODIRATIME | ST_RELATIME | ST_RDONLY);
	if (mount("none", fixture->path, NULL, MS_BIND | MS_REMOUNT | MS_NOEXEC | flags, NULL) != 0)
		unavailable("%s: noexec", fixture->path);
}

/* Returns false for what has no owner and mode of its own. */
static bool make_object(const struct fixture *fixture)
{
	const char *kind = fixture->kind;
	bool is_bind = strcmp(kind, "bind") == 0 || strcmp(kind, "bind-noexec") == 0;

	if (!has_namespace && (is_bind || strcmp(kind, "noexec") == 0)) {
		errno = EPERM;
		unavailable("%s: a mount without a namespace", fixture->path);
	}
	if (strcmp(kind, "file") == 0) {
		make_file(fixture);
	} else if (strcmp(kind, "copy") == 0) {
		make_copy(fixture);
	} else if (strcmp(kind, "socket") == 0) {
		make_socket(fixture);
	} else if (strcmp(kind, "character") == 0) {
		make_device(fixture, S_IFCHR);
	} else if (strcmp(kind, "block") == 0) {
		make_device(fixture, S_IFBLK);
	} else if (strcmp(kind, "directory") == 0) {
		if (mkdir(fixture->path, 0700) != 0)
			failed("%s", fixture->path);
	} else if (strcmp(kind, "noexec") == 0) {
		if (mkdir(fixture->path, 0700) != 0 ||
		    mount("tmpfs", fixture->path, "tmpfs", MS_NOEXEC | MS_NOSUID, NULL) != 0)
			unavailable("%s: a noexec tmpfs", fixture->path);
	} else if (strcmp(kind, "fifo") == 0) {
		if (mkfifo(fixture->path, 0600) != 0)
			failed("%s", fixture->path);
	} else if (strcmp(kind, "link") == 0) {
		if (symlink(fixture->more, fixture->path) != 0)
			failed("%s", fixture->path);
		return false;
	} else if (strcmp(kind, "hard") == 0) {
		if (link(fixture->more, fixture->path) != 0)
			failed("%s", fixture->path);
		return false;
	} else if (is_bind) {
		make_bind(fixture, strcmp(kind, "bind-noexec") == 0);
		return false;
	} else {
		errno = EINVAL;
		failed("fixture %s", kind);
	}
	return true;
}

static void make_fixture(char *line)
{
	char *rest, *fields[6] = { NULL };
	size_t count = 0, length;
	struct fixture fixture;

	for (char *field = strtok_r(line, " \n", &rest); field && count < 6; field = strtok_r(NULL, " \n", &rest))
		fields[count++] = field;
	if (count == 0)
		return;
	if (count < 5) {
		errno = EINVAL;
		failed("a line of the fixtures");
	}
	decode(fields[4]);
	length = fields[5] ? decode(fields[5]) : 0;
	fixture = (struct fixture){
		.kind = fields[0],
		.mode = (mode_t)strtoul(fields[1], NULL, 8),
		.uid = (uid_t)strtoul(fields[2], NULL, 10),
		.gid = (gid_t)strtoul(fields[3], NULL, 10),
		.path = fields[4],
		.more = fields[5] ? fields[5] : "",
		.length = length,
	};
	if (!make_object(&fixture))
		return;
	/* The owner first: chown takes the setuid bit away. */
	if ((fixture.uid != geteuid() || fixture.gid != getegid()) &&
	    chown(fixture.path, fixture.uid, fixture.gid) != 0)
		unavailable("%s: owner %u", fixture.path, fixture.uid);
	if (chmod(fixture.path, fixture.mode) != 0)
		failed("%s: mode", fixture.path);
}

static void make_work(const char *work, const char *fixtures, uid_t uid, gid_t gid)
{
	bool is_number = fixtures[strspn(fixtures, "0123456789")] == 0;
	FILE *list = is_number ? fdopen((int)strtol(fixtures, NULL, 10), "r") : fopen(fixtures, "re");
	char *line = NULL;
	size_t size = 0;

	if (!list)
		failed("%s", fixtures);
	if (has_namespace && mount("tmpfs", work, "tmpfs", MS_NOSUID, "mode=0755") != 0)
		unavailable("a tmpfs on %s", work);
	if (chdir(work) != 0)
		failed("%s", work);
	if (chmod(".", 0755) != 0 || chown(".", uid, gid) != 0)
		unavailable("%s: owner %u", work, uid);
	umask(0);
	while (getline(&line, &size, list) >= 0)
		make_fixture(line);
	if (ferror(list))
		failed("%s", fixtures);
	umask(022);
	free(line);
	fclose(list);
}

/* --------------------------------------------------------------------------------------------------- the user */

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct none[2] = { { 0, 0, 0 }, { 0, 0, 0 } };

	/* Root's exec gets what the bounding set has. */
	for (unsigned long one = 0; one <= 63; one++)
		if (prctl(PR_CAPBSET_DROP, one, 0, 0, 0) != 0 && errno == EPERM)
			unavailable("root without capabilities");
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &header, none) != 0)
		failed("capset");
}

static void become(uid_t uid, gid_t gid)
{
	if (geteuid() == uid && getegid() == gid && getuid() == uid)
		return;
	if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
		unavailable("becoming user %u", uid);
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "work", required_argument, NULL, 'w' },	{ "fixtures", required_argument, NULL, 'f' },
		{ "user", required_argument, NULL, 'u' },	{ "no-capabilities", no_argument, NULL, 'n' },
		{ "securebits", required_argument, NULL, 's' }, { "namespace", required_argument, NULL, 'k' },
		{ NULL, 0, NULL, 0 },
	};
	const char *work = NULL, *fixtures = NULL, *namespace = "any";
	unsigned int uid = geteuid(), gid = getegid();
	unsigned long securebits = 0;
	bool no_capabilities = false;
	int option, error, set;

	while ((option = getopt_long(argc, argv, "+", long_options, NULL)) >= 0) {
		switch (option) {
		case 'w':
			work = optarg;
			break;
		case 'f':
			fixtures = optarg;
			break;
		case 'u':
			if (sscanf(optarg, "%u:%u", &uid, &gid) == 2)
				break;
			errno = EINVAL;
			failed("--user");
		case 'k':
			namespace = optarg;
			break;
		case 'n':
			no_capabilities = true;
			break;
		case 's':
			securebits = strtoul(optarg, NULL, 0);
			break;
		default:
			return STATUS_FAILED;
		}
	}
	if (optind >= argc || !work != !fixtures || !is_namespace(namespace)) {
		errno = EINVAL;
		failed("arguments");
	}
	if (work) {
		enter_namespaces(namespace, uid, gid);
		make_work(work, fixtures, uid, gid);
	}
	become(uid, gid);
	/* Another user's ids took away what the supervisor had set: to die with it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		failed("prctl PR_SET_PDEATHSIG");
	if (no_capabilities)
		drop_capabilities();
	/* Last, since a new user namespace clears them. */
	if (securebits && prctl(PR_SET_SECUREBITS, securebits, 0, 0, 0) != 0)
		unavailable("securebits 0x%lx, which Linux 6.14 brought", securebits);
	/* A filter may let the call do nothing and say that it did. */
	set = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
	if (securebits && (set < 0 || ((unsigned long)set & securebits) != securebits)) {
		errno = set < 0 ? errno : EPERM;
		failed("securebits 0x%lx were set, and are not there", securebits);
	}
	execvp(argv[optind], argv + optind);
	error = errno;
	fprintf(stderr, "stage: cannot run %s: %s\n", argv[optind], strerror(error));
	return error == ENOENT ? 127 : 126;
}
