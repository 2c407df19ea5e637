/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "options.h"
#include "report.h"
#include "tree.h"

void put(struct line *line, const char *format, ...)
{
	va_list arguments;
	size_t room = sizeof(line->text) - line->length;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line->text + line->length, room, format, arguments);
	va_end(arguments);
	if (length > 0 && (size_t)length < room)
		line->length += (size_t)length;
}

void put_string(struct line *line, const char *name, const char *value)
{
	put(line, ",\"%s\":\"", name);
	for (; *value; value++) {
		unsigned char byte = (unsigned char)*value;

		if (byte < 0x20 || byte > 0x7e || byte == '"' || byte == '\\')
			put(line, "\\u%04x", byte);
		else
			put(line, "%c", byte);
	}
	put(line, "\"");
}

void clean_up(void)
{
	if (options.remove)
		rmdir(options.remove); /* the other process may have done it */
}

static bool write_record(struct line *line)
{
	const char *at = line->text;
	size_t left;

	if (options.records < 0)
		return true;
	put(line, "}\n");
	left = line->length;
	while (left > 0) {
		ssize_t written = write(options.records, at, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		at += written;
		left -= (size_t)written;
	}
	return true;
}

/* Nobody may be reading the records any more: ending must not wait for that. One line fits in a pipe at once. */
static _Noreturn void give_up(struct line *line)
{
	struct pollfd records = { options.records, POLLOUT, 0 };

	if (kill_tree() != 0)
		fprintf(stderr, "supervisor: %s\n", LEFT);
	clean_up();
	if (options.records >= 0 && poll(&records, 1, 1000) == 1 && (records.revents & POLLOUT))
		write_record(line);
	_exit(STATUS_FAILED);
}

_Noreturn void dead_with(const char *hint, const char *format, ...)
{
	static struct line line;
	char reason[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	line.length = 0;
	put(&line, "{\"event\":\"dead\"");
	put_string(&line, "reason", reason);
	if (hint)
		put_string(&line, "hint", hint);
	fprintf(stderr, "supervisor: %s\n", reason);
	give_up(&line);
}

_Noreturn void dead(const char *reason)
{
	dead_with(NULL, "%s", reason);
}

const char *name_of_error(int error)
{
	const char *name = error ? strerrorname_np(error) : "it does nothing";

	return name ? name : "unknown error";
}

_Noreturn void failing(const char *call, int error)
{
	const char *hint = FILTER_HINT;

	if (error == EMFILE || error == ENFILE)
		hint = "allow more open files: ulimit -n 64 or more";
	else if (error == ENOMEM || error == EAGAIN)
		hint = "the machine is short of memory or of processes (ulimit -u): run it again when less is going on";
	dead_with(hint, "%s fails for the supervisor (%s)", call, name_of_error(error));
}

_Noreturn void unavailable(const char *code, const char *reason, int error)
{
	static struct line line;

	line.length = 0;
	put(&line, "{\"event\":\"unavailable\"");
	put_string(&line, "code", code);
	put_string(&line, "reason", reason);
	if (error)
		put_string(&line, "error", strerrorname_np(error));
	fprintf(stderr, "supervisor: %s%s%s\n", reason, error ? ": " : "", error ? strerror(error) : "");
	give_up(&line);
}

void write_or_die(struct line *line)
{
	if (!write_record(line))
		dead("the records cannot be written");
}
