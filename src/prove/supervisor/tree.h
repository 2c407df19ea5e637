/* SPDX-License-Identifier: MIT */
/* The processes below this one: finding and killing them. */
#ifndef TREE_H
#define TREE_H

#define LEFT "not all that the command has started could be found and killed"
#define LEFT_HINT "look for what is left with ps, and end it; CAP_KILL, and /proc without hidepid, are needed"

/* What the command has started and left is ours, so that it can be killed. */
void adopt(void);

/* Kills this process's children, and those that it adopts when their parents die, until none is left. Returns -1
 * when some cannot be found or killed. */
int kill_tree(void);

/* By a clock that nobody sets. */
long now_ms(void);

#endif
