import type { Change, Edit } from '../../../src/target/contract.ts';

/** What automake writes for one file, once more for the new file, which is behind it in its order. */
const again = (find: RegExp): Change => ({
  find,
  put: 'after',
  text: ([block]) => block.replaceAll('mbcs', 'opencode'),
});

/** What makes a tree clean names each file of dependencies once more, in the same lines for both rules. */
const cleaned = (rule: string): Change =>
  again(new RegExp(`(?<=^${rule}:.*\\n(?:\\t.*\\n)*)\\t-rm -f sed/\\$\\(DEPDIR\\)/sed-mbcs\\.Po\\n`, 'm'));

/** What automake makes of the new line in sed/local.mk. */
export const makefile: readonly Edit[] = [
  {
    patch: 'helper',
    file: 'Makefile.in',
    changes: [
      again(/^sed\/sed-mbcs\.\$\(OBJEXT\): .*\n\t.*\n/m),
      again(/^@AMDEP_TRUE@@am__include@ .*\/sed-mbcs\.Po@.*\n/m),
      again(/^sed\/sed-mbcs\.o: sed\/mbcs\.c\n(?:@.*\n)+\n/m),
      again(/^sed\/sed-mbcs\.obj: sed\/mbcs\.c\n(?:@.*\n)+\n/m),
      cleaned('distclean'),
      cleaned('maintainer-clean'),
    ],
  },
];
