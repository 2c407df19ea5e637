/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <sys/statvfs.h> /* ST_NOEXEC: statfs has the same flags */
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#include "options.h"
#include "policy.h"
#include "report.h"

#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202
#endif

static bool is_noexec(int fd)
{
	struct statfs mount;

	if (fstatfs(fd, &mount) != 0)
		failing("fstatfs", errno);
	/* Some file systems never execute, however they are mounted (SB_I_NOEXEC), and no flag tells. */
	return (mount.f_flags & ST_NOEXEC) || mount.f_type == PROC_SUPER_MAGIC || mount.f_type == SYSFS_MAGIC ||
	       mount.f_type == MQUEUE_MAGIC;
}

static bool in_group(const struct task *task, gid_t group)
{
	for (size_t i = 0; i < task->groups_count; i++)
		if (task->groups[i] == group)
			return true;
	return task->fsgid == group;
}

static bool may_execute(int fd, const struct stat *status, const struct task *task, bool noexec)
{
	/* The kernel's answer counts ACLs too, but on a noexec mount it is no, whatever the mode. */
	if (!noexec) {
		if (syscall(SYS_faccessat2, fd, "", X_OK, AT_EMPTY_PATH | AT_EACCESS) == 0)
			return true;
		if (errno != EACCES)
			failing("faccessat2", errno);
		return false;
	}
	if ((task->capabilities >> CAP_DAC_OVERRIDE & 1) && (status->st_mode & 0111))
		return true;
	if (status->st_uid == task->fsuid)
		return (status->st_mode & 0100) != 0;
	return (status->st_mode & (in_group(task, status->st_gid) ? 0010 : 0001)) != 0;
}

int judge(int fd, const struct stat *status, const struct task *task, const char **why)
{
	bool noexec;

	if (S_ISDIR(status->st_mode)) {
		*why = "directory";
		return EISDIR;
	}
	if (options.policy == 0)
		return 0;
	if (!S_ISREG(status->st_mode)) {
		*why = "type";
		return EACCES;
	}
	noexec = is_noexec(fd);
	if ((options.policy & POLICY_MOUNT) && noexec) {
		*why = "noexec";
		return EACCES;
	}
	if ((options.policy & POLICY_FILE) && !may_execute(fd, status, task, noexec)) {
		*why = "mode";
		return EACCES;
	}
	return 0;
}
