import type { Edit } from '../../../src/target/contract.js';
import { only313 } from '../series.js';

/** What 3.13's list of globals has to know of the helper's: which are set late, and which at the start. */
export const statics313: readonly Edit[] = [
  {
    patch: 'helper',
    for: only313,
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
];
