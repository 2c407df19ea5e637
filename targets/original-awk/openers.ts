import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h|y|l)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/**
 * The functions by which original-awk opens files. Its own openfile is none: what it opens is data, whoever calls it, and
 * only run.c does.
 */
export const openers: readonly Opener[] = [
  // What the series adds; the names are chosen in templates/opencode.c.ejs.
  { ...c(/awk_open_code/, 'fd'), rewritten: true },
  { ...c(/awk_fopen_code/, 'FILE'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
];
