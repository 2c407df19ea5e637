/* SPDX-License-Identifier: MIT */
/* The rules of O_MAYEXEC. */
#ifndef POLICY_H
#define POLICY_H

#include <sys/stat.h>
#include "caller.h"

/* Judges what was found, with the credentials of the caller. Returns 0 or the errno of the refusal, and its reason. */
int judge(int fd, const struct stat *status, const struct task *task, const char **why);

#endif
