import type { Edit } from '../../../src/target/contract.ts';
import { quoted } from '../../../src/target/quoted.ts';

const SCRIPTS = `Scripts, startup files and what \`source' and \`.' read are opened with the
    O_MAYEXEC flag of openat2(2) on Linux kernels that know it, and checked
    with AT_EXECVE_CHECK where the process's securebits demand it, so that the
    system's policy can refuse to have them executed.`;

const INIT_FILES = `Init files are opened as scripts are, since a key that is bound to a macro
   runs commands: a policy of the kernel's can refuse them.`;

/**
 * An item at the end of a section of NEWS. Releases differ in the item before it and in its letter, and each has the
 * NEWS of older ones behind its own.
 *
 * @param items the release that NEWS begins with, the text that the item comes behind, and its letter
 */
function newsOf(patch: string, news: string, items: readonly (readonly [string, string, string])[]): Edit {
  const begins = (release: string): string =>
    `This is a terse description of the new features added to bash-${release} `;
  const places = items.map(
    ([release, behind]) => `(?<=^${quoted(begins(release))}[\\s\\S]*\\n${quoted(behind)})`,
  );
  return {
    patch,
    file: 'NEWS',
    degrades: true,
    changes: [
      {
        find: new RegExp(places.join('|')),
        put: 'after',
        text: ({ input }) => {
          const [, , letter = ''] = items.find(([release]) => input.startsWith(begins(release))) ?? [];
          return `\n${letter}. ${news}\n`;
        },
      },
    ],
  };
}

/** What NEWS says. */
export const news: readonly Edit[] = [
  newsOf('documentation', SCRIPTS, [
    ['5.1', 'vv. There is a new contributed loadable builtin: asort.\n', 'ww'],
    ['5.2', "    `local -' in the output of `local -p'.\n", 'hh'],
    [
      '5.3',
      "ww. The `install-strip' and `strip' Makefile targets now deal with cross-\n    compiling.\n",
      'xx',
    ],
  ]),
  newsOf('inputrc', INIT_FILES, [
    ['5.1', 'k. The signal cleanup code now blocks SIGINT while processing after a SIGINT.\n', 'l'],
    ['5.2', '   and key binding variables when the locale changes.\n', 'n'],
    ['5.3', '   a SIGCONT.\n', 'p'],
  ]),
];
