import type { Edit } from '../../../src/target/contract.ts';

/** What makes a tree clean names each file of dependencies once more, in the same lines for both rules. */
const cleaned = (rule: string): Edit => ({
  patch: 'helper',
  where: ['generated-makefile', '!debhelper'],
  file: 'src/Makefile.in',
  changes: [
    {
      find: new RegExp(`(?<=^${rule}:.*\\n(?:\\t.*\\n)*)\\t-rm -f \\./\\$\\(DEPDIR\\)/mystring\\.Po\\n`, 'm'),
      put: 'after',
      text: '\t-rm -f ./$(DEPDIR)/opencode.Po\n',
    },
  ],
});

/** Lines of Makefile.in that occur twice. */
export const makefile: readonly Edit[] = [cleaned('distclean'), cleaned('maintainer-clean')];
