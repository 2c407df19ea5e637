import type { Opener } from '../../src/target/contract.ts';

const everywhere = /\.(?:c|h|y|def)$/;

const family = (token: RegExp, gives: Opener['gives']): Opener => ({
  files: everywhere,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

/** The functions by which bash opens files: libc's, and its own in front of them. */
export const openers: readonly Opener[] = [
  { ...family(/sh_open_code/, 'fd'), rewritten: true },
  { ...family(/open_loadable/, 'handle'), rewritten: true },
  family(/open(?:at)?(?:64)?|openat2|creat(?:64)?/, 'fd'),
  family(/f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?/, 'FILE'),
  family(
    /mkstemps?(?:64)?|mkostemps?(?:64)?|sh_mktmpfd|sh_mktmpfp|sh_openpipe|memfd_create|shm_mkstemp/,
    'fd',
  ),
  family(/mkdtemp|mktemp|tmpnam|tempnam|sh_mktmpdir|sh_mktmpname/, 'nothing'),
  family(/f?dopendir|opendir/, 'handle'),
  family(/dlm?open/, 'handle'),
  // Opened by name behind a name of their own.
  family(/open_buffered_stream|open_redir_file|redir_special_open|redir_open/, 'fd'),
  family(/shm_open|scandir|ftw|nftw|glob_filename/, 'nothing'),
];
