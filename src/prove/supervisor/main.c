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
 *
 * The files, by what they know:
 *
 *     main      the command line, and the keeper
 *     run       the command, and the loop around it
 *     serve     a request, from its beginning to its answer
 *     protocol  seccomp notifications: the filter, requests, answers, descriptors, records of opens
 *     caller    who asks: what /proc tells of a task, and being it for a while
 *     path      where a path leads, as the caller would come there
 *     policy    the rules of O_MAYEXEC
 *     tree      the processes below, finding and killing them
 *     report    records, messages, and the end of a run that counts for nothing
 */
#define _GNU_SOURCE
#include <ctype.h>
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "caller.h"
#include "options.h"
#include "path.h"
#include "report.h"
#include "run.h"
#include "serve.h"
#include "tree.h"

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
	"  - a process that changes its user without an exec opens its descriptors in /proc/self, not its other files there\n"
	"  - in a user namespace, users whom it does not map are one and the same for fs.protected_symlinks\n"
	"  - a thread that takes the last free descriptor while another makes or empties a file has that end with EMFILE\n"
	"  - before Linux 5.19, the supervisor holds the opened file for a moment after the caller has it\n"
	"  - a flagged open of a FIFO under policy 0 blocks, but only a deadly signal interrupts it\n"
	"  - mayexec sandbox and the test beds give the command descriptors 0, 1 and 2 only\n"
	"  - one supervisor a process tree: inside another one it fails with EBUSY and says so\n";

struct options options = { .policy = POLICY_NONE, .records = -1 };

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
