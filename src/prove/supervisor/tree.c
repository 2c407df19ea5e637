/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "report.h"
#include "tree.h"

/* How long processes may take to die, in ms, while none of them does. */
#define KILL_TIME 1500

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

long now_ms(void)
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

int kill_tree(void)
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

void adopt(void)
{
	int adopts = 0;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || prctl(PR_GET_CHILD_SUBREAPER, &adopts) != 0 || !adopts)
		failing("prctl PR_SET_CHILD_SUBREAPER", adopts ? 0 : errno);
}
