import type { Language, Target } from '../target/contract.js';

/**
 * What evaluates, a language's own: Python's built-in functions and the modules that make code objects or objects of any
 * class (the documentation of `functions`, `runpy`, `marshal`, `pickle`, `code`), Perl's operators (perlfunc) and Safe, and
 * what POSIX has for C (dlopen(3), and popen(3), whose argument is a program).
 */
const OWN: Readonly<Record<Language, readonly string[]>> = {
  python: [
    ...[
      'exec',
      'eval',
      '(?<![.\\w])compile',
      'execfile',
      '__import__',
      'import_module',
      'exec_module',
      'load_module',
    ],
    ...['run_path', 'run_module', 'runcode', 'runsource', 'runctx', 'FunctionType', 'CodeType'],
    ...['(?:marshal|c?[pP]ickle|shelve)\\.(?:loads?|open)', 'Unpickler', 'dlopen', 'CDLL'],
  ],
  perl: ['eval', 'do', 'require', 'evalbytes', 's///ee', 'reval', 'rdo', 'dl_load_file'],
  c: ['dlopen', 'popen', 'system'],
};

/** Words by which a place is known to hold a value that was read. */
export const READS =
  /^(?:p?read\w*|fread|f?gets?|getc\w*|fgetc|getline\w*|getdelim|mmap|recv|readline|sysread|<>)$|(?:^|\.)(?:read\w*|getvalue|recv\w*)$/;

/**
 * For each language what a call of it evaluates; it is matched against the name as it is written. What evaluates in C a
 * target says; Python and Perl are the same language whoever interprets them.
 */
export function sinksOf(target: Pick<Target, 'evaluates'>): Readonly<Record<Language, RegExp>> {
  const of = (language: Language): RegExp => {
    const words = [...OWN[language], ...(language === 'c' ? (target.evaluates.c ?? []) : [])];
    return new RegExp(`(?:^|[.:>]|\\b)(?:${words.join('|')})$`);
  };
  return { c: of('c'), python: of('python'), perl: of('perl') };
}
