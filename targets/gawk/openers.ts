import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h|y)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which gawk opens files: libc's, readline's, and its own that open what others name. */
export const openers: readonly Opener[] = [
  // What the series adds.
  { ...c(/gawk_open_code|open_source/, 'fd'), rewritten: true },
  { ...c(/open_library/, 'handle'), rewritten: true },
  { ...c(/init_persist/, 'nothing'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|open_memstream|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir|n?ftw/, 'nothing'),
  c(/f?dopendir|opendir|fts_open/, 'handle'),
  c(/dlm?open|load_ext/, 'handle'),
  c(/read_history|write_history|history_truncate_file/, 'nothing'),
  // gawk's own: a source file or data, as the caller says.
  c(/srcopen|devopen|devopen_simple/, 'fd'),
  // Maps the file of persistent memory.
  c(/pma_init/, 'nothing'),
];
