/* SPDX-License-Identifier: MIT */
/* A request, from its beginning to its answer. */
#ifndef SERVE_H
#define SERVE_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Makes the file that --sysctl-file shows. */
void make_sysctl_file(void);

/* Returns true in a helper, which is to end. */
bool handle(const struct seccomp_notif *notice);

/* How many requests are being served by processes of their own, to be told of the end of each. */
size_t helpers_running(void);
void helper_ended(pid_t pid, int status);

/* A caller that was killed while its open blocked leaves a helper behind, which would be seen as a reader. A helper
 * lets itself be ended only in the open itself: a request counts as answered as soon as the descriptor is on its
 * way, and one that is ended then would have the caller see descriptor 0 as its own. */
void end_stale_helpers(void);

#endif
