/* SPDX-License-Identifier: MIT
 *
 * deny CALL ERRNO-NUMBER command...: runs a command for which one syscall fails, as on a machine that lacks it. */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		unsigned int number;
	} calls[] = { { "seccomp", SYS_seccomp }, { "unshare", SYS_unshare }, { "openat2", SYS_openat2 },
		      { "execveat", SYS_execveat }, { "process_vm_readv", SYS_process_vm_readv } };
	unsigned int securebits = argc > 1 && strcmp(argv[1], "securebits") == 0, number = SYS_prctl;

	if (argc < 4)
		return 2;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strcmp(argv[1], calls[i].name) == 0)
			number = calls[i].number;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		/* Of prctl, only the one that sets securebits. */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECUREBITS, 0, (unsigned char)(securebits ? 1 : 0)),
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
