import { has } from '../../../src/target/capabilities.ts';
import type { Edit, Release } from '../../../src/target/contract.ts';

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

/** Loadable builtins, opened as code before the dynamic linker opens them. */
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
];
