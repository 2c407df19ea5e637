/* SPDX-License-Identifier: MIT */
/* Seccomp notifications: the filter, the requests that it brings, and their answers. */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <limits.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "caller.h"

/* Where requests come from; -1 before there is a command. */
extern int listener;

/* The calls that are looked at, and where their path and flags stand. */
struct call {
	int number;
	const char *name;
	int directory, path, flags;
	enum { ALWAYS, WATCHED, SYSCTL } when;
};

/* What is asked, read from the caller. */
struct request {
	uint64_t id;
	pid_t tid;
	const char *call;
	int directory;
	struct open_how how;
	char path[PATH_MAX];
	int path_error; /* 0, EFAULT, ENAMETOOLONG */
};

/* Has this process watched. Returns the listener, or -1 with errno. */
int install_filter(void);

/* The command's process: an errno (0 for none), with the listener beside it. */
void send_listener(int channel, int fd, int error);
int receive_listener(int channel, int *error);

/* NULL when the caller was killed meanwhile. */
const struct seccomp_notif *receive(void);

/* The call that a notification is about; NULL for those of another architecture. */
const struct call *call_of(const struct seccomp_notif *notice);

/* Reads the request. Returns 0 or the errno that it deserves, ESRCH when nobody asks any more; -1 when the kernel is to
 * say what is wrong with it. What is wrong with the path alone comes after what is wrong with the flags. */
int read_request(const struct seccomp_notif *notice, const struct call *call, struct request *request);

/* False when the caller was killed meanwhile; nothing is to be answered then. */
bool still_asking(uint64_t id);

void answer(uint64_t id, int error, int64_t value, uint32_t flags);

/* Has the kernel do what was asked. */
void go_on(uint64_t id);

void record_open(const struct request *request, const struct task *task, const char *outcome, int error,
		 const char *why);

/* Answers with an errno; with a reason where it is the policy's. */
void refuse(const struct request *request, const struct task *task, int error, const char *why);

/* Gives the descriptor to the caller, and closes it before the caller goes on. */
void hand_over(const struct request *request, const struct task *task, int fd);

#endif
