import type { Edit } from '../../../src/target/contract.ts';

/** The helper, whose code comes from templates. */
export const opener: readonly Edit[] = [
  {
    patch: 'helper',
    file: 'perl.h',
    changes: [
      {
        find: /^#ifndef PERL_SCRIPT_MODE\n#define PERL_SCRIPT_MODE "r"\n#endif\n/m,
        put: 'after',
        text: { template: 'perl.h.ejs' },
      },
    ],
  },
  {
    patch: 'helper',
    file: 'doio.c',
    changes: [
      {
        find: /^int\nPerl_PerlLIO_open_cloexec\(pTHX_ const char \*file, int flag\)\n/m,
        put: 'before',
        text: { template: 'doio.c.ejs' },
      },
    ],
  },
];
