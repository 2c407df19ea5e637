import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h|hpp)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/**
 * The functions by which Lua opens files. Its one function that opens what its caller names and runs it,
 * luaL_loadfilex, is in wrappers.ts.
 */
export const openers: readonly Opener[] = [
  // What the series adds; the names are chosen in templates/lopencode.c.ejs.
  { ...c(/luaL_open_code/, 'fd'), rewritten: true },
  { ...c(/luaL_fopen_code|reopencode/, 'FILE'), rewritten: true },
  { ...c(/openlib/, 'handle'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|_?popen|l_popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open|LoadLibraryEx[AW]?/, 'handle'),
];
