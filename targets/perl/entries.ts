import type { Entry } from '../../src/target/contract.js';

/** Ways in for code that no file is opened for by name; nothing of this series closes them yet. */
export const entries: readonly Entry[] = [
  {
    id: 'perl/-e',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the arguments of -e and -E are compiled and run',
  },
  {
    id: 'perl/-M',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'what stands behind a module in -M and -m is code: `-Mstrict;print 1`; the module itself is a file, opened as code',
  },
  {
    id: 'perl/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program on the standard input: no argument, `-`, `perl < file`',
  },
  {
    id: 'perl/debugger',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'the prompt of -d, and what its `source` and history feed to it',
  },
  {
    id: 'perl/PERL5OPT',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'PERL5OPT may have -M, and code behind the module; -e is not allowed in it',
  },
  {
    id: 'perl/PERL5DB',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'with -d the text of PERL5DB is compiled in the place of perl5db.pl; PERLDB_OPTS and .perldb set up the debugger, the latter is opened as code',
  },
  {
    id: 'perl/path',
    kind: 'environment',
    verdict: 'files-only',
    why: 'PERL5LIB and PERLLIB say where modules are found; their files are opened as code',
  },
  {
    id: 'perl/PERLIO',
    kind: 'environment',
    verdict: 'files-only',
    why: 'PERLIO names the layers that files are read through, those of programs and modules too; the layers that open files ask for them as code, and :via(…) needs a module, which is a file',
  },
  {
    id: 'perl/hooks',
    kind: 'descriptor',
    verdict: 'files-only',
    why: 'a hook in @INC gives a filehandle, a generator or a text: a program that is running already opened or made it, as it could for eval',
  },
  {
    id: 'perl/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_LIBRARY_PATH, LD_PRELOAD, GCONV_PATH and LOCPATH name objects that libc loads: opened by ld.so, stopped by a noexec mount and by no missing x bit',
  },
];
