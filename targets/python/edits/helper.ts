import { has } from '../../../src/target/capabilities.ts';
import type { Edit, Release } from '../../../src/target/contract.ts';

/** What is declared of the helper. */
const openCode = (release: Release): string =>
  '/* Python/opencode.c: open a file whose content will be executed. */\n' +
  'extern int _Py_open_code(const char *path, int flags);\n' +
  '\n/* Are commands denied that come from no file, but by WAY, or from FD; errno\n   says why. */\n' +
  '#define _Py_CODE_OPTION 1\n' +
  '#define _Py_CODE_INPUT 2\n' +
  '#define _Py_CODE_VARIABLE 4\n' +
  'extern int _Py_interactive_denied(int way);\n' +
  'extern int _Py_code_passes(int fd);\n' +
  (has(release, 'bootstrap-python')
    ? '\n/* Set by a program that runs while Python is being built. */\nextern int _Py_code_exempt;\n'
    : '');

/** Where the helper is built and declared. */
export const helper: readonly Edit[] = [
  {
    patch: 'helper',
    file: 'Makefile.pre.in',
    changes: [
      {
        find: /^\t\tPython\/mystrtoul\.o \\\n(?:\t\tPython\/object_stack\.o \\\n)?/m,
        put: 'after',
        text: '\t\tPython/opencode.o \\\n',
      },
    ],
  },
  {
    patch: 'helper',
    where: 'internal-openers',
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^(?:PyAPI_FUNC\(FILE \*\)|extern FILE\*) _Py_wfopen\(\n.*\n.*\);\n/m,
        put: 'before',
        text: (_match, release) => `${openCode(release)}\n`,
      },
    ],
  },
  {
    patch: 'helper',
    where: '!internal-openers',
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(int\) _Py_GetLocaleconvNumeric\(\n.*\n.*\n.*\);\n/m,
        put: 'after',
        text: (_match, release) => `\n${openCode(release)}`,
      },
    ],
  },
];
