import type { Wrapper } from '../../src/target/contract.ts';

/** The functions and macros of C that open what other files give them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'doio.c',
    name: 'Perl_do_eof',
    why: 'eof(): goes on to the next of the files in @ARGV, which are data; it is given a handle and no name',
  },
  {
    file: 'ext/File-Glob/bsd_glob.c',
    name: 'bsd_glob',
    why: 'expands a pattern: lists directories, and opens no file that is in them',
  },
  {
    file: 'iperlsys.h',
    name: 'PerlLIO_mktemp',
    why: 'makes a name for a file that is not there yet, and opens nothing',
  },
  {
    file: 'iperlsys.h',
    name: 'PerlLIO_tmpnam',
    why: 'makes a name for a file that is not there yet, and opens nothing',
  },
  { file: 'sv.c', name: 'Perl_dirp_dup', why: 'duplicates the handle of a directory for a new thread' },
];
