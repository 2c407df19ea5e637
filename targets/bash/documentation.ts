import type { Edit } from '../../src/target/contract.js';
import { quoted } from '../../src/target/quoted.js';

const MAN = `.PP
On Linux, the system may have a policy about the files that interpreters
execute: the kernel applies it to files that are opened with the
.B O_MAYEXEC
flag of
.IR openat2 (2),
or answers for it when it is asked by
.B AT_EXECVE_CHECK
of
.IR execveat (2),
which
.B bash
does if the process's
.I securebits
demand it.
.B Bash
has the policy applied to every file that it reads commands from:
scripts, startup and logout files, the files that
.SM
.B BASH_ENV
and
.SM
.B ENV
name, and those that the \\fBsource\\fP and \\fB.\\fP builtins read.
A file that the policy refuses is treated as one that cannot be read:
the error is
.IR "Permission denied" ,
the exit status of
.B bash
is 126 if the file is the script that it was to run,
and no other file is tried in its place.
A policy usually demands that the file has execute permission, or is on a
file system that is not mounted
.BR noexec ,
and that it is a regular file: pipes and terminals are refused, as in
\\fBsource <(\\fP\\fIcommand\\fP\\fB)\\fP.
Redirections, here documents, the \\fB$(<\\fP\\fIfile\\fP\\fB)\\fP command
substitution, the history file, and the file that the \\fBfc\\fP builtin
has the user edit are not affected.
Commands from the
.B \\-c
option or the standard input come from no file that
.B bash
opens; the policy does not apply to them.
`;

const TEXINFO = `@subsubheading Files that the system does not allow to be executed

On Linux, the system may have a policy about the files that interpreters
execute: the kernel applies it to files that are opened with the
@code{O_MAYEXEC} flag of @code{openat2}, or answers for it when it is asked
by @code{AT_EXECVE_CHECK} of @code{execveat}, which Bash does if the
process's @dfn{securebits} demand it.

Bash has the policy applied to every file that it reads commands from:
scripts, startup and logout files, the files that @env{BASH_ENV} and
@env{ENV} name, and those that the @code{source} and @code{.} builtins read.
A file that the policy refuses is treated as one that cannot be read: the
error is @samp{Permission denied}, the exit status of Bash is 126 if the
file is the script that it was to run, and no other file is tried in its
place.

A policy usually demands that the file has execute permission, or is on a
file system that is not mounted @code{noexec}, and that it is a regular
file: pipes and terminals are refused, as in
@code{source <(@var{command})}.
Redirections, here documents, the @code{$(<@var{file})} command
substitution, the history file, and the file that the @code{fc} builtin has
the user edit are not affected.
Commands from the @option{-c} option or the standard input come from no file
that Bash opens; the policy does not apply to them.

`;

const NEWS = `Scripts, startup files and what \`source' and \`.' read are opened with the
    O_MAYEXEC flag of openat2(2) on Linux kernels that know it, and checked
    with AT_EXECVE_CHECK where the process's securebits demand it, so that the
    system's policy can refuse to have them executed.`;

/**
 * An item at the end of a section of NEWS. Releases differ in the item before it and in its letter, and each has the
 * NEWS of older ones behind its own.
 *
 * @param items the release that NEWS begins with, the text that the item comes behind, and its letter
 */
export function newsOf(
  patch: string,
  news: string,
  items: readonly (readonly [string, string, string])[],
): Edit {
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

/** What the manuals and NEWS say of the patches that every series has. */
export const documentation: readonly Edit[] = [
  {
    patch: 'documentation',
    file: 'doc/bash.1',
    degrades: true,
    changes: [{ find: '.SH DEFINITIONS\n', put: 'before', text: MAN }],
  },
  {
    patch: 'documentation',
    file: 'doc/bashref.texi',
    degrades: true,
    changes: [{ find: '@node Interactive Shells\n', put: 'before', text: TEXINFO }],
  },
  newsOf('documentation', NEWS, [
    ['5.1', 'vv. There is a new contributed loadable builtin: asort.\n', 'ww'],
    ['5.2', "    `local -' in the output of `local -p'.\n", 'hh'],
    [
      '5.3',
      "ww. The `install-strip' and `strip' Makefile targets now deal with cross-\n    compiling.\n",
      'xx',
    ],
  ]),
];
