import type { Opener } from '../../src/target/contract.ts';

const c = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: /\.(?:c|h)$/,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which applets open files: libc's, those of libbb that stand before them, and the shells' own. */
export const openers: readonly Opener[] = [
  // What the series adds.
  { ...c(/bb_open_code|xf?open_code_stdin|open_script/, 'fd'), rewritten: true },
  c(/open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create/, 'fd'),
  c(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|open_memstream|tmpfile(?:64)?/, 'FILE'),
  c(/mkstemps?(?:64)?|mkostemps?(?:64)?/, 'fd'),
  c(/mkdtemp|mktemp|tmpnam|tempnam|scandir(?:64)?|n?ftw(?:64)?|glob(?:64)?/, 'nothing'),
  c(/f?dopendir|opendir|dlm?open/, 'handle'),
  // libbb's, which open for all applets: each call is judged by itself.
  c(/x?fopen_for_(?:read|write)|xfopen|fopen_or_warn(?:_stdin)?|xfopen_stdin/, 'FILE'),
  c(/xfdopen_for_(?:read|write)/, 'FILE'),
  c(/xopen3?|open3?_or_warn|xopen_nonblocking|xopen_as_uid_gid|device_open/, 'fd'),
  c(/open_or_warn_stdin|xopen_stdin|xmkstemp/, 'fd'),
  c(/open_read_close|xmalloc_x?open_read_close/, 'nothing'),
  c(/config_open2?/, 'FILE'),
  c(/open_zipped|xmalloc_open_zipped_read_close/, 'nothing'),
  // The shells': by name, behind a name of their own.
  c(/setinputfile|readcmdfile|read_profile/, 'nothing'),
  c(/sh_open/, 'fd'),
  c(/hfopen/, 'FILE'),
];
