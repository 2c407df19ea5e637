/* SPDX-License-Identifier: MIT
 *
 * clock COUNT FLAGS PATH: opens a path so many times by openat2 with flags (hexadecimal) and prints the nanoseconds
 * that one open and close took. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct open_how how = { .flags = argc > 3 ? strtoull(argv[2], NULL, 16) : 0 };
	long count = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
	struct timespec begin, end;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (long i = 0; i < count; i++) {
		long fd = syscall(SYS_openat2, AT_FDCWD, argv[3], &how, sizeof(how));

		if (fd < 0)
			return 1;
		close((int)fd);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (count > 0)
		printf("%ld\n", ((end.tv_sec - begin.tv_sec) * 1000000000L + end.tv_nsec - begin.tv_nsec) / count);
	return count > 0 ? 0 : 2;
}
