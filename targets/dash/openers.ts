import type { Opener } from '../../src/target/contract.ts';

const everywhere = /\.(?:c|h|c\.pat)$/;

const family = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: everywhere,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which dash opens files: libc's, libedit's, and its own that stand before them. */
export const openers: readonly Opener[] = [
  { ...family(/sh_open_code|sh_open_script|source_editrc/, 'fd'), rewritten: true },
  family(/open(?:at)?(?:64)?|openat2|creat(?:64)?/, 'fd'),
  family(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|open_memstream|tmpfile(?:64)?/, 'FILE'),
  family(/mkstemps?(?:64)?|mkostemps?(?:64)?|memfd_create|shm_open/, 'fd'),
  family(/mkdtemp|mktemp|tmpnam|tempnam/, 'nothing'),
  family(/f?dopendir|opendir/, 'handle'),
  family(/dlm?open/, 'handle'),
  family(/scandir(?:64)?|n?ftw(?:64)?|glob(?:64)?/, 'nothing'),
  // Opened by name behind a name of their own: each call is judged by itself.
  family(/sh_open/, 'fd'),
  family(/setinputfile|readcmdfile|read_profile/, 'nothing'),
  // What execve is given, and Debian looks at where execve knows no format in it.
  family(/tryexec/, 'nothing'),
  // libedit reads a file of settings.
  family(/el_source/, 'nothing'),
];
