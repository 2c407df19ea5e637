import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFolder } from '../../../src/package.ts';
import { filesBelow } from '../../fixtures/folder.ts';

/** What the series looks for in the files of which no excerpt is kept, and no more. */
const ANCHORS: Readonly<Record<string, string>> = {
  Kbuild: '',
  Makefile: 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION =\n',
  'Documentation/ABI/testing/ima_policy': '\t\t\t       [[^]MAY_EXEC]\n',
  'Documentation/admin-guide/sysctl/fs.rst': 'overflowgid & overflowuid\n-------------------------\n',
  'fs/exec.c':
    'static struct file *do_open_execat(int fd, struct filename *name)\n{\n\treturn do_filp_open(fd, name, &open_exec_flags);\n}\n',
  'include/linux/fs.h': '#define MAY_NOT_BLOCK\t\t0x00000080\n',
  'include/linux/sysctl.h':
    'typedef int proc_handler(const struct ctl_table *ctl, int write, void *buffer);\n',
  'io_uring/openclose.c':
    'int io_openat2(struct io_kiocb *req)\n{\n\treturn build_open_flags(&open->how, &op);\n}\n',
  'security/integrity/ima/ima_main.c':
    ' * @mask: contains MAY_READ, MAY_WRITE, MAY_EXEC or MAY_APPEND\nstatic int ima_file_check(struct file *file, int mask)\n{\n\treturn process(mask & (MAY_READ |\n\t\t\tMAY_APPEND), FILE_CHECK);\n}\n',
  'security/integrity/ima/ima_policy.c':
    '\t    (rule->mask != mask && func != POST_SETATTR))\n\t\treturn false;\n' +
    '\t\t\telse if (strcmp(from, "MAY_APPEND") == 0)\n\t\t\t\tentry->mask = MAY_APPEND;\n' +
    '\tmask_exec = 0, mask_write, mask_read, mask_append\n\t"^MAY_APPEND"\n' +
    '\t\t\tseq_printf(m, pt(Opt_mask), mt(mask_append) + offset);\n',
  'tools/testing/selftests/openat2/Makefile':
    'TEST_GEN_PROGS := openat2_test resolve_test rename_attack_test\n',
};

/** A kernel of a few lines: the committed excerpt of 6.12, and what the series looks for elsewhere. */
export function smallKernel(): Map<string, string> {
  const excerpt = filesBelow(join(packageFolder, 'targets', 'linux', 'fixtures', 'openat2', 'before'));
  return new Map([...Object.entries(ANCHORS), ...excerpt]);
}

/** A small kernel in which a text of a file is another. */
export function kernelWith(file: string, text: string, other: string): Map<string, string> {
  const files = smallKernel();
  const whole = files.get(file);
  if (whole?.includes(text) !== true) throw new Error(`no such text in ${file}: ${text}`);
  return files.set(
    file,
    whole.replace(text, () => other),
  );
}

/** Writes files into a folder. */
export function lay(top: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(top, file)), { recursive: true });
    writeFileSync(join(top, file), text, 'latin1');
  }
}

/** A file of the committed series of a release. */
export function committed(version: string, file: string): string {
  return readFileSync(join(packageFolder, 'generated', 'linux', version, 'patches', file), 'latin1');
}
