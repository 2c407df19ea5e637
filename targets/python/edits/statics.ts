import type { Edit } from '../../../src/target/contract.js';

/** What CPython's lists of globals have to know of the helper's: which are set late, and which at the start. */
export const statics: readonly Edit[] = [
  {
    patch: 'helper',
    where: 'statics-ignored',
    file: 'Tools/c-analyzer/cpython/ignored.tsv',
    changes: [
      {
        find: /^Modules\/posixmodule\.c\tos_dup2_impl\tdup3_works\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\tmayexec_flag\t-\nPython/opencode.c\tmay_execute\tflags_judged\t-\n',
      },
      {
        find: /^Python\/getversion\.c\t-\tversion\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\t_Py_code_exempt\t-\n',
      },
    ],
  },
  {
    patch: 'helper',
    where: 'statics-to-fix',
    file: 'Tools/c-analyzer/cpython/globals-to-fix.tsv',
    changes: [
      {
        find: /^Python\/bootstrap_hash\.c\tpy_getrandom\tgetrandom_works\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\t_Py_code_exempt\t-\n',
      },
      {
        find: /^Python\/fileutils\.c\tset_inheritable\tioctl_works\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\tmayexec_flag\t-\nPython/opencode.c\tmay_execute\tflags_judged\t-\n',
      },
    ],
  },
];
