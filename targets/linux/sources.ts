import type { Language, NotShipped } from '../../src/target/contract.ts';

/** The C whose opens are counted: every function that makes flags of an open into what is asked of the inode. */
const SOURCES = ['fs/exec.c', 'fs/namei.c', 'fs/open.c', 'io_uring/openclose.c'];

/**
 * The files of a kernel that are read. Its tree has 80,000; what the series changes and what is counted is in these.
 */
export const reads: readonly string[] = [
  ...SOURCES,
  'Documentation/ABI/testing/ima_policy',
  'Documentation/admin-guide/sysctl/fs.rst',
  'Kbuild',
  'Makefile',
  'fs/fcntl.c',
  'include/linux/fcntl.h',
  'include/linux/fs.h',
  'include/linux/sysctl.h',
  'include/uapi/asm-generic/fcntl.h',
  'security/integrity/ima/ima_main.c',
  'security/integrity/ima/ima_policy.c',
  'tools/testing/selftests/openat2/Makefile',
  'tools/testing/selftests/openat2/mayexec_test.c',
];

/** All that is read of the kernel's C is counted or changed. */
export function language(file: string): Language | undefined {
  return reads.includes(file) && /\.[ch]$/.test(file) ? 'c' : undefined;
}

/** Programs beside the kernel. */
export const notShipped: readonly NotShipped[] = [
  { files: /^tools\//, why: 'programs of the test suite, which run on the kernel and are no part of it' },
];
