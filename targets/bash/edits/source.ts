import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';
import { indented } from '../../../src/target/indented.ts';

/** The file that source and the startup files name, behind the indentation that the open has there. */
export const source: readonly Edit[] = [
  {
    patch: 'source',
    rule: 'evalfile',
    scope: 'statement',
    changes: [
      {
        find: /^fd = open \(filename, O_RDONLY\);$/,
        put: 'replace',
        text: (_match, release) =>
          indented(true, has(release, 'source-retries') ? 6 : 2, [
            '/* The file that fc and edit-and-execute-command give us was written by the',
            "   user's editor: it is never executable, and is opened as what it is, if it",
            '   is no link to another file now. */',
            'if (flags & FEVAL_HISTORY)',
            '  fd = open (filename, O_RDONLY|O_NOFOLLOW);',
            'else',
            '  fd = sh_open_code (filename, O_RDONLY);',
          ]),
      },
    ],
  },
  {
    patch: 'source',
    file: 'include/filecntl.h',
    changes: [
      {
        find: /(?=^#if !defined \(O_TEXT\)$)/m,
        put: 'before',
        text: () => '#if !defined (O_NOFOLLOW)\n#  define O_NOFOLLOW 0\n#endif\n\n',
      },
    ],
  },
];
