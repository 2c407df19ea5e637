/* SPDX-License-Identifier: MIT */
/* The rules of O_MAYEXEC. */
#ifndef POLICY_H
#define POLICY_H

#include <stdint.h>
#include <sys/stat.h>
#include "caller.h"

/* Judges what was found, with the credentials of the caller; the flags are those of the open. Returns 0 or an errno;
 * where it is the policy that refuses, also the reason. */
int judge(int fd, const struct stat *status, uint64_t flags, const struct task *task, const char **why);

#endif
