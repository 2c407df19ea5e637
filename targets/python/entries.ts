import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that comes from no file with a name. */
export const entries: readonly Entry[] = [
  {
    id: 'python/-c',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'python compiles and runs the argument of -c',
    patch: 'commands',
  },
  {
    id: 'python/-m',
    kind: 'snippet',
    verdict: 'files-only',
    why: 'the argument of -m names a module: importlib finds its file, and io.open_code opens it; some modules, such as pickle and trace, run the content of a file that they are given',
  },
  {
    id: 'python/interactive',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'a prompt: no argument on a terminal, -i, PYTHONINSPECT, the consoles of code, asyncio and _pyrepl, pdb and breakpoint(), IDLE; and the statement of timeit',
    patch: 'commands',
  },
  {
    id: 'python/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a script on standard input: no argument, `-`, `python < file`',
    patch: 'commands',
  },
  {
    id: 'python/startup',
    kind: 'environment',
    verdict: 'files-only',
    why: 'PYTHONSTARTUP names a file that runs before the first prompt',
  },
  {
    id: 'python/path',
    kind: 'environment',
    verdict: 'files-only',
    why: 'PYTHONPATH, PYTHONHOME, PYTHONPLATLIBDIR and PYTHONUSERBASE say where modules are found; their files are opened as code',
  },
  {
    id: 'python/named-modules',
    kind: 'environment',
    verdict: 'files-only',
    why: 'PYTHONWARNINGS and _PYTHON_SYSCONFIGDATA_NAME name modules that are imported; PYTHONBREAKPOINT names a function of one, and is ignored if code from no file is denied',
    patch: 'commands',
  },
  {
    id: 'python/spawn',
    kind: 'descriptor',
    verdict: 'refuse-when-denied',
    why: 'multiprocessing: -c in the child, which then unpickles what its parent writes into a pipe; if -c is denied, no child starts',
    patch: 'commands',
  },
  {
    id: 'python/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'OPENSSL_CONF and OPENSSL_MODULES name what libcrypto loads, LD_LIBRARY_PATH, LD_PRELOAD, GCONV_PATH and LOCPATH what libc loads, TCLLIBPATH what Tcl runs',
    open: 'the libraries and the dynamic linker open them, without the interpreter',
  },
  {
    id: 'python/programs',
    kind: 'environment',
    verdict: 'files-only',
    why: 'BROWSER (webbrowser), PAGER and MANPAGER (pydoc), EDITOR (IDLE) name programs to start: by execve, which judges them, or by a shell, which asks for itself',
  },
];
