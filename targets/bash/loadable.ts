import { has } from '../../src/target/capabilities.js';
import type { Edit, Release } from '../../src/target/contract.js';
import { suite } from './suite.js';

const MAN = `On Linux, a shared object that is given or found with a slash in its name is
first opened as a script is (see
.SM
.B INVOCATION
above), and not loaded if the system's policy refuses it.
`;

const TEXINFO = `On Linux, a shared object that is given or found with a slash in its name is
first opened as a script is (@pxref{Bash Startup Files}), and not loaded if
the system's policy refuses it.

`;

/** The function that stands before dlopen, in the dialect of the tree. */
const opener = (release: Release): string => `
#include <errno.h>
#include "filecntl.h"

/* Load the shared object FILENAME, if it may be executed.  The dynamic linker
   opens the file by itself and does not ask: open it as code first, and leave
   the reason in *REFUSED if that fails.  The file can be another one by the
   time the linker opens it.  A name without a slash is one for the linker to
   look for; where it will find it is not known here. */
static void *
${
  has(release, 'ansi')
    ? 'open_loadable (const char *filename, int flags, int *refused)'
    : 'open_loadable (filename, flags, refused)\n     const char *filename;\n     int flags, *refused;'
}
{
  int fd;

  if (absolute_program (filename))
    {
      fd = sh_open_code (filename, O_RDONLY);
      if (fd < 0)
	{
	  *refused = errno;
	  return (0);
	}
      close (fd);
    }

  return (dlopen (filename, flags));
}
`;

/** Loadable builtins, opened as code before the dynamic linker opens them; the patch owns its documentation and tests. */
export const loadable: readonly Edit[] = [
  {
    patch: 'loadable',
    rule: 'loadable',
    scope: 'call',
    changes: [
      {
        find: /^dlopen \((\w+), (\w+)\)$/,
        put: 'replace',
        text: ([, name = '', flags = '']) => `open_loadable (${name}, ${flags}, &refused)`,
      },
    ],
  },
  {
    patch: 'loadable',
    file: 'builtins/enable.def',
    changes: [
      {
        find: '#  include <dlfcn.h>\n#endif\n',
        put: 'after',
        text: (_match, release) => opener(release),
      },
    ],
  },
  {
    patch: 'loadable',
    file: 'builtins/enable.def',
    owner: 'dyn_load_builtin',
    changes: [
      { find: '  void *handle;\n', put: 'after', text: '  int refused;\n' },
      { find: /^ {2}handle = 0;\n/m, put: 'after', text: '  refused = 0;\n' },
      {
        find: 'cannot open shared object %s: %s"), name, dlerror ());',
        put: 'replace',
        text: 'cannot open shared object %s: %s"), name, refused ? strerror (refused) : dlerror ());',
      },
    ],
  },
  {
    patch: 'loadable',
    file: 'builtins/enable.def',
    owner: 'dyn_load_builtin',
    where: 'loads-from-current-folder',
    changes: [
      {
        find: 'directory for now */\n  if (handle == 0)\n',
        put: 'replace',
        text: 'directory for now */\n  if (handle == 0 && refused == 0)\n',
      },
    ],
  },
  {
    patch: 'loadable',
    file: 'doc/bash.1',
    degrades: true,
    changes: [
      {
        find: /^The return value is 0 unless a\n\.I name\nis not a shell builtin or there is an error loading/m,
        put: 'before',
        text: MAN,
      },
    ],
  },
  {
    patch: 'loadable',
    file: 'doc/bashref.texi',
    degrades: true,
    changes: [
      {
        find: /^The return status is zero unless a @var\{name\} is not a shell builtin\n/m,
        put: 'before',
        text: TEXINFO,
      },
    ],
  },
  ...suite('loadable', 'enable-f', { files: 'dynvar.right', runs: 'run-dynvar' }),
];
