/* SPDX-License-Identifier: MIT */
/* What all parts of the supervisor know: the flag, and the options. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* The flag as the v7 series has it; openat2 alone takes it. */
#define O_MAYEXEC UINT64_C(040000000)
#define SYSCTL_FILE "/proc/sys/fs/open_mayexec_enforce"

/* The two bits of the sysctl. */
#define POLICY_MOUNT 1
#define POLICY_FILE 2
/* No supervision, only the keeping of the process tree. */
#define POLICY_NONE (-1)

/* Status of the program's own failures, as env(1) and timeout(1) have it. */
#define STATUS_FAILED 125

/* What the command line asks for. */
struct options {
	int policy;
	int records; /* a descriptor; -1 for none */
	bool watch;
	bool sysctl_file;
	const char *remove;
	long timeout; /* in ms; 0 for none */
};

extern struct options options;

#endif
