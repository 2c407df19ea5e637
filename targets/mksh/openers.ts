import type { Opener } from '../../src/target/contract.ts';

const family = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.[ch]$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which mksh opens files: libc's, and its own that stand before them. */
export const openers: readonly Opener[] = [
  { ...family(/mksh_open_code|shf_openfd/, 'fd'), rewritten: true },
  family(/open(?:at)?(?:64)?|openat2|creat(?:64)?/, 'fd'),
  family(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|open_memstream|tmpfile(?:64)?/, 'FILE'),
  family(/mkstemps?(?:64)?|mkostemps?(?:64)?|memfd_create|shm_open/, 'fd'),
  family(/mkdtemp|mktemp|tmpnam|tempnam/, 'nothing'),
  family(/f?dopendir|opendir/, 'handle'),
  family(/dlm?open/, 'handle'),
  family(/scandir(?:64)?|n?ftw(?:64)?/, 'nothing'),
  // mksh has macros before open, and a function that gives a stream.
  family(/binopen[23]/, 'fd'),
  family(/shf_open/, 'FILE'),
  // Has the shell read a file, under a name of its own: each call is judged by itself.
  family(/include/, 'nothing'),
];
