import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which sed opens files: libc's, and its own that opens what others name. */
export const openers: readonly Opener[] = [
  // What the series adds.
  { ...c(/sed_open_code/, 'fd'), rewritten: true },
  { ...c(/ck_fopen_code/, 'FILE'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
  // A script or data, as the caller says.
  c(/ck_fopen/, 'FILE'),
];
