import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h|y|l)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/**
 * The functions by which mawk opens files. Those of its own
 * functions that open data for others are in wrappers.ts.
 */
export const openers: readonly Opener[] = [
  // What the series adds; its name is chosen in templates/opencode.c.ejs.
  { ...c(/mawk_open_code/, 'fd'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
];
