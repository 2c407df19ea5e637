/* SPDX-License-Identifier: MIT */
/* Where a path leads, as the caller would come there. */
#ifndef PATH_H
#define PATH_H

#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include "caller.h"

/* Where a path leads. The descriptors are O_PATH; -1 where there is none. */
struct place {
	int fd;			 /* what is there; -1 where a file is to be made */
	int folder;		 /* the folder of the last name; -1 unless a file may be made, or O_NOFOLLOW was asked for */
	char name[NAME_MAX + 1]; /* in that folder */
	bool slash;		 /* the path asks for a folder, by a slash at its end or at that of a link */
};

#define NOWHERE ((struct place){ .fd = -1, .folder = -1 })

/* openat2 without the flag. */
long open_by(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

bool on_procfs(int fd);

/* fstat, which does not fail. */
void look_at(int fd, struct stat *status);

/* Whether an open makes a file, and only if there is none. */
bool makes_new(uint64_t flags);

/* Whether a path begins at the caller's root, and not where `directory` says. */
bool begins_at_root(const char *path, uint64_t resolve);

/* Goes along a path, which is not empty, with the credentials of the caller, as the search permission of each folder
 * counts. The base is where it begins. Returns 0 or an errno. */
int find(const struct task *task, int root, int base, const char *path, const struct open_how *how,
	 struct place *place);

/* Closes what a place holds. */
void leave(struct place *place);

#endif
