/* SPDX-License-Identifier: MIT
 *
 * Runs a command as if the kernel knew O_MAYEXEC: seccomp hands every openat2(2) of its process tree to this
 * program, which opens the file on the caller's behalf, judges it by the policy, and puts the descriptor into the
 * caller or answers with the errno. Needs no root and no module. `--help` states what it does not imitate.
 *
 * Three processes, so that no death of one leaves an interpreter running unchecked (a task whose supervisor is
 * gone sees ENOSYS, which programs take for an old kernel):
 *
 *     keeper ── supervisor ── the command and all it starts
 *
 * The keeper adopts and kills the tree when the supervisor dies or stops; the supervisor does when the keeper
 * dies, or when the command has ended, so that nothing outlives the run.
 *
 * A supervisor that cannot see what is asked, or cannot do what it has to, ends the run (dead()): an errno in place
 * of the answer would be taken for a kernel that does not know the flag, and the file would be run unchecked. Only
 * what the kernel itself could have said is given to the caller.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h> /* ST_NOEXEC: statfs has the same flags */
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The flag as the v7 series has it; openat2 alone takes it. */
#define O_MAYEXEC UINT64_C(040000000)
#define SYSCTL_FILE "/proc/sys/fs/open_mayexec_enforce"
#define YAMA_FILE "sys/kernel/yama/ptrace_scope"

/* The same number on every architecture but alpha, so in 32-bit calls too. */
#define OPENAT2 437
#define IO_URING_SETUP 425
/* x32 programs have the numbers of 64-bit x86, with this bit. */
#define X32 0x40000000U

/* What the first call of the command's process is answered with: openat2 has no such error. */
#define GREETING EDOTDOT
/* How long processes may take to die, in ms, while none of them does. */
#define KILL_TIME 1500

/* The two bits of the sysctl. */
#define POLICY_MOUNT 1
#define POLICY_FILE 2
/* No supervision, only the keeping of the process tree. */
#define POLICY_NONE (-1)

/* Status of the program's own failures, as env(1) and timeout(1) have it. */
#define STATUS_FAILED 125

/* The kernel's bound on symbolic links in one path (fs/namei.c). */
#define MAX_LINKS 40
/* The inode of the top of every procfs, and where its numbering of the rest begins elsewhere. */
#define PROC_ROOT_INODE 1
#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202
#endif

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

static const char HELP[] =
	"usage: supervisor --policy 0|1|2|3|none [option]... -- command [argument]...\n"
	"\n"
	"Runs the command as on a kernel that knows O_MAYEXEC and has fs.open_mayexec_enforce set to the policy\n"
	"(1: noexec mounts, 2: files that the caller may not execute). With none, only the processes are kept.\n"
	"\n"
	"  --records FD    writes what was opened, and how the command ended, as JSON lines to this descriptor\n"
	"  --watch         records open and openat as well; they are never refused, the flag means nothing there\n"
	"  --sysctl-file   open and access of " SYSCTL_FILE " succeed (stat does not)\n"
	"  --remove DIR    removes this empty folder in the end, also when whoever started the supervisor is gone\n"
	"  --timeout MS    kills the command and all it started after so many milliseconds\n"
	"\n"
	"The exit status is the command's, 128 + N when signal N ended it; 127 and 126 when it cannot be run; 125 when\n"
	"the supervisor failed, and then no result counts. What the command leaves running is killed when it ends.\n"
	"\n"
	"Other than with a kernel's O_MAYEXEC:\n"
	"  - it is a test bed, no boundary: the path is read from memory that another thread can change\n"
	"  - fcntl(F_GETFL) does not show the flag; /dev/tty is the supervisor's terminal\n"
	"  - 32-bit and x32 calls are not imitated: an openat2 among them ends the run, with --watch any of them does\n"
	"  - io_uring is off (EPERM), as with kernel.io_uring_disabled=2: its opens could not be seen\n"
	"  - without root the command runs with no_new_privs: setuid programs gain nothing\n"
	"  - the security module's (LSM) own rules are applied to the supervisor, not to the caller\n"
	"  - an openat2 of a process that the supervisor cannot read (not dumpable, say, without root) ends the run\n"
	"  - on a noexec mount, policy 2 judges by the mode bits; an ACL is not looked at\n"
	"  - fs.protected_symlinks and the nosymfollow mount option do not count where a path has links\n"
	"  - openat2's RESOLVE_ flags are the kernel's business, and /proc/self there is the supervisor's\n"
	"  - O_TMPFILE with the flag is not judged\n"
	"  - a flagged open of a FIFO under policy 0 blocks, but only a deadly signal interrupts it\n"
	"  - one supervisor a process tree: inside another one it fails with EBUSY and says so\n";

static struct {
	int policy;
	int records;
	bool watch;
	bool sysctl_file;
	const char *remove;
	long timeout;
} options = { .policy = POLICY_NONE, .records = -1, .timeout = 0 };

/* ------------------------------------------------------------------------------------------ messages, records */

/* One line of JSON, written at once: with O_APPEND or on a pipe, lines of several processes do not mix. */
struct line {
	size_t length;
	char text[32768];
};

static void put(struct line *line, const char *format, ...)
{
	va_list arguments;
	size_t room = sizeof(line->text) - line->length;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line->text + line->length, room, format, arguments);
	va_end(arguments);
	if (length > 0 && (size_t)length < room)
		line->length += (size_t)length;
}

/* Bytes above 0x7e become the characters of the same number, so any path comes back byte by byte as latin1. */
static void put_string(struct line *line, const char *name, const char *value)
{
	put(line, ",\"%s\":\"", name);
	for (; *value; value++) {
		unsigned char byte = (unsigned char)*value;

		if (byte < 0x20 || byte > 0x7e || byte == '"' || byte == '\\')
			put(line, "\\u%04x", byte);
		else
			put(line, "%c", byte);
	}
	put(line, "\"");
}

static int kill_tree(void);
#define LEFT "not all that the command has started could be found and killed"

static void clean_up(void)
{
	if (options.remove)
		rmdir(options.remove); /* the other process may have done it */
}

static bool write_record(struct line *line)
{
	const char *at = line->text;
	size_t left;

	if (options.records < 0)
		return true;
	put(line, "}\n");
	left = line->length;
	while (left > 0) {
		ssize_t written = write(options.records, at, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		at += written;
		left -= (size_t)written;
	}
	return true;
}

/* Nobody may be reading the records any more: ending must not wait for that. One line fits in a pipe at once. */
static _Noreturn void give_up(struct line *line)
{
	struct pollfd records = { options.records, POLLOUT, 0 };

	if (kill_tree() != 0)
		fprintf(stderr, "supervisor: %s\n", LEFT);
	clean_up();
	if (options.records >= 0 && poll(&records, 1, 1000) == 1 && (records.revents & POLLOUT))
		write_record(line);
	_exit(STATUS_FAILED);
}

/* Ends the whole run: no result of it counts. The hint says what the user can do, where that is known. */
static _Noreturn __attribute__((format(printf, 2, 3))) void dead_with(const char *hint, const char *format, ...)
{
	static struct line line;
	char reason[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	line.length = 0;
	put(&line, "{\"event\":\"dead\"");
	put_string(&line, "reason", reason);
	if (hint)
		put_string(&line, "hint", hint);
	fprintf(stderr, "supervisor: %s\n", reason);
	give_up(&line);
}

static _Noreturn void dead(const char *reason)
{
	dead_with(NULL, "%s", reason);
}

static const char *name_of_error(int error)
{
	const char *name = error ? strerrorname_np(error) : "it does nothing";

	return name ? name : "unknown error";
}

#define FILTER_HINT \
	"a seccomp filter of a container or service manager may forbid the call: allow it there, or run this outside"

/* As dead(), where one of our own calls fails though nothing in the request makes it fail. */
static _Noreturn void failing(const char *call, int error)
{
	const char *hint = FILTER_HINT;

	if (error == EMFILE || error == ENFILE)
		hint = "allow more open files: ulimit -n 64 or more";
	else if (error == ENOMEM || error == EAGAIN)
		hint = "the machine is short of memory or of processes (ulimit -u): run it again when less is going on";
	dead_with(hint, "%s fails for the supervisor (%s)", call, name_of_error(error));
}

/* As dead(), for what this machine or place lacks; the code is for programs. */
static _Noreturn void unavailable(const char *code, const char *reason, int error)
{
	static struct line line;

	line.length = 0;
	put(&line, "{\"event\":\"unavailable\"");
	put_string(&line, "code", code);
	put_string(&line, "reason", reason);
	if (error)
		put_string(&line, "error", strerrorname_np(error));
	fprintf(stderr, "supervisor: %s%s%s\n", reason, error ? ": " : "", error ? strerror(error) : "");
	give_up(&line);
}

static void write_or_die(struct line *line)
{
	if (!write_record(line))
		dead("the records cannot be written");
}

/* --------------------------------------------------------------------------------------------- process trees */

static pid_t parent_of(const char *process)
{
	char path[64], text[512];
	const char *after;
	ssize_t length;
	int fd, parent;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", process);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (length <= 0)
		return -1;
	text[length] = 0;
	/* "pid (name) state parent": the name may hold anything, a parenthesis too. */
	after = strrchr(text, ')');
	if (!after || sscanf(after + 1, " %*c %d", &parent) != 1)
		return -1;
	return parent;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The kernel's own list of our children has those too that hidepid hides. False where the kernel has no such list. */
static bool kill_listed(void)
{
	FILE *list = fopen("/proc/thread-self/children", "re");
	int pid;

	if (!list)
		return false;
	while (fscanf(list, "%d", &pid) == 1)
		kill((pid_t)pid, SIGKILL);
	fclose(list);
	return true;
}

static bool kill_found(void)
{
	const struct dirent *entry;
	DIR *all = opendir("/proc");

	if (!all)
		return false;
	while ((entry = readdir(all))) {
		if (isdigit((unsigned char)entry->d_name[0]) && parent_of(entry->d_name) == getpid())
			kill((pid_t)strtol(entry->d_name, NULL, 10), SIGKILL);
	}
	closedir(all);
	return true;
}

/* Kills this process's children, and those that it adopts when their parents die, until none is left. Returns -1
 * when some cannot be found or killed. */
static int kill_tree(void)
{
	static bool failed; /* once is enough: others wait for our end */
	long until = now_ms() + (failed ? 0 : KILL_TIME);

	for (;;) {
		struct timespec pause = { 0, 1000000 };
		pid_t pid;

		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			until = now_ms() + KILL_TIME;
		if (pid < 0 && errno == ECHILD)
			return 0;
		if ((!kill_listed() && !kill_found()) || now_ms() > until) {
			failed = true;
			return -1;
		}
		nanosleep(&pause, NULL);
	}
}

/* ------------------------------------------------------------------------------------------ who is asking */

/* /proc as it was at the start: O_PATH, used for everything that is read of the caller. */
static int proc = -1;

#define MAX_LEVELS 33 /* nested PID namespaces: the kernel's limit is 32 */
#define MAX_GROUPS 4096

/* What decides about an open, as /proc/TID/status tells it. */
struct task {
	pid_t tid, tgid;
	uid_t fsuid;
	gid_t fsgid;
	mode_t umask;
	uint64_t capabilities;
	char name[64];
	size_t groups_count;
	gid_t groups[MAX_GROUPS];
	/* Its ids in each PID namespace, from /proc's own inwards. */
	size_t levels;
	pid_t tgids[MAX_LEVELS], tids[MAX_LEVELS];
};

static size_t numbers(const char *text, pid_t *values, size_t most)
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

static size_t read_text(int directory, const char *path, char *text, size_t size)
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

/* False unless all that decides about an open was told. */
static bool read_task(pid_t tid, struct task *task)
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

static void know_self(void)
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

static void become(const struct task *task)
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

static void become_self(void)
{
	if (!is_other)
		return;
	is_other = false;
	set_file_ids(own_uid, own_gid);
	set_effective(own_capabilities);
}

static bool enter_user_namespace(const struct task *task)
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

/* ------------------------------------------------------------------------------------------- finding the file */

/* Where the path of a request leads: an O_PATH descriptor, or the folder in which a file is to be made. */
struct place {
	int fd;
	int folder;		 /* when fd < 0 and the file may be created */
	char name[NAME_MAX + 1]; /* in that folder */
};

static long open_by(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
	struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };

	return syscall(SYS_openat2, directory, path, &how, sizeof(how));
}

static bool on_procfs(int fd)
{
	struct statfs status;

	if (fstatfs(fd, &status) != 0)
		failing("fstatfs", errno);
	return status.f_type == PROC_SUPER_MAGIC;
}

static void look_at(int fd, struct stat *status)
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

static bool makes_new(uint64_t flags)
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

/* With the credentials of the caller, as the search permission of each folder counts. Returns 0 or an errno. */
static int find(const struct task *task, int root, int base, const char *path, const struct open_how *how,
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

/* ------------------------------------------------------------------------------------------------ the policy */

static bool is_noexec(int fd)
{
	struct statfs mount;

	if (fstatfs(fd, &mount) != 0)
		failing("fstatfs", errno);
	/* Some file systems never execute, however they are mounted (SB_I_NOEXEC), and no flag tells. */
	return (mount.f_flags & ST_NOEXEC) || mount.f_type == PROC_SUPER_MAGIC || mount.f_type == SYSFS_MAGIC ||
	       mount.f_type == MQUEUE_MAGIC;
}

static bool in_group(const struct task *task, gid_t group)
{
	for (size_t i = 0; i < task->groups_count; i++)
		if (task->groups[i] == group)
			return true;
	return task->fsgid == group;
}

static bool may_execute(int fd, const struct stat *status, const struct task *task, bool noexec)
{
	/* The kernel's answer counts ACLs too, but on a noexec mount it is no, whatever the mode. */
	if (!noexec) {
		if (syscall(SYS_faccessat2, fd, "", X_OK, AT_EMPTY_PATH | AT_EACCESS) == 0)
			return true;
		if (errno != EACCES)
			failing("faccessat2", errno);
		return false;
	}
	if ((task->capabilities >> CAP_DAC_OVERRIDE & 1) && (status->st_mode & 0111))
		return true;
	if (status->st_uid == task->fsuid)
		return (status->st_mode & 0100) != 0;
	return (status->st_mode & (in_group(task, status->st_gid) ? 0010 : 0001)) != 0;
}

/* Returns 0 or the errno of the refusal, and its reason. */
static int judge(int fd, const struct stat *status, const struct task *task, const char **why)
{
	bool noexec;

	if (S_ISDIR(status->st_mode)) {
		*why = "directory";
		return EISDIR;
	}
	if (options.policy == 0)
		return 0;
	if (!S_ISREG(status->st_mode)) {
		*why = "type";
		return EACCES;
	}
	noexec = is_noexec(fd);
	if ((options.policy & POLICY_MOUNT) && noexec) {
		*why = "noexec";
		return EACCES;
	}
	if ((options.policy & POLICY_FILE) && !may_execute(fd, status, task, noexec)) {
		*why = "mode";
		return EACCES;
	}
	return 0;
}

/* ------------------------------------------------------------------------------------------------- requests */

static int listener = -1;
static int sysctl_fd = -1;

/* What is asked, read from the caller. */
struct request {
	uint64_t id;
	pid_t tid;
	const char *call;
	int directory;
	struct open_how how;
	char path[PATH_MAX];
};

static void answer(uint64_t id, int error, int64_t value, uint32_t flags)
{
	struct seccomp_notif_resp response = { .id = id, .error = -error, .val = value, .flags = flags };

	/* ENOENT: the caller has gone. */
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) != 0 && errno != ENOENT)
		failing("ioctl SECCOMP_IOCTL_NOTIF_SEND", errno);
}

static void go_on(uint64_t id)
{
	answer(id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

/* False when the caller was killed meanwhile; nothing is to be answered then. */
static bool still_asking(uint64_t id)
{
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0)
		return true;
	if (errno != ENOENT)
		failing("ioctl SECCOMP_IOCTL_NOTIF_ID_VALID", errno);
	return false;
}

/* ------------------------------------------------------------------------------------------- what is not seen */

/* Ends the run, as something of a caller that is still there cannot be seen. `what` goes before "of NAME". */
static _Noreturn void blind(pid_t tid, const char *what, int error)
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


static void record_open(const struct request *request, const struct task *task, const char *outcome, int error,
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

static void refuse(const struct request *request, const struct task *task, int error, const char *why)
{
	record_open(request, task, why ? "refused" : "failed", error, why);
	answer(request->id, error, 0, 0);
}

/* Handing over wakes the caller and waits for it. On an idle machine the kernel wakes it on another processor, and
 * each waits for the other's interrupt: three times as long as where both stay on one. So the caller is kept here
 * until it has its descriptor; it is in its system call all the while. */
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

/* Gives the descriptor to the caller and closes it. */
static void hand_over(const struct request *request, const struct task *task, int fd)
{
	struct seccomp_notif_addfd handed = {
		.id = request->id,
		.flags = SECCOMP_ADDFD_FLAG_SEND,
		.srcfd = (uint32_t)fd,
		.newfd_flags = (uint32_t)(request->how.flags & O_CLOEXEC),
	};

	cpu_set_t allowed, here;
	bool kept;

	record_open(request, task, "allowed", 0, NULL);
	kept = keep_here(task->tid, &allowed, &here);
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &handed) < 0) {
		if (errno == EINVAL || errno == ENOTTY)
			unavailable("seccomp", "the kernel cannot answer with a descriptor, as Linux 5.14 can", errno);
		/* The caller has no descriptor or memory left: the kernel would say that too. */
		if (errno == EMFILE || errno == ENOMEM)
			refuse(request, task, errno, NULL);
		else if (errno != ENOENT)
			failing("ioctl SECCOMP_IOCTL_NOTIF_ADDFD", errno);
	}
	if (kept)
		let_go(task->tid, &allowed, &here);
	close(fd);
}

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

static void helper_ended(pid_t pid, int status)
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

/* A caller that was killed while its open blocked leaves a helper behind, which would be seen as a reader. A helper
 * lets itself be ended only in the open itself: a request counts as answered as soon as the descriptor is on its
 * way, and one that is ended then would have the caller see descriptor 0 as its own. */
static void end_stale_helpers(void)
{
	for (size_t i = 0; i < helpers_count; i++)
		if (!still_asking(helpers[i].id))
			kill(helpers[i].pid, SIGTERM);
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

static int open_of_task(pid_t tid, const char *what)
{
	char path[64];

	snprintf(path, sizeof(path), "%d/%s", tid, what);
	return openat(proc, path, O_PATH | O_CLOEXEC);
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

/* The calls that are looked at, and where their path and flags stand. */
static const struct call {
	int number;
	const char *name;
	int directory, path, flags;
	enum { ALWAYS, WATCHED, SYSCTL } when;
} calls[] = {
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
	static char text[4096];
	int error = read_memory(request, address, text, size);

	if (error)
		return error;
	memcpy(&request->how, text, sizeof(request->how));
	for (size_t i = sizeof(request->how); i < size; i++)
		if (text[i])
			return E2BIG;
	return 0;
}

/* Reads the request. Returns 0 or the errno that it deserves; -1 when the kernel is to say what is wrong with it. */
static int read_request(const struct seccomp_notif *notice, const struct call *call, struct request *request)
{
	const uint64_t *arguments = (const uint64_t *)notice->data.args;
	int error = 0;

	request->id = notice->id;
	request->tid = (pid_t)notice->pid;
	request->call = call->name;
	request->directory = call->directory < 0 ? AT_FDCWD : (int)arguments[call->directory];
	request->how = (struct open_how){ 0, 0, 0 };
	request->path[0] = 0;
	if (call->when == ALWAYS) {
		/* Sizes that no kernel takes. */
		if (arguments[3] < sizeof(request->how) || arguments[3] > 4096)
			return -1;
		error = read_how(request, arguments[2], arguments[3]);
	} else if (call->flags >= 0) {
		request->how.flags = arguments[call->flags];
	}
	return error ? error : read_path(request, arguments[call->path]);
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

/* Returns true in a helper, which is to end. */
static bool handle(const struct seccomp_notif *notice)
{
	static struct request request;
	static struct task task;
	const struct call *call = NULL;
	int error;

	if (notice->pid == 0)
		dead("the caller is in a PID namespace outside of the supervisor's");
	if (notice->data.arch == ARCHITECTURE)
		for (size_t i = 0; i < CALLS; i++)
			if (calls[i].number == notice->data.nr)
				call = &calls[i];
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

/* ------------------------------------------------------------------------------------------- starting a command */

static int install_filter(void)
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

/* The command's process: an errno (0 for none), with the listener beside it. */
static void send_listener(int channel, int fd, int error)
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

static int receive_listener(int channel, int *error)
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

static _Noreturn void be_command(char **command, int channel, pid_t supervisor, const sigset_t *mask)
{
	char go;
	int error;

	setpgid(0, 0);
	if (options.policy != POLICY_NONE) {
		int fd = install_filter();

		send_listener(channel, fd, fd < 0 ? errno : 0);
		if (fd < 0)
			_exit(STATUS_FAILED);
		close(fd);
		/* Where a filter is in front of ours, this comes back with another answer. */
		if (syscall(SYS_openat2, AT_FDCWD, NULL, NULL, 0) >= 0 || errno != GREETING)
			send_listener(channel, -1, errno);
	}
	/* The supervisor is to be ready before the first call that it is asked about. */
	if (read(channel, &go, 1) != 1)
		_exit(STATUS_FAILED);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
		send_listener(channel, -1, errno);
		_exit(STATUS_FAILED);
	}
	if (getppid() != supervisor)
		_exit(STATUS_FAILED);
	/* The channel is closed by the exec. */
	if (options.records >= 0)
		close(options.records);
	signal(SIGTTOU, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(command[0], command);
	error = errno;
	fprintf(stderr, "supervisor: cannot run %s: %s\n", command[0], strerror(error));
	_exit(error == ENOENT ? 127 : 126);
}

/* Where we hold a terminal, the command gets it, as from a shell: Ctrl-C is the command's. */
static int terminal = -1;

static void give_terminal(pid_t group)
{
	if (terminal >= 0)
		tcsetpgrp(terminal, group);
}

/* NULL when the caller was killed meanwhile. */
static const struct seccomp_notif *receive(void)
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

/* Answers the command's process once, before it runs anything: only so one knows that what it asks comes here, and
 * not to a filter in front. */
static void greet(int channel)
{
	struct pollfd polled[] = { { listener, POLLIN, 0 }, { channel, POLLIN, 0 } };
	const struct seccomp_notif *notice;
	int error = 0;

	if (poll(polled, 2, 5000) < 0)
		failing("poll", errno);
	if (polled[0].revents & POLLIN) {
		notice = receive();
		if (!notice || notice->data.nr != SYS_openat2)
			dead("the command did not start");
		answer(notice->id, GREETING, 0, 0);
	} else if (polled[1].revents) {
		receive_listener(channel, &error);
		dead_with(FILTER_HINT, "openat2 is answered before the supervisor is asked (%s)", name_of_error(error));
	} else {
		dead("the command did not start");
	}
}

/* Our end of it; the other one is closed when the command runs. */
static int command_channel = -1;

static pid_t start(char **command, const sigset_t *mask)
{
	pid_t self = getpid(), child;
	int channel[2], error = 0;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0)
		failing("socketpair", errno);
	child = fork();
	if (child < 0)
		failing("fork", errno);
	if (child == 0) {
		close(channel[0]);
		be_command(command, channel[1], self, mask);
	}
	close(channel[1]);
	setpgid(child, child);
	give_terminal(child);
	if (options.policy != POLICY_NONE) {
		listener = receive_listener(channel[0], &error);
		if (error == EBUSY)
			unavailable("nested", "another supervisor is watching this process tree already", EBUSY);
		if (error)
			unavailable("seccomp", "the kernel gives no seccomp notifications here", error);
		/* 6.6: the two take turns, so they are best on one processor. Older kernels only take longer. */
		ioctl(listener, SECCOMP_IOW(4, __u64), 1UL);
		greet(channel[0]);
	}
	if (write(channel[0], "g", 1) != 1)
		dead("the command did not start");
	command_channel = channel[0];
	return child;
}

/* ------------------------------------------------------------------------------------------------ supervisor */

#define LEFT_HINT "look for what is left with ps, and end it; CAP_KILL, and /proc without hidepid, are needed"

static _Noreturn void finish(int status, const char *how)
{
	static struct line line;
	int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);

	if (kill_tree() != 0)
		dead_with(LEFT_HINT, LEFT);
	clean_up();
	line.length = 0;
	put(&line, "{\"event\":\"end\",\"status\":%d", code);
	if (options.policy == POLICY_NONE)
		put_string(&line, "policy", "none");
	else
		put(&line, ",\"policy\":\"%d\"", options.policy);
	if (WIFSIGNALED(status))
		put(&line, ",\"signal\":%d", WTERMSIG(status));
	put_string(&line, "how", how);
	write_or_die(&line);
	give_terminal(getpgid(getppid()));
	_exit(code);
}

/* Whether the command's process failed before it was the command: its status is not the command's then. */
static void check_started(void)
{
	int error;

	if (recv(command_channel, &error, sizeof(error), MSG_DONTWAIT) == (ssize_t)sizeof(error))
		failing("prctl PR_SET_PDEATHSIG", error);
}

/* True when it was the command, whose status is then set. */
static bool reap(pid_t command, int *status)
{
	bool ended = false;
	int other;
	pid_t pid;

	while ((pid = waitpid(-1, &other, WNOHANG | WUNTRACED)) > 0) {
		if (WIFSTOPPED(other)) {
			/* Nobody is there to give the terminal back to: Ctrl-Z does nothing. */
			if (pid == command && terminal >= 0)
				kill(-command, SIGCONT);
		} else if (pid == command) {
			*status = other;
			ended = true;
		} else {
			helper_ended(pid, other);
		}
	}
	return ended;
}

/* What the command has started and left is ours, so that it can be killed. */
static void adopt(void)
{
	int adopts = 0;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || prctl(PR_GET_CHILD_SUBREAPER, &adopts) != 0 || !adopts)
		failing("prctl PR_SET_CHILD_SUBREAPER", adopts ? 0 : errno);
}

static _Noreturn void supervise(char **command, int lifeline, const sigset_t *mask)
{
	long deadline = options.timeout > 0 ? now_ms() + options.timeout : 0;
	struct pollfd polled[3];
	int signals, status = 0;
	sigset_t waited;
	pid_t child;

	setpgid(0, 0);
	adopt();
	sigfillset(&waited);
	signals = signalfd(-1, &waited, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals < 0)
		failing("signalfd", errno);
	child = start(command, mask);
	polled[0] = (struct pollfd){ signals, POLLIN, 0 };
	polled[1] = (struct pollfd){ lifeline, 0, 0 };
	polled[2] = (struct pollfd){ listener, POLLIN, 0 };
	for (;;) {
		long wait = deadline ? deadline - now_ms() : -1;

		if (deadline && wait <= 0) {
			kill(-child, SIGKILL);
			finish(SIGKILL, "timeout");
		}
		if (helpers_count > 0 && (wait < 0 || wait > 100))
			wait = 100;
		if (poll(polled, 3, (int)(wait > INT_MAX ? INT_MAX : wait)) < 0 && errno != EINTR)
			failing("poll", errno);
		if (polled[1].revents)
			finish(SIGKILL, "abandoned"); /* the keeper is gone */
		/* Requests first: those of the command that ends next are to be on record before its end. */
		if (polled[2].revents & POLLIN) {
			const struct seccomp_notif *notice = receive();

			if (notice && handle(notice))
				_exit(0);
		} else if (polled[2].revents & POLLNVAL) {
			dead("the listener is not there any more");
		} else if (polled[2].revents & POLLHUP) {
			polled[2].fd = -1; /* nobody is left who could ask */
		}
		if (polled[0].revents) {
			struct signalfd_siginfo info;

			while (read(signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
				if (info.ssi_signo == SIGTERM)
					finish(SIGTERM, "stopped");
			}
			if (reap(child, &status)) {
				check_started();
				finish(status, WIFSIGNALED(status) ? "signal" : "exit");
			}
		}
		end_stale_helpers();
	}
}

/* ---------------------------------------------------------------------------------------------------- keeper */

static int keep(pid_t supervisor)
{
	/* The supervisor has its own clock; that it does not end in time means that it hangs. */
	long deadline = options.timeout > 0 ? now_ms() + options.timeout + 2000 : 0;
	sigset_t waited;

	sigemptyset(&waited);
	sigaddset(&waited, SIGCHLD);
	sigaddset(&waited, SIGTERM);
	sigaddset(&waited, SIGINT);
	sigaddset(&waited, SIGHUP);
	for (;;) {
		struct timespec second = { 1, 0 };
		int status, signal_number = sigtimedwait(&waited, NULL, &second);

		if (signal_number == SIGTERM || signal_number == SIGINT || signal_number == SIGHUP)
			kill(supervisor, SIGTERM);
		if (waitpid(supervisor, &status, WNOHANG | WUNTRACED) == supervisor) {
			if (WIFEXITED(status)) {
				if (kill_tree() != 0 && WEXITSTATUS(status) != STATUS_FAILED)
					dead_with(LEFT_HINT, LEFT);
				clean_up();
				return WEXITSTATUS(status);
			}
			kill(supervisor, SIGKILL);
			give_terminal(getpgrp());
			dead(WIFSTOPPED(status) ? "the supervisor was stopped" : "the supervisor was killed");
		}
		if (deadline && now_ms() > deadline) {
			kill(supervisor, SIGKILL);
			give_terminal(getpgrp());
			dead("the supervisor hangs");
		}
	}
}

static void check_proc(void)
{
	char self[32] = "";

	proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (proc < 0 || !on_procfs(proc))
		unavailable("proc", "/proc is not mounted", 0);
	if (readlinkat(proc, "self", self, sizeof(self) - 1) <= 0 || strtol(self, NULL, 10) != getpid())
		unavailable("proc", "/proc belongs to another PID namespace", 0);
}

/* What a filter around us forbids is seen before anything is run. What is asked for here cannot fail otherwise. */
static void check_calls(void)
{
	struct statx status;
	char from = 'x', to = 0;
	struct iovec local = { &to, 1 }, remote = { &from, 1 };
	ssize_t got = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
	int fd;

	if (got != 1 || to != from)
		failing("process_vm_readv", got < 0 ? errno : 0);
	fd = (int)open_by(proc, "self", O_PATH | O_CLOEXEC, 0, 0);
	if (fd < 0)
		failing("openat2", errno);
	if (!on_procfs(fd))
		failing("openat2", 0);
	if (statx(fd, "", AT_EMPTY_PATH, STATX_INO, &status) != 0)
		failing("statx", errno);
	if (syscall(SYS_faccessat2, fd, "", X_OK, AT_EMPTY_PATH | AT_EACCESS) != 0)
		failing("faccessat2", errno);
	close(fd);
}

static void make_sysctl_file(void)
{
	char text[8];

	if (!options.sysctl_file)
		return;
	sysctl_fd = memfd_create("open_mayexec_enforce", MFD_CLOEXEC);
	snprintf(text, sizeof(text), "%d\n", options.policy);
	if (sysctl_fd < 0 || write(sysctl_fd, text, strlen(text)) != (ssize_t)strlen(text))
		failing("memfd_create", errno);
}

static int usage(void)
{
	fputs("supervisor: see --help\n", stderr);
	return STATUS_FAILED;
}

static int number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	return *text && !*end && value >= 0 && value <= INT_MAX ? (int)value : -1;
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "policy", required_argument, NULL, 'p' }, { "records", required_argument, NULL, 'r' },
		{ "watch", no_argument, NULL, 'w' },	    { "sysctl-file", no_argument, NULL, 's' },
		{ "timeout", required_argument, NULL, 't' }, { "remove", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },	    { NULL, 0, NULL, 0 },
	};
	sigset_t all, mask;
	int option, lifeline[2];
	pid_t parent = getppid(), supervisor;
	bool policy_given = false;

	while ((option = getopt_long(argc, argv, "+", long_options, NULL)) >= 0) {
		switch (option) {
		case 'p':
			options.policy = strcmp(optarg, "none") == 0 ? POLICY_NONE : number(optarg);
			if (options.policy > 3 || (options.policy < 0 && strcmp(optarg, "none") != 0))
				return usage();
			policy_given = true;
			break;
		case 'r':
			options.records = number(optarg);
			if (options.records < 0 || fcntl(options.records, F_GETFD) < 0)
				return usage();
			break;
		case 'w':
			options.watch = true;
			break;
		case 's':
			options.sysctl_file = true;
			break;
		case 't':
			options.timeout = number(optarg);
			if (options.timeout < 0)
				return usage();
			break;
		case 'd':
			options.remove = optarg;
			break;
		case 'h':
			fputs(HELP, stdout);
			return 0;
		default:
			return usage();
		}
	}
	if (!policy_given || optind >= argc)
		return usage();
	/* With whoever started us gone, nobody wants the result; the supervisor ends when we do. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		failing("prctl PR_SET_PDEATHSIG", errno);
	if (getppid() != parent)
		return STATUS_FAILED;
	adopt();
	signal(SIGTTOU, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &mask);
	if (pipe2(lifeline, O_CLOEXEC) != 0)
		failing("pipe2", errno);
	if (isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp())
		terminal = STDIN_FILENO;
	supervisor = fork();
	if (supervisor < 0)
		failing("fork", errno);
	if (supervisor == 0) {
		close(lifeline[1]);
		if (options.policy != POLICY_NONE) {
			check_proc();
			know_self();
			check_calls();
			make_sysctl_file();
		}
		supervise(argv + optind, lifeline[0], &mask);
	}
	close(lifeline[0]);
	return keep(supervisor);
}
