import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.[ch]$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which zsh opens files: libc's, and its own that stand before them. */
export const openers: readonly Opener[] = [
  { ...c(/zopen_code|open_source|open_dump/, 'fd'), rewritten: true },
  { ...c(/load_object/, 'handle'), rewritten: true },
  // Opens a file that was refused once more, and closes it unread.
  c(/zcode_refused/, 'nothing'),
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|open_memstream|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir(?:64)?|n?ftw(?:64)?|glob(?:64)?/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
  // Reads commands, of a file that many others name: each call is judged by itself.
  c(/source|sourcehome/, 'nothing'),
  // Reads commands that an editor has left.
  c(/stuff/, 'nothing'),
];
