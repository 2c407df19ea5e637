/* SPDX-License-Identifier: MIT
 *
 * deny CALL ERRNO-NUMBER command...: runs a command for which one syscall fails, as on a machine that lacks it. Of
 * prctl and ioctl it is one operation: `securebits`, `deathsig`, `addfd`; `openat2-here` is that from the working directory. With errno 0 it does nothing and says that it
 * did. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		unsigned int number, argument, value;
	} calls[] = {
		{ "seccomp", SYS_seccomp, 0, 0 },
		{ "unshare", SYS_unshare, 0, 0 },
		{ "mount", SYS_mount, 0, 0 },
		{ "process_vm_readv", SYS_process_vm_readv, 0, 0 },
		{ "openat2", SYS_openat2, 0, 0 },
		{ "openat2-here", SYS_openat2, 0, (unsigned int)AT_FDCWD },
		{ "execveat", SYS_execveat, 0, 0 },
		{ "faccessat2", SYS_faccessat2, 0, 0 },
		{ "deathsig", SYS_prctl, 0, PR_SET_PDEATHSIG },
		{ "securebits", SYS_prctl, 0, PR_SET_SECUREBITS },
		{ "addfd", SYS_ioctl, 1, SECCOMP_IOCTL_NOTIF_ADDFD },
	};
	size_t i = 0;

	if (argc < 4)
		return 2;
	while (strcmp(argv[1], calls[i].name) != 0)
		if (++i == sizeof(calls) / sizeof(calls[0]))
			return 2;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 (unsigned int)(offsetof(struct seccomp_data, args) + calls[i].argument * sizeof(__u64))),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i].value, 0, calls[i].value ? 1 : 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned int)atoi(argv[2])),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
		perror("deny");
		return 2;
	}
	execvp(argv[3], argv + 3);
	return 127;
}
