/* SPDX-License-Identifier: MIT
 *
 * gaps CASE [ARGUMENT]...: opens by openat2 with O_MAYEXEC from places where the supervisor's own view is another
 * one, and prints `ok TEXT` (the first line of what was opened) or an errno's name. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define O_MAYEXEC UINT64_C(040000000)

static long open_at(int directory, const char *path, uint64_t flags, uint64_t resolve)
{
	struct open_how how = { .flags = flags | O_CLOEXEC | O_MAYEXEC, .mode = flags & O_CREAT ? 0666 : 0, .resolve = resolve };

	return syscall(SYS_openat2, directory, path, &how, sizeof(how));
}

static void show(long fd)
{
	char text[256] = "";
	ssize_t length;

	if (fd < 0) {
		puts(strerrorname_np(errno));
		return;
	}
	length = read((int)fd, text, sizeof(text) - 1);
	text[length > 0 ? length : 0] = 0;
	text[strcspn(text, "\n")] = 0;
	printf("ok %s\n", text);
	close((int)fd);
}

static void must(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(2);
	}
}

static void *thread_opens(void *argument)
{
	const char *path = argument;
	long wrong = 0;

	for (int i = 0; i < 100; i++) {
		long good = open_at(AT_FDCWD, "may", O_RDONLY, 0);
		long bad = open_at(AT_FDCWD, path, O_RDONLY, 0);

		wrong += good < 0 || bad >= 0;
		if (good >= 0)
			close((int)good);
	}
	return (void *)wrong;
}

static void threads(char *path)
{
	pthread_t all[8];
	long wrong = 0;

	for (int i = 0; i < 8; i++)
		must(-pthread_create(&all[i], NULL, thread_opens, path), "pthread_create");
	for (int i = 0; i < 8; i++) {
		void *result;

		pthread_join(all[i], &result);
		wrong += (long)result;
	}
	printf("%ld wrong\n", wrong);
}

/* A reader and a writer of the same FIFO, each blocking the other. */
static void fifo(const char *path)
{
	pid_t writer = fork();

	if (writer == 0) {
		long fd = open_at(AT_FDCWD, path, O_WRONLY, 0);

		_exit(fd < 0 || write((int)fd, "through\n", 8) != 8);
	}
	show(open_at(AT_FDCWD, path, O_RDONLY, 0));
	waitpid(writer, NULL, 0);
}

/* One that is killed while its open blocks: nobody is to be seen at the FIFO then. */
static void killed_fifo(const char *path)
{
	pid_t reader = fork();
	int fd = 0;

	if (reader == 0)
		_exit(open_at(AT_FDCWD, path, O_RDONLY, 0) < 0);
	usleep(200000);
	kill(reader, SIGKILL);
	waitpid(reader, NULL, 0);
	for (int i = 0; i < 100 && fd >= 0; i++) {
		usleep(20000);
		fd = open(path, O_WRONLY | O_NONBLOCK);
		if (fd >= 0)
			close(fd);
	}
	puts(fd < 0 ? strerrorname_np(errno) : "somebody reads");
}

/* Callers that are killed while they ask, at any moment of it. */
static void killed_often(const char *path)
{
	for (int i = 0; i < 200; i++) {
		pid_t child = fork();

		while (child == 0)
			close((int)open_at(AT_FDCWD, path, O_RDONLY, 0));
		usleep((useconds_t)(i * 37 % 1000));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	puts("done");
}

/* The path ends right before memory that is not there; another one does not end. */
static void edges(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *last = pages + 4096 - 4;
	static char endless[8192];

	munmap(pages + 4096, 4096);
	memcpy(last, "may", 4);
	show(open_at(AT_FDCWD, last, O_RDONLY, 0));
	show(open_at(AT_FDCWD, (char *)8, O_RDONLY, 0));
	memset(endless, 'x', sizeof(endless) - 1);
	show(open_at(AT_FDCWD, endless, O_RDONLY, 0));
	show(open_at(AT_FDCWD, "", O_RDONLY, 0));
	show(syscall(SYS_openat2, AT_FDCWD, "may", pages + 4096, sizeof(struct open_how)));
	show(syscall(SYS_openat2, AT_FDCWD, "may", last, 8));
}

/* By the calls of another architecture, which take the same number. The path is left out: nobody is to read it. */
static void foreign(const char *which)
{
	long result = -1;

#ifdef __x86_64__
	if (strcmp(which, "32-getpid") == 0) {
		__asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
		puts(result == getpid() ? "itself" : "another");
		return;
	}
	if (strcmp(which, "x32") == 0) {
		result = syscall(0x40000000 | SYS_openat2, AT_FDCWD, "may-not", NULL, sizeof(struct open_how));
	} else {
		__asm__ volatile("int $0x80" : "=a"(result) : "a"(SYS_openat2), "b"(0), "c"(0), "d"(0), "S"(0) : "memory");
		errno = (int)-result;
	}
#else
	(void)which;
	errno = ENOTSUP;
#endif
	show(result < 0 ? -1 : result);
}

/* A structure of a kernel to come: longer, and with something at its end or nothing. */
static void longer(const char *path)
{
	struct {
		struct open_how how;
		uint64_t more[2];
	} asked = { .how.flags = O_RDONLY | O_CLOEXEC | O_MAYEXEC };

	show(syscall(SYS_openat2, AT_FDCWD, path, &asked, sizeof(asked)));
	asked.more[1] = 1;
	show(syscall(SYS_openat2, AT_FDCWD, path, &asked, sizeof(asked)));
}

/* Structures of all sizes: what is behind the part that is known is to be nothing. */
static void sizes(const char *path)
{
	static const size_t all[] = { 23, 24, 25, 32, 4096, 4097, 65536 };
	static union {
		struct open_how how;
		char bytes[65536];
	} asked = { .how.flags = O_RDONLY | O_CLOEXEC | O_MAYEXEC };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		printf("%zu ", all[i]);
		show(syscall(SYS_openat2, AT_FDCWD, path, &asked, all[i]));
		if (all[i] <= sizeof(asked.how) || all[i] > 4096)
			continue;
		asked.bytes[all[i] - 1] = 1;
		printf("%zu with something at its end ", all[i]);
		show(syscall(SYS_openat2, AT_FDCWD, path, &asked, all[i]));
		asked.bytes[all[i] - 1] = 0;
	}
}

/* With no descriptor left, a file is neither made nor emptied. */
static void full(const char *path)
{
	struct rlimit few = { 64, 64 };
	struct stat status;

	must(setrlimit(RLIMIT_NOFILE, &few), "setrlimit");
	while (dup(0) >= 0)
		;
	show(open_at(AT_FDCWD, "made", O_RDWR | O_CREAT, 0));
	puts(access("made", F_OK) == 0 ? "made" : "not made");
	show(open_at(AT_FDCWD, path, O_WRONLY | O_TRUNC, 0));
	must(stat(path, &status), path);
	puts(status.st_size == 0 ? "emptied" : "not emptied");
	show(open_at(AT_FDCWD, "missing", O_RDONLY, 0));
	show(open_at(AT_FDCWD, "", O_RDONLY, 0));
	show(open_at(AT_FDCWD, path, O_PATH, 0));
	close(33);
	show(open_at(AT_FDCWD, path, O_RDONLY, 0));
}

/* A mount is free as soon as its last file has been closed, or was refused. */
static void busy_mount(void)
{
	int busy = 0;

	must(mkdir("mount", 0755), "mount");
	for (int i = 0; i < 300; i++) {
		int fd;

		must(mount("tmpfs", "mount", "tmpfs", 0, NULL), "mount");
		fd = open("mount/file", O_WRONLY | O_CREAT, 0700);
		must(fd, "mount/file");
		must(fchmod(fd, i % 3 == 0 ? 0600 : 0700), "mount/file");
		close(fd);
		fd = (int)open_at(AT_FDCWD, i % 3 == 1 ? "mount/../mount/file" : "mount/file", O_RDONLY, 0);
		if (fd >= 0)
			close(fd);
		while (umount("mount") != 0) {
			busy++;
			usleep(1000);
		}
	}
	printf("%d of 300\n", busy);
}

/* What was opened to be written to can be run as soon as it is closed. */
static void busy_text(char *program)
{
	int busy = 0;

	for (int i = 0; i < 300; i++) {
		char *arguments[] = { program, NULL };
		int fd = (int)open_at(AT_FDCWD, program, O_WRONLY, 0), status;

		must(fd, program);
		close(fd);
		if (fork() == 0) {
			execv(program, arguments);
			_exit(errno == ETXTBSY ? 3 : 4);
		}
		wait(&status);
		busy += status == 3 << 8;
		if (status != 0 && status != 3 << 8) {
			puts("it does not run");
			return;
		}
	}
	printf("%d of 300\n", busy);
}

/* Links in a sticky folder that all may write to: of another user, of the folder's owner, of the caller, and one of
 * another user that does not end the path. */
static void sticky(void)
{
	static const struct {
		const char *to, *name;
		uid_t owner;
	} links[] = { { "in", "of-other", 1000 }, { "in", "of-root", 0 }, { "in", "own", 65534 }, { ".", "here", 1000 } };
	int fd;

	must(mkdir("sticky", 0755), "sticky");
	must(chmod("sticky", 01777), "sticky");
	fd = open("sticky/in", O_WRONLY | O_CREAT, 0700);
	must(fd, "sticky/in");
	must((int)write(fd, "in\n", 3), "sticky/in");
	must(fchmod(fd, 0755), "sticky/in");
	close(fd);
	must(chdir("sticky"), "sticky");
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		must(symlink(links[i].to, links[i].name), links[i].name);
		must(lchown(links[i].name, links[i].owner, links[i].owner), links[i].name);
	}
	must(setresgid(65534, 65534, 65534), "setresgid");
	must(setresuid(65534, 65534, 65534), "setresuid");
	show(open_at(AT_FDCWD, "of-other", O_RDONLY, 0));
	show(open_at(AT_FDCWD, "of-root", O_RDONLY, 0));
	show(open_at(AT_FDCWD, "own", O_RDONLY, 0));
	show(open_at(AT_FDCWD, "here/in", O_RDONLY, 0));
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	char *path = argc > 2 ? argv[2] : "";

	setvbuf(stdout, NULL, _IONBF, 0);
	if (strcmp(what, "open") == 0) {
		show(open_at(AT_FDCWD, path, O_RDONLY, 0));
	} else if (strcmp(what, "at") == 0) {
		show(open_at(open(path, O_PATH | O_DIRECTORY), argv[3], O_RDONLY, 0));
		show(open_at(999, argv[3], O_RDONLY, 0));
		show(open_at(-5, argv[3], O_RDONLY, 0));
	} else if (strcmp(what, "chroot") == 0) {
		must(chroot(path), "chroot");
		must(chdir("/"), "chdir");
		for (int i = 3; i < argc; i++)
			show(open_at(AT_FDCWD, argv[i], O_RDONLY, 0));
	} else if (strcmp(what, "namespace") == 0) {
		must(unshare(CLONE_NEWNS), "unshare");
		must(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), "mount");
		must(mount("tmpfs", path, "tmpfs", 0, NULL), "mount");
		must(chdir("/"), "chdir");
		for (int i = 3; i < argc; i += 2) {
			int fd = open(argv[i], O_WRONLY | O_CREAT, 0600);

			must(fd, argv[i]);
			must((int)write(fd, "inside\n", 7), argv[i]);
			must(fchmod(fd, (mode_t)strtoul(argv[i + 1], NULL, 8)), argv[i]);
			close(fd);
			show(open_at(AT_FDCWD, argv[i], O_RDONLY, 0));
		}
	} else if (strcmp(what, "pids") == 0) {
		must(unshare(CLONE_NEWNS | CLONE_NEWPID), "unshare");
		if (fork() == 0) {
			must(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), "mount");
			must(mount("proc", "/proc", "proc", 0, NULL), "mount");
			must(dup2(open(path, O_RDONLY), 9), "dup2");
			show(open_at(AT_FDCWD, "/proc/self/fd/9", O_RDONLY, 0));
			show(open_at(AT_FDCWD, "/proc/thread-self/fd/9", O_RDONLY, 0));
			show(open_at(AT_FDCWD, "/dev/fd/9", O_RDONLY, 0));
			_exit(0);
		}
		wait(NULL);
	} else if (strcmp(what, "umask") == 0) {
		struct stat status;

		umask(027);
		show(open_at(AT_FDCWD, "made", O_RDWR | O_CREAT, 0));
		printf("%o\n", stat("made", &status) == 0 ? status.st_mode & 07777 : 0);
	} else if (strcmp(what, "create") == 0) {
		show(open_at(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL, 0));
	} else if (strcmp(what, "resolve") == 0) {
		show(open_at(AT_FDCWD, path, O_RDONLY, RESOLVE_BENEATH));
		show(open_at(AT_FDCWD, path, O_RDONLY, RESOLVE_IN_ROOT));
		show(open_at(AT_FDCWD, path, O_RDONLY, RESOLVE_NO_SYMLINKS));
	} else if (strcmp(what, "threads") == 0) {
		threads(path);
	} else if (strcmp(what, "fifo") == 0) {
		fifo(path);
	} else if (strcmp(what, "killed-fifo") == 0) {
		killed_fifo(path);
	} else if (strcmp(what, "undumpable") == 0) {
		must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl");
		show(open_at(AT_FDCWD, path, O_RDONLY, 0));
	} else if (strcmp(what, "undumpable-plain") == 0) {
		must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl");
		show(open(path, O_RDONLY | O_CLOEXEC));
	} else if (strcmp(what, "undumpable-access") == 0) {
		must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl");
		puts(faccessat(AT_FDCWD, path, R_OK, 0) == 0 ? "ok" : strerrorname_np(errno));
	} else if (strcmp(what, "undumpable-sleeper") == 0) {
		must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl");
		if (fork() == 0) {
			/* Nobody is to wait for the end of what it could print. */
			for (int fd = 0; fd < 64; fd++)
				close(fd);
			pause();
		}
	} else if (strcmp(what, "few") == 0) {
		struct rlimit few = { 3, 3 };

		must(setrlimit(RLIMIT_NOFILE, &few), "setrlimit");
		show(open_at(AT_FDCWD, path, O_RDONLY, 0));
	} else if (strcmp(what, "killed-often") == 0) {
		killed_often(path);
	} else if (strcmp(what, "foreign") == 0) {
		foreign(path);
	} else if (strcmp(what, "longer") == 0) {
		longer(path);
	} else if (strcmp(what, "sizes") == 0) {
		sizes(path);
	} else if (strcmp(what, "full") == 0) {
		full(path);
	} else if (strcmp(what, "busy-mount") == 0) {
		busy_mount();
	} else if (strcmp(what, "busy-text") == 0) {
		busy_text(path);
	} else if (strcmp(what, "sticky") == 0) {
		sticky();
	} else if (strcmp(what, "uring") == 0) {
		char parameters[120] = "";

		show(syscall(SYS_io_uring_setup, 1, parameters));
	} else if (strcmp(what, "edges") == 0) {
		edges();
	} else if (strcmp(what, "securebits") == 0) {
		printf("%x\n", (unsigned int)prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
	} else {
		return 2;
	}
	return 0;
}
