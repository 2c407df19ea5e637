/* SPDX-License-Identifier: MIT */
/* Whoever asks: what /proc tells of a task, and being it for a while. */
#ifndef CALLER_H
#define CALLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/* /proc as it was at the start: O_PATH, used for everything that is read of the caller. */
extern int proc;

#define MAX_LEVELS 33 /* nested PID namespaces: the kernel's limit is 32 */
#define MAX_GROUPS 4096

/* What decides about an open, as /proc/TID/status tells it. */
struct task {
	pid_t tid, tgid;
	uid_t fsuid;
	gid_t fsgid;
	mode_t umask;
	uint64_t descriptors; /* room in its table, which may grow */
	uint64_t capabilities;
	char name[64];
	size_t groups_count;
	gid_t groups[MAX_GROUPS];
	/* Its ids in each PID namespace, from /proc's own inwards. */
	size_t levels;
	pid_t tgids[MAX_LEVELS], tids[MAX_LEVELS];
};

/* Numbers that a text begins with. Returns how many there are, or `most`. */
size_t numbers(const char *text, pid_t *values, size_t most);

/* A whole file as a text. Returns its length; 0 where it cannot be read. */
size_t read_text(int directory, const char *path, char *text, size_t size);

/* False unless all that decides about an open was told. */
bool read_task(pid_t tid, struct task *task);

/* An O_PATH descriptor of what /proc/TID has by a name (`root`, `cwd`, `fd/N`), or -1. */
int open_of_task(pid_t tid, const char *what);

/* Reads this process's own credentials. To be called first, and after they have changed. */
void know_self(void);

/* Takes the caller's umask, file ids, groups and capabilities, and gives them back. */
void become(const struct task *task);
void become_self(void);

/* Goes into the caller's user namespace, for good. False, with errno, where that fails. */
bool enter_user_namespace(const struct task *task);

/* Whether a file belongs to users whom our user namespace has. Where not, no capability is of use for it. */
bool is_mapped(const struct stat *status);

/* Whether the caller's limit leaves it room for one more descriptor; -1 with errno where that cannot be seen. */
int has_room(const struct task *task);

/* Ends the run, as something of a caller that is still there cannot be seen. `what` goes before "of NAME". */
_Noreturn void blind(pid_t tid, const char *what, int error);

#endif
