/* SPDX-License-Identifier: MIT
 *
 * ima: sets rules of IMA that name MAY_OPENEXEC, opens files in different ways and prints what IMA did, a line each:
 *
 *     rule TEXT <tab> ok, or the errno's name
 *     FILE WAY <tab> ok or the errno's name, then `measured` where IMA has put the file on its list by then
 *
 * It needs root in a kernel with IMA whose rules can be written. The files are made in the current folder, which must be a
 * tmpfs. The rules stay in force as long as the kernel runs; they ask for owners that no other file has.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define O_MAYEXEC UINT64_C(040000000)
#define FOLDER "/sys/kernel/security"

static void must(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(2);
	}
}

static const char *said(int error)
{
	return error == 0 ? "ok" : strerrorname_np(error);
}

/* Adds a rule. A rule that IMA does not know is refused with EINVAL. */
static void rule(const char *text)
{
	int fd = open(FOLDER "/ima/policy", O_WRONLY | O_CLOEXEC);

	must(fd, FOLDER "/ima/policy");
	printf("rule %s\t%s\n", text, said(dprintf(fd, "%s\n", text) < 0 ? errno : 0));
	close(fd);
}

static void make(const char *name, uid_t owner)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);

	must(fd, name);
	/* Each has another text: IMA lists a file once, and knows it by its sum and its name. */
	must(dprintf(fd, "%s\n", name), name);
	must(fchown(fd, owner, 0), name);
	close(fd);
}

/* Whether the list of what was measured has a file. */
static bool is_measured(const char *name)
{
	FILE *list = fopen(FOLDER "/ima/ascii_runtime_measurements", "re");
	char line[4096];
	bool found = false;

	must(list ? 0 : -1, "ascii_runtime_measurements");
	while (fgets(line, sizeof(line), list)) {
		const char *path = strrchr(line, '/');

		line[strcspn(line, "\n")] = 0;
		found = found || (path && strcmp(path + 1, name) == 0);
	}
	fclose(list);
	return found;
}

static void ask(const char *name, bool flagged)
{
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | (flagged ? O_MAYEXEC : 0) };
	long fd = syscall(SYS_openat2, AT_FDCWD, name, &how, sizeof(how));
	int error = fd < 0 ? errno : 0;

	if (fd >= 0)
		close((int)fd);
	printf("%s %s\t%s%s\n", name, flagged ? "flag" : "plain", said(error), is_measured(name) ? " measured" : "");
}

int main(void)
{
	if (mount("securityfs", FOLDER, "securityfs", 0, NULL) != 0 && errno != EBUSY)
		must(-1, FOLDER);
	make("code", 4711);
	make("data", 4711);
	make("exact", 4712);
	make("exact-by-flag", 4712);
	make("unsigned", 4713);
	rule("measure func=FILE_CHECK mask=^MAY_OPENEXEC fowner=4711");
	rule("measure func=FILE_CHECK mask=MAY_READ fowner=4712");
	rule("appraise func=FILE_CHECK mask=^MAY_OPENEXEC fowner=4713");
	rule("measure func=FILE_CHECK mask=MAY_OPENEXEC fowner=4714");
	ask("data", false);
	ask("code", true);
	ask("exact", false);
	ask("exact-by-flag", true);
	ask("unsigned", false);
	ask("unsigned", true);
	return 0;
}
