import type { Language, Opener } from '../target/contract.js';

/** Openers that a new target begins with, by the language that they are written in. */
export interface Family {
  readonly language: Language;
  /** Source of a regular expression. */
  readonly token: string;
  readonly gives: Opener['gives'];
}

const family = (language: Language, token: string, gives: Opener['gives']): Family => ({
  language,
  token,
  gives,
});

/** What opens files by its name alone: libc's functions, and what is built into the languages. */
export const FAMILIES: readonly Family[] = [
  family('c', 'open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create', 'fd'),
  family('c', 'f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?', 'FILE'),
  family('c', 'mkstemps?(?:64)?|mkostemps?(?:64)?', 'fd'),
  family('c', 'mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw', 'nothing'),
  family('c', 'f?dopendir|opendir|dlm?open', 'handle'),
  family('python', 'open_code|open|popen|fdopen|FileIO', 'object'),
  family('python', '(?:read|write)_(?:text|bytes)|run_path|execfile|CDLL', 'object'),
  family('perl', 'open|sysopen|opendir', 'handle'),
];

/** The endings by which sources are known, as a regular expression is written. */
export const ENDINGS: Readonly<Record<Language, RegExp>> = {
  c: /\.(?:c|h|y|l)$/,
  python: /\.py$/,
  perl: /\.(?:pl|pm)$/,
};
