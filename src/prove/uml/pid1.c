/* SPDX-License-Identifier: MIT
 *
 * The first process of the User Mode Linux guest of the bed `uml`. It mounts what programs expect, then runs jobs, one
 * after the other, until the host closes the line between them; then it switches the machine off.
 *
 * The line is the serial port PORT. The host writes `run N`, the guest answers with one of
 *
 *     ready                                             once, when jobs can be run
 *     end N HOW STATUS POLICY STDOUT STDERR             HOW: exit, signal, timeout or flood; the policy that was in
 *                                                       force in the end; the length of both streams in bytes
 *     failed N REASON                                   the job has no result
 *
 * `exchange` of the environment (the kernel hands on what it does not know of its command line) names a folder of the
 * host, which is mounted where no job sees it. The host puts there, for job N,
 *
 *     N.job        a line each, bytes outside of [A-Za-z0-9_./-] as %XX: policy NUMBER, timeout MS, most BYTES (of each
 *                  stream), work PATH (a folder that is made for the job, below /tmp), argument TEXT and environment
 *                  NAME=VALUE in their order; input, where there is a
 *     N.input      which the job reads through a socket: what a pipe of the host's is, too; else it has /dev/null
 *     N.fixtures   which the job has at descriptor 4
 *
 * and finds N.out and N.err there.
 *
 * A job has PID and mount namespaces of its own, /tmp, /dev/shm and /dev/pts among the mounts: nothing of it is left. What
 * the host has in /tmp is there as links.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../decode.h"

#define PORT "/dev/ttyS0"
#define SYSCTL "/proc/sys/fs/open_mayexec_enforce"
#define SHOWN "/tmp/.host"
#define FIXTURES 4
#define MAX_WORDS 4096
/* What the namespace's first process ends with where the job could not be started. */
#define STATUS_FAILED 125

static int line = -1, exchange = -1;

static _Noreturn void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

/* To the console, whose text the host shows where the guest dies. */
static _Noreturn __attribute__((format(printf, 1, 2))) void die(const char *format, ...)
{
	int error = errno;
	va_list arguments;

	va_start(arguments, format);
	vdprintf(1, format, arguments);
	va_end(arguments);
	dprintf(1, ": %s\n", strerror(error));
	power_off();
}

/* --------------------------------------------------------------------------------------------------- the machine */

static void mount_at(const char *path, const char *type, unsigned long flags, const char *options)
{
	mkdir(path, 0755);
	if (mount(type, path, type, flags, options) != 0)
		die("%s", path);
}

static void link_at(const char *path, const char *to)
{
	if (symlink(to, path) != 0)
		die("%s", path);
}

/* Programs of the host may lie in its /tmp: they are found there as ever, through links to where it is shown. */
static void show_temporary(void)
{
	DIR *folder;

	if (mkdir(SHOWN, 0755) != 0 || mount("none", SHOWN, "hostfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "/tmp") != 0)
		die("%s", SHOWN);
	folder = opendir(SHOWN);
	for (const struct dirent *entry; folder && (entry = readdir(folder));) {
		char link[sizeof(entry->d_name) + 8], to[sizeof(entry->d_name) + sizeof(SHOWN) + 1];

		snprintf(link, sizeof(link), "/tmp/%s", entry->d_name);
		snprintf(to, sizeof(to), "%s/%s", SHOWN, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && symlink(to, link) != 0 &&
		    errno != EEXIST)
			die("%s", link);
	}
	if (folder)
		closedir(folder);
}

/* What belongs to a job alone. */
static void mount_private(void)
{
	mount_at("/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
	mount_at("/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
	mount_at("/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "ptmxmode=0666,mode=0620,gid=5");
}

static void set_up(void)
{
	const char *folder = getenv("exchange");

	mount_at("/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	mount_at("/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	mount_at("/dev", "devtmpfs", MS_NOSUID, "mode=0755");
	link_at("/dev/fd", "/proc/self/fd");
	link_at("/dev/stdin", "/proc/self/fd/0");
	link_at("/dev/stdout", "/proc/self/fd/1");
	link_at("/dev/stderr", "/proc/self/fd/2");
	mount_private();
	if (!folder)
		die("exchange");
	mkdir("/tmp/exchange", 0700);
	if (mount("none", "/tmp/exchange", "hostfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, folder) != 0)
		die("mounting %s of the host", folder);
	exchange = open("/tmp/exchange", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* It is there for whoever has it open. */
	if (exchange < 0 || umount2("/tmp/exchange", MNT_DETACH) != 0)
		die("%s", folder);
}

static void open_line(void)
{
	struct termios settings;

	line = open(PORT, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (line < 0 || tcgetattr(line, &settings) != 0)
		die("%s", PORT);
	cfmakeraw(&settings);
	if (tcsetattr(line, TCSANOW, &settings) != 0)
		die("%s", PORT);
}

/* ------------------------------------------------------------------------------------------------------ a job */

struct job {
	unsigned long number;
	int policy;
	long timeout, most;
	const char *work;
	bool has_input;
	char *arguments[MAX_WORDS], *environment[MAX_WORDS];
	char *text;
};

/* How a job ended. */
struct end {
	const char *how;
	int status, policy;
	long lengths[2];
};

/* Why a job has no result; it is told to the host. */
static char reason[256];

static __attribute__((format(printf, 1, 2))) bool failed(const char *format, ...)
{
	int error = errno;
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	length = strlen(reason);
	if (error != 0)
		snprintf(reason + length, sizeof(reason) - length, ": %s", strerror(error));
	return false;
}

static int open_file(unsigned long number, const char *ending, int flags)
{
	char name[64];

	snprintf(name, sizeof(name), "%lu.%s", number, ending);
	return openat(exchange, name, flags | O_CLOEXEC, 0600);
}

static char *read_whole(int fd)
{
	struct stat status;
	char *text;
	ssize_t length = 0, got = 1;

	if (fd < 0 || fstat(fd, &status) != 0 || !(text = malloc((size_t)status.st_size + 1)))
		return NULL;
	while (got > 0 && length < status.st_size) {
		got = read(fd, text + length, (size_t)(status.st_size - length));
		length += got > 0 ? got : 0;
	}
	text[length] = 0;
	return text;
}

static bool read_word(struct job *job, size_t counts[2], const char *word, char *value)
{
	bool is_argument = strcmp(word, "argument") == 0;

	decode(value);
	if (is_argument || strcmp(word, "environment") == 0) {
		size_t *count = &counts[is_argument ? 0 : 1];

		if (*count + 1 >= MAX_WORDS)
			return false;
		(is_argument ? job->arguments : job->environment)[(*count)++] = value;
	} else if (strcmp(word, "policy") == 0) {
		job->policy = (int)strtol(value, NULL, 10);
	} else if (strcmp(word, "timeout") == 0) {
		job->timeout = strtol(value, NULL, 10);
	} else if (strcmp(word, "most") == 0) {
		job->most = strtol(value, NULL, 10);
	} else if (strcmp(word, "work") == 0) {
		job->work = value;
	} else if (strcmp(word, "input") == 0) {
		job->has_input = true;
	} else {
		return false;
	}
	return true;
}

static bool read_job(struct job *job)
{
	int fd = open_file(job->number, "job", O_RDONLY);
	size_t counts[2] = { 0, 0 };
	char *rest = NULL;

	job->text = read_whole(fd);
	if (!job->text)
		return failed("the job cannot be read");
	close(fd);
	for (char *one = strtok_r(job->text, "\n", &rest); one; one = strtok_r(NULL, "\n", &rest)) {
		char *value = strchr(one, ' ');

		if (value)
			*value++ = 0;
		errno = 0;
		if (!read_word(job, counts, one, value ? value : one + strlen(one)))
			return failed("a line of the job: %s", one);
	}
	errno = 0;
	if (counts[0] == 0 || !job->work || job->timeout <= 0 || job->most <= 0)
		return failed("the job is not whole");
	return true;
}

/* The policy that is in force; -1 where it cannot be read. */
static int read_policy(void)
{
	int fd = open(SYSCTL, O_RDONLY | O_CLOEXEC);
	char text[16] = "";
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	return length > 0 && isdigit((unsigned char)text[0]) ? (int)strtol(text, NULL, 10) : -1;
}

static bool set_policy(int policy)
{
	int fd = open(SYSCTL, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || dprintf(fd, "%d\n", policy) < 0)
		return failed(SYSCTL);
	close(fd);
	errno = 0;
	return read_policy() == policy || failed("policy %d was set, and is not in force", policy);
}

/* The namespace's first process: it lives as long as the command, and what is left of the job ends with it. */
static _Noreturn void lead(const struct job *job, const int fds[3], int fixtures, int answer)
{
	pid_t command, ended;
	int status = 0;

	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		_exit(STATUS_FAILED);
	mount_at("/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	mount_private();
	show_temporary();
	if (mkdir(job->work, 0755) != 0)
		_exit(STATUS_FAILED);
	command = fork();
	if (command == 0) {
		setsid();
		/* Moved up first, so that none is overwritten before it is copied. */
		int moved[4] = { fcntl(fds[0], F_DUPFD, 100), fcntl(fds[1], F_DUPFD, 100), fcntl(fds[2], F_DUPFD, 100),
				 fcntl(fixtures, F_DUPFD, 100) };

		for (int one = 0; one < 3; one++)
			dup2(moved[one], one);
		dup2(moved[3], FIXTURES);
		close(3);
		close_range(FIXTURES + 1, ~0U, 0);
		signal(SIGPIPE, SIG_DFL);
		if (chdir("/") == 0)
			execve(job->arguments[0], job->arguments, job->environment);
		dprintf(2, "stage: failed: %s: %s\n", job->arguments[0], strerror(errno));
		_exit(STATUS_FAILED);
	}
	/* The streams end with the job. */
	for (int one = 0; one < 3; one++)
		close(fds[one]);
	while (command > 0 && (ended = wait(&status)) != command)
		if (ended < 0 && errno != EINTR)
			_exit(STATUS_FAILED);
	if (command < 0 || write(answer, &status, sizeof(status)) != sizeof(status))
		_exit(STATUS_FAILED);
	_exit(0);
}

/* The host's end of the job's streams, and what has passed. */
struct streams {
	int input, out[2], files[2];
	int from;
	long lengths[2];
};

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t done = write(fd, bytes, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		bytes += done;
		length -= (size_t)done;
	}
	return true;
}

/* Gives the command some of its input. */
static void give(struct streams *streams)
{
	char buffer[4096];
	ssize_t length = read(streams->from, buffer, sizeof(buffer)), sent;

	if (length > 0) {
		sent = send(streams->input, buffer, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
		/* What it has not taken is read again. */
		if (sent >= 0 || errno == EAGAIN) {
			lseek(streams->from, (sent > 0 ? sent : 0) - length, SEEK_CUR);
			return;
		}
	}
	close(streams->input);
	streams->input = -1;
}

/* Takes some of a stream. Returns false where it is too much. */
static bool take(struct streams *streams, int which, long most)
{
	char buffer[65536];
	ssize_t length = read(streams->out[which], buffer, sizeof(buffer));

	if (length <= 0) {
		close(streams->out[which]);
		streams->out[which] = -1;
		return true;
	}
	if (length > most - streams->lengths[which])
		length = most - streams->lengths[which];
	if (!write_all(streams->files[which], buffer, (size_t)length))
		die("what a job printed cannot be kept");
	streams->lengths[which] += length;
	return streams->lengths[which] < most;
}

/* Looks after the streams until the job has ended, which `answer` tells, or is to be ended. Returns how. */
static const char *look_after(struct streams *streams, const struct job *job, int answer)
{
	long deadline = now() + job->timeout;
	bool has_ended = false;

	while (streams->out[0] >= 0 || streams->out[1] >= 0 || !has_ended) {
		struct pollfd polled[5] = {
			{ streams->out[0], POLLIN, 0 }, { streams->out[1], POLLIN, 0 },
			{ streams->input, POLLOUT, 0 }, { line, POLLIN, 0 },
			{ has_ended ? -1 : answer, POLLIN, 0 },
		};
		long left = deadline - now();

		if (left <= 0)
			return "timeout";
		if (poll(polled, 5, (int)left) < 0 && errno != EINTR)
			die("poll");
		/* The host says nothing now, unless it is gone. */
		if (polled[3].revents)
			power_off();
		for (int which = 0; which < 2; which++)
			if (polled[which].revents && !take(streams, which, job->most))
				return "flood";
		if (polled[2].revents)
			give(streams);
		has_ended = has_ended || polled[4].revents;
	}
	return "exit";
}

static bool pairs(int fds[3], struct streams *streams, const struct job *job)
{
	for (int one = 0; one < 3; one++) {
		int ends[2];

		if (one == 0 && !job->has_input) {
			fds[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
			continue;
		}
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
			return failed("socketpair");
		fds[one] = ends[0];
		*(one == 0 ? &streams->input : &streams->out[one - 1]) = ends[1];
	}
	streams->files[0] = open_file(job->number, "out", O_WRONLY | O_CREAT | O_EXCL);
	streams->files[1] = open_file(job->number, "err", O_WRONLY | O_CREAT | O_EXCL);
	streams->from = job->has_input ? open_file(job->number, "input", O_RDONLY) : -1;
	if (fds[0] < 0 || streams->files[0] < 0 || streams->files[1] < 0 || (job->has_input && streams->from < 0))
		return failed("the job's files");
	return true;
}

static void close_all(const int *fds, size_t count)
{
	for (size_t one = 0; one < count; one++)
		if (fds[one] >= 0)
			close(fds[one]);
}

static bool run_in_namespaces(const struct job *job, struct end *end)
{
	int fds[3] = { -1, -1, -1 }, answer[2] = { -1, -1 }, fixtures = open_file(job->number, "fixtures", O_RDONLY);
	struct streams streams = { -1, { -1, -1 }, { -1, -1 }, -1, { 0, 0 } };
	int leader_status = 0, status = 0;
	bool is_told = false;
	pid_t leader;

	if (fixtures < 0 || pipe2(answer, O_CLOEXEC) != 0)
		return failed("the job's fixtures");
	if (!pairs(fds, &streams, job))
		return false;
	leader = (pid_t)syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | SIGCHLD, NULL, NULL, NULL, NULL);
	if (leader == 0) {
		close_all((int[]){ streams.input, streams.out[0], streams.out[1], answer[0], line }, 5);
		lead(job, fds, fixtures, answer[1]);
	}
	close_all((int[]){ fds[0], fds[1], fds[2], fixtures, answer[1] }, 5);
	if (leader < 0)
		return failed("a process with namespaces");
	end->how = look_after(&streams, job, answer[0]);
	if (strcmp(end->how, "exit") != 0)
		kill(leader, SIGKILL);
	while (waitpid(leader, &leader_status, 0) < 0 && errno == EINTR)
		;
	is_told = read(answer[0], &status, sizeof(status)) == sizeof(status);
	close_all((int[]){ streams.input, streams.out[0], streams.out[1], streams.from, answer[0] }, 5);
	/* The files are written on the host when they are closed. */
	for (int which = 0; which < 2; which++) {
		if (fsync(streams.files[which]) != 0 || close(streams.files[which]) != 0)
			return failed("what the job printed");
		end->lengths[which] = streams.lengths[which];
	}
	errno = 0;
	if (strcmp(end->how, "exit") != 0) {
		end->status = 128 + SIGKILL;
		return true;
	}
	if (!is_told)
		return failed("the job's first process ended with status %d", leader_status);
	if (WIFSIGNALED(status))
		end->how = "signal";
	end->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	return true;
}

static void run_job(unsigned long number)
{
	struct job job = { .number = number, .policy = -1 };
	struct end end = { .how = "" };
	bool done = read_job(&job) && set_policy(job.policy) && run_in_namespaces(&job, &end);

	if (done)
		dprintf(line, "end %lu %s %d %d %ld %ld\n", number, end.how, end.status, read_policy(), end.lengths[0],
			end.lengths[1]);
	else
		dprintf(line, "failed %lu %s\n", number, reason);
	free(job.text);
}

int main(void)
{
	char text[64];
	size_t length = 0;

	signal(SIGPIPE, SIG_IGN);
	umask(022);
	set_up();
	open_line();
	dprintf(line, "ready\n");
	for (;;) {
		unsigned long number;
		ssize_t got = read(line, text + length, sizeof(text) - 1 - length);

		if (got < 0 && errno == EINTR)
			continue;
		/* The host is gone, or talks nonsense. */
		if (got <= 0)
			power_off();
		length += (size_t)got;
		text[length] = 0;
		if (!strchr(text, '\n') && length + 1 < sizeof(text))
			continue;
		if (sscanf(text, "run %lu\n", &number) != 1)
			die("a line of the host: %s", text);
		length = 0;
		run_job(number);
	}
}
