/* SPDX-License-Identifier: MIT */
/* The command, and the loop that serves it. */
#ifndef RUN_H
#define RUN_H

#include <signal.h>
#include <sys/types.h>

/* Where we hold a terminal: its descriptor, else -1. */
extern int terminal;

/* The command gets the terminal, as from a shell: Ctrl-C is the command's. */
void give_terminal(pid_t group);

/* Runs the command to its end; the lifeline's other end is the keeper's, and the mask is the command's. */
_Noreturn void supervise(char **command, int lifeline, const sigset_t *mask);

#endif
