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
