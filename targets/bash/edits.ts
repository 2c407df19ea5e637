import { has } from '../../src/target/capabilities.js';
import type { Edit } from '../../src/target/contract.js';
import { documentation } from './documentation.js';
import { inputrc } from './inputrc.js';
import { loadable } from './loadable.js';
import { suite } from './suite.js';

const HELPER = 'lib/sh/opencode.c';

/** How the opens are rewritten, and what a new file of lib/sh needs around it. */
export const edits: readonly Edit[] = [
  { patch: 'helper', create: HELPER, template: 'opencode.c.ejs' },
  {
    patch: 'helper',
    file: 'MANIFEST',
    changes: [{ find: /(?:^lib\/sh\/\w+\.c\t+f\n)+/m, put: 'sorted', text: `${HELPER}\tf\n` }],
  },
  {
    patch: 'helper',
    file: 'Makefile.in',
    changes: [
      {
        find: '\t\t${SH_LIBSRC}/fnxform.c ${SH_LIBSRC}/unicode.c \\\n',
        put: 'after',
        text: '\t\t${SH_LIBSRC}/opencode.c \\\n',
      },
    ],
  },
  {
    patch: 'helper',
    file: 'lib/sh/Makefile.in',
    changes: [
      {
        find: /^(CSOURCES = .*?) \\\n/m,
        put: 'replace',
        text: (match) => `${match[1] ?? ''} \\\n\t   opencode.c \\\n`,
      },
      { find: 'wcsnwidth.o ${LIBOBJS}', put: 'replace', text: 'wcsnwidth.o opencode.o ${LIBOBJS}' },
      { find: 'oslib.o: oslib.c\n', put: 'before', text: 'opencode.o: opencode.c\n' },
      {
        find: 'oslib.o: ${BUILD_DIR}/config.h\n',
        put: 'before',
        text: 'opencode.o: ${BUILD_DIR}/config.h\n',
      },
      {
        find: 'oslib.o: ${topdir}/bashtypes.h ${topdir}/bashansi.h ${BASHINCDIR}/maxpath.h\n',
        put: 'before',
        text: 'opencode.o: ${topdir}/bashtypes.h ${BASHINCDIR}/stdc.h\nopencode.o: ${BASHINCDIR}/filecntl.h\n\n',
      },
    ],
  },
  {
    patch: 'helper',
    file: 'externs.h',
    changes: [
      {
        // As the tree writes a prototype: in PARAMS, in __P, in neither.
        find: /^extern int netopen (.*);\n/m,
        put: 'after',
        text: ([, types = '']) =>
          '\n/* declarations for functions defined in lib/sh/opencode.c */\n' +
          `extern int sh_open_code ${types.replace('char *', 'const char *, int')};\n`,
      },
    ],
  },
  {
    patch: 'script',
    rule: 'script',
    scope: 'call',
    changes: [
      { find: /^open \(filename, O_RDONLY\)$/, put: 'replace', text: 'sh_open_code (filename, O_RDONLY)' },
    ],
  },
  {
    patch: 'source',
    rule: 'evalfile',
    scope: 'statement',
    changes: [
      {
        find: /^fd = open \(filename, O_RDONLY\);$/,
        put: 'replace',
        text: (_match, release) =>
          behind(has(release, 'source-retries') ? '      ' : '  ', [
            '/* The file that fc and edit-and-execute-command give us was written by the',
            "   user's editor: it is never executable, and is opened as what it is. */",
            'if (flags & FEVAL_HISTORY)',
            '  fd = open (filename, O_RDONLY);',
            'else',
            '  fd = sh_open_code (filename, O_RDONLY);',
          ]),
      },
    ],
  },
  ...documentation,
  ...suite('tests', 'mayexec', { files: 'mapfile2.sub', runs: 'run-mapfile' }),
  ...inputrc,
  ...loadable,
];

/** Lines behind an indentation of so many blanks, which bash writes as tabs where there are eight of them. */
function behind(blanks: string, lines: readonly string[]): string {
  return lines.map((line, index) => (index === 0 ? line : (blanks + line).replace(/^ {8}/, '\t'))).join('\n');
}
