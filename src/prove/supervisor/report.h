/* SPDX-License-Identifier: MIT */
/* Records, messages, and the ways in which a run ends that counts for nothing. */
#ifndef REPORT_H
#define REPORT_H

#include <stddef.h>

/* One line of JSON, written at once: with O_APPEND or on a pipe, lines of several processes do not mix. */
struct line {
	size_t length;
	char text[32768];
};

void put(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Bytes above 0x7e become the characters of the same number, so any path comes back byte by byte as latin1. */
void put_string(struct line *line, const char *name, const char *value);

/* Writes a line to the records, if there are any. When that fails, the run ends. */
void write_or_die(struct line *line);

/* Removes the folder of --remove. */
void clean_up(void);

/* ENOENT for 2. */
const char *name_of_error(int error);

/* Ends the whole run: no result of it counts. The hint says what the user can do, where that is known. */
_Noreturn void dead_with(const char *hint, const char *format, ...) __attribute__((format(printf, 2, 3)));
_Noreturn void dead(const char *reason);

#define FILTER_HINT \
	"a seccomp filter of a container or service manager may forbid the call: allow it there, or run this outside"

/* As dead(), where one of our own calls fails though nothing in the request makes it fail. */
_Noreturn void failing(const char *call, int error);

/* As dead(), for what this machine or place lacks; the code is for programs. */
_Noreturn void unavailable(const char *code, const char *reason, int error);

#endif
