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

/* Where the path of a request leads: an O_PATH descriptor, or the folder in which a file is to be made. */
struct place {
	int fd;
	int folder;		 /* when fd < 0 and the file may be created */
	char name[NAME_MAX + 1]; /* in that folder */
};

/* openat2 without the flag. */
long open_by(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

bool on_procfs(int fd);

/* fstat, which does not fail. */
void look_at(int fd, struct stat *status);

/* Whether an open makes a file, and only if there is none. */
bool makes_new(uint64_t flags);

/* With the credentials of the caller, as the search permission of each folder counts. Returns 0 or an errno. */
int find(const struct task *task, int root, int base, const char *path, const struct open_how *how,
	 struct place *place);

#endif
