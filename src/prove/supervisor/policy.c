/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <stdio.h>
#include <sys/statvfs.h> /* ST_NOEXEC: statfs has the same flags */
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "options.h"
#include "policy.h"
#include "report.h"

/* Entries of an ACL: more than any file system takes in 64 KiB, the bound of an extended attribute. */
#define MAX_ACL 8192
#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202
#endif

static bool is_noexec(const struct statfs *mount)
{
	/* Some file systems never execute, however they are mounted (SB_I_NOEXEC), and no flag tells. */
	return (mount->f_flags & ST_NOEXEC) || mount->f_type == PROC_SUPER_MAGIC || mount->f_type == SYSFS_MAGIC ||
	       mount->f_type == MQUEUE_MAGIC;
}

static bool in_group(const struct task *task, gid_t group)
{
	for (size_t i = 0; i < task->groups_count; i++)
		if (task->groups[i] == group)
			return true;
	return task->fsgid == group;
}

/* Reads the ACL of a file. Returns the number of its entries; 0 where it has none beside its mode. */
static size_t read_acl(int fd, const struct posix_acl_xattr_entry **entries)
{
	static struct {
		struct posix_acl_xattr_header header;
		struct posix_acl_xattr_entry entries[MAX_ACL];
	} acl;
	char path[64];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	length = getxattr(path, "system.posix_acl_access", &acl, sizeof(acl));
	if (length < 0 && errno != ENODATA && errno != EOPNOTSUPP)
		failing("getxattr", errno);
	if (length <= (ssize_t)sizeof(acl.header))
		return 0;
	*entries = acl.entries;
	return ((size_t)length - sizeof(acl.header)) / sizeof(acl.entries[0]);
}

/* The permissions of a user who does not own the file, by its ACL and as the kernel has it (posix_acl_permission). */
static bool acl_grants(const struct posix_acl_xattr_entry *entries, size_t count, const struct stat *status, mode_t mode,
		       const struct task *task)
{
	mode_t mask = 07;
	bool in_a_group = false;

	for (size_t i = 0; i < count; i++)
		if (le16toh(entries[i].e_tag) == ACL_MASK)
			mask = le16toh(entries[i].e_perm);
	/* In this order: users, groups, others. */
	for (size_t i = 0; i < count; i++) {
		mode_t permissions = le16toh(entries[i].e_perm);
		uint32_t id = le32toh(entries[i].e_id);
		unsigned int tag = le16toh(entries[i].e_tag);

		if (tag == ACL_USER && id == task->fsuid)
			return (permissions & mask & mode) == mode;
		if ((tag == ACL_GROUP_OBJ && in_group(task, status->st_gid)) || (tag == ACL_GROUP && in_group(task, id))) {
			in_a_group = true;
			if ((permissions & mode) == mode)
				return (mask & mode) == mode;
		}
		if (tag == ACL_OTHER)
			return !in_a_group && (permissions & mode) == mode;
	}
	return false;
}

/* Whether the mode and the ACL grant what is asked for, without any capability. */
static bool is_granted(int fd, const struct stat *status, mode_t mode, const struct task *task)
{
	const struct posix_acl_xattr_entry *entries = NULL;
	mode_t bits = status->st_mode;
	size_t count;

	if (status->st_uid == task->fsuid)
		return (bits >> 6 & mode) == mode;
	/* The group's bits of a file with an ACL are its mask: where there are none, the kernel does not look into it. */
	count = bits & 070 ? read_acl(fd, &entries) : 0;
	if (count > 0)
		return acl_grants(entries, count, status, mode, task);
	return ((in_group(task, status->st_gid) ? bits >> 3 : bits) & mode) == mode;
}

/* What an open asks for, as access(2) has it: the kernel asks for all of it at once, so that a capability for one
 * part of it is of no use. */
static int wanted(uint64_t flags)
{
	static const int of_mode[] = { R_OK, W_OK, R_OK | W_OK, R_OK | W_OK };

	return of_mode[flags & O_ACCMODE] | (flags & O_TRUNC ? W_OK : 0) | X_OK;
}

/* Returns 0 or an errno. */
static int may_open(int fd, const struct stat *status, int mode, const struct task *task, bool noexec)
{
	/* On a noexec mount the kernel's answer is no, whatever the mode. */
	if (!noexec) {
		if (syscall(SYS_faccessat2, fd, "", mode, AT_EMPTY_PATH | AT_EACCESS) == 0)
			return 0;
		/* Nobody may write there (EPERM: chattr +i). The file system says that before it looks at the mode, and says
		 * it to the open too; the mount after. So the open is to answer. */
		if ((mode & W_OK) && (errno == EROFS || errno == EPERM))
			return 0;
		if (errno != EACCES)
			failing("faccessat2", errno);
		return EACCES;
	}
	if ((task->capabilities >> CAP_DAC_OVERRIDE & 1) && (status->st_mode & 0111) && is_mapped(status))
		return 0;
	return is_granted(fd, status, (mode_t)mode, task) ? 0 : EACCES;
}

int judge(int fd, const struct stat *status, uint64_t flags, const struct task *task, const char **why)
{
	struct statfs mount;
	bool noexec;
	int error;

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
	if (fstatfs(fd, &mount) != 0)
		failing("fstatfs", errno);
	noexec = is_noexec(&mount);
	/* The kernel asks for a mount that can be written to before it looks at the file. */
	if ((flags & O_TRUNC) && (mount.f_flags & ST_RDONLY))
		return EROFS;
	if ((options.policy & POLICY_MOUNT) && noexec) {
		*why = "noexec";
		return EACCES;
	}
	if (!(options.policy & POLICY_FILE))
		return 0;
	error = may_open(fd, status, wanted(flags), task, noexec);
	if (error == EACCES)
		*why = "mode";
	return error;
}
