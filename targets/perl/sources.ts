import type { Bundled, Language, NotShipped } from '../../src/target/contract.ts';

/** C, XS, which is C with lines of its own between the functions, and the library. */
export function language(file: string): Language | undefined {
  if (/^(?:cpan|dist|ext|lib|utils)\/.*\.(?:pm|pl|PL)$/.test(file) && !file.endsWith('/Makefile.PL'))
    return 'perl';
  return /\.(?:c|h|xs|y|inc)$/.test(file) ? 'c' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  {
    files:
      /^(?:win32|vms|os2|plan9|qnx|haiku|amigaos4|vos|cygwin|djgpp|symbian|NetWare|Cross)\/|^ext\/(?:VMS-|Win32|Amiga-)|^cpan\/Win32/,
    why: 'other systems: their own sources, builds and modules',
  },
  { files: /^fakesdio\.h$/, why: 'names for modules on systems without stdio' },
  {
    files: /^ext\/DynaLoader\/dl_(?!dlopen\.xs$)\w+\.xs$/,
    why: 'the loaders of other systems: Linux has dl_dlopen.xs',
  },
  {
    files: /^(?:Porting|regen|hints|h2pl|debian|metaconfig)(?:\/|\.)/,
    why: 'tools of the maintainers, packaging',
  },
  { files: /^t\/|^(?:cpan|dist|ext|lib)\/(?:[^/]+\/)*t\//, why: "the interpreter's own tests" },
  { files: /^ext\/XS-(?:APItest|Typemap)\//, why: 'modules for tests' },
  {
    files: /^(?:generate_uudmap|ext\/SDBM_File\/(?:db[adeu]|util))\.c$/,
    why: 'programs of the build, and by hand',
  },
  {
    files: /^(?:cpan|dist)\/(?:Devel-PPPort|ExtUtils-ParseXS)\/.*\.(?:xs|[ch]|inc)$/,
    why: 'parts of a header that other modules take with them',
  },
  {
    files:
      /^(?:cpan|dist|ext)\/[^/]+\/(?:private|devel|parts|inc|examples?|eg|hints)\/|^dist\/Devel-PPPort\/(?!lib\/)/,
    why: 'tools of the build and of the maintainers of modules, examples',
  },
  { files: /^uconfig\.h$/, why: 'the configuration of microperl' },
  { files: /^cpan\/Sys-Syslog\/fallback\//, why: 'a header for systems without one' },
];

/** What distributions take out of the tree, and build against their own. */
export const bundled: readonly Bundled[] = [
  {
    what: 'zlib',
    files: 'cpan/Compress-Raw-Zlib/zlib-src/**',
    says: "the system's library packs and unpacks data",
  },
  {
    what: 'bzip2',
    files: 'cpan/Compress-Raw-Bzip2/bzip2-src/**',
    says: "the system's library packs and unpacks data",
  },
];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [
  /^(?:defined ?\(?)?(?:WIN32|_WIN32|VMS|__VMS|OS2|DOSISH|DJGPP|__CYGWIN__|NETWARE|__SYMBIAN32__|EPOC|PLAN9|__amigaos4__|__QNX__|__LIBCATAMOUNT__|OEMVS|USE_STDIO_PTR_VOS|MSDOS|__MINT__)\)?$/,
  /&& defined\(DJGPP\)$/,
  /^!\(defined \(PERLIO_LAYERS\)\)$/,
  /^0$/,
];
