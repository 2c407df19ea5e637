import type { Entry } from '../../src/target/contract.js';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'perl/-e',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the arguments of -e and -E are compiled and run, with what -n, -p and -i put around them',
    patch: 'commands',
  },
  {
    id: 'perl/-M',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'what stands behind a module in -M and -m is code: `-Mstrict;print 1`; the module itself is a file, opened as code, and a list behind `=` is quoted; O and autouse evaluate theirs',
    patch: 'commands',
  },
  {
    id: 'perl/-F',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the pattern of -F is compiled: it may interpolate, have blocks of code, and end before its argument does',
    patch: 'commands',
  },
  {
    id: 'perl/-d:',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'what stands behind the module of -d: is code, as with -M; the module is a file',
    patch: 'commands',
  },
  {
    id: 'perl/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program on the standard input: no argument, `-`, `perl < file`',
    patch: 'commands',
  },
  {
    id: 'perl/debugger',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'the prompt of -d, on a terminal, a file or a socket; what its `source` names is a file',
    patch: 'commands',
  },
  {
    id: 'perl/PERL5OPT',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'PERL5OPT may have -M, and code behind the module; -e is not allowed in it',
    patch: 'environment',
  },
  {
    id: 'perl/PERL5DB',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'with -d the text of PERL5DB is compiled in the place of perl5db.pl',
    patch: 'environment',
  },
  {
    id: 'perl/PERLDB',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'PERLDB_OPTS may name a command for the debugger to write to; with PERLDB_RESTART it takes commands, conditions and actions from variables; .perldb is a file, opened as code',
    patch: 'environment',
  },
  {
    id: 'perl/PERL_RL',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'Term::ReadLine evaluates the name of the module that it is to use',
    patch: 'environment',
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
