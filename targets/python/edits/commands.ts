import type { Edit } from '../../../src/target/contract.js';

const DENIED = `/* Whether the system denies code that no file is named for: WHAT, or what FD is
   open on unless that is -1. If so, says it. */
static int
pymain_code_is_denied(const char *what, int fd)
{
#ifdef __linux__
    if (fd < 0 ? !_Py_interactive_denied() : _Py_code_passes(fd)) {
        return 0;
    }
    int reason = errno;
    const PyConfig *config = _PyInterpreterState_GetConfig(_PyInterpreterState_GET());
    fprintf(stderr, "%ls: can't run %s (SECBIT_EXEC_DENY_INTERACTIVE): [Errno %d] %s\\n",
            config->program_name, what, reason, strerror(reason));
    return 1;
#else
    return 0;
#endif
}


`;

const file = 'Modules/main.c';

/** Where code arrives that is in no file: the text of -c, the standard input, the prompt of -i. */
export const commands: readonly Edit[] = [
  {
    patch: 'commands',
    where: '!internal-openers',
    file,
    changes: [
      {
        find: '#include "pycore_initconfig.h"    // _PyArgv\n',
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_code_passes()\n',
      },
    ],
  },
  {
    patch: 'commands',
    file,
    changes: [{ find: /^static int\npymain_run_command\(/m, put: 'before', text: DENIED }],
  },
  {
    patch: 'commands',
    file,
    owner: 'pymain_run_command',
    changes: [
      {
        find: '    unicode = PyUnicode_FromWideChar(command, -1);\n',
        put: 'before',
        text: '    if (pymain_code_is_denied("-c", -1)) {\n        return 2;\n    }\n\n',
      },
    ],
  },
  {
    patch: 'commands',
    file,
    owner: 'pymain_run_stdin',
    changes: [
      {
        find: '    if (stdin_is_interactive(config)) {\n',
        put: 'before',
        text: '    if (pymain_code_is_denied("standard input", fileno(stdin))) {\n        return 2;\n    }\n\n',
      },
    ],
  },
  {
    patch: 'commands',
    file,
    owner: 'pymain_repl',
    changes: [
      {
        find: 'config_run_code(config))) {\n        return;\n    }\n',
        put: 'after',
        text:
          '\n    // The program has run, and ends as it would without a prompt.\n' +
          '    if (pymain_code_is_denied("standard input", fileno(stdin))) {\n        return;\n    }\n',
      },
    ],
  },
];
