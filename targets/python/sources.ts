import type { Bundled, Language, NotShipped } from '../../src/target/contract.ts';

/** C everywhere; Python where it is installed, and the part of the start-up that is written in it. */
export function language(file: string): Language | undefined {
  if (/\.[ch]$/.test(file)) return 'c';
  return /^Lib\/.*\.py$/.test(file) || file === 'Modules/getpath.py' ? 'python' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^Lib\/test\//, why: "the interpreter's own tests" },
  {
    files: /^Lib\/(?:.*\/)?(?:tests?|idle_test)\//,
    why: 'tests that lie beside what they test',
  },
  { files: /^(?:Doc|Mac|Misc|debian|Tools)\//, why: 'documentation, packaging, tools of the maintainers' },
  { files: /^(?:PC|PCbuild)\//, why: 'Windows: its own sources and its build' },
  {
    files: /^(?:Modules\/(?:_winapi|overlapped|winreparse)|Python\/dynload_win)\.[ch]$/,
    why: 'sources that only Windows has',
  },
  { files: /^Python\/emscripten_syscalls\.c$/, why: 'what Emscripten has in place of system calls' },
  { files: /^Objects\/mimalloc\/prim\/(?:windows|osx|wasi|emscripten)\//, why: 'memory on other systems' },
  { files: /^Modules\/_scproxy\.c$/, why: 'a module that only macOS has' },
  { files: /^Modules\/_ctypes\/(?:libffi_osx|malloc_closure|darwin)\b/, why: 'ctypes on macOS' },
  {
    files: /^Modules\/(?:_test|_xxtestfuzz\/|_ctypes\/_ctypes_test|xx)/,
    why: 'modules for tests, and examples of how to write one',
  },
  {
    files: /^Modules\/expat\/(?:xmlwf|.*test)/,
    why: "expat's own programs",
  },
  {
    files: /^Programs\/_(?:freeze_module|freeze_importlib|bootstrap_python)\.c$/,
    why: 'runs while the interpreter is being built',
  },
  { files: /^Programs\/_testembed\.c$/, why: 'a program for tests' },
];

/** What distributions take out of the tree, and build against their own. */
export const bundled: readonly Bundled[] = [
  {
    what: 'expat',
    files: 'Modules/expat/**',
    says: "the system's library parses what it is given, and opens nothing but the random device",
  },
  {
    what: 'libmpdec',
    files: 'Modules/_decimal/libmpdec/**',
    says: "the system's library calculates, and opens nothing",
  },
];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [
  /^(?:defined ?\(?)?(?:MS_WINDOWS|MS_WIN32|_WIN32|WIN32|_MSC_VER|MS_WINDOWS_DESKTOP|__CYGWIN__)\)?$/,
  /^!\(!\(defined \((?:MS_WINDOWS|MS_WIN32|_WIN32)\)\)\)$/,
  /^defined\(__APPLE__\) && /,
  /^(?:defined ?\(?)?(?:__APPLE__|__VMS|_AIX|__hpux|__sgi|sun)\)?$/,
  /^!\(defined\(HAVE_READLINK\)\)(?: && !\(defined\(HAVE_REALPATH\)\))? && defined\(MS_WINDOWS\)$/,
  /^defined ?\(?(?:HAVE_WINDOWS_CONSOLE_IO|MS_WINDOWS_GAMES)\)?(?: && !defined\(MS_WINDOWS_DESKTOP\))?$/,
  /^0$/,
  // Lib
  /^(?:_mswindows|_WINDOWS|MS_WINDOWS|sys\.platform == ['"](?:win32|darwin|cygwin)['"]|os\.name == ['"](?:nt|ce)['"])$/,
];
