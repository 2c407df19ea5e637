/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "options.h"
#include "protocol.h"
#include "report.h"
#include "run.h"
#include "serve.h"
#include "tree.h"

/* What the first call of the command's process is answered with: openat2 has no such error. */
#define GREETING EDOTDOT

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

int terminal = -1;

void give_terminal(pid_t group)
{
	if (terminal >= 0)
		tcsetpgrp(terminal, group);
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
_Noreturn void supervise(char **command, int lifeline, const sigset_t *mask)
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
		if (helpers_running() > 0 && (wait < 0 || wait > 100))
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
