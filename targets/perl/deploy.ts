import type { Deployment } from '../../src/target/deployment.ts';

/**
 * Where modules are: upstream's lib/perl5 (lib/VERSION where the prefix has `perl` in its name), Debian's share/perl,
 * share/perl5, perl-base and multi-arch folders, the site folders, /etc/perl.
 */
const LIBRARY = String.raw`/(?:(?:lib(?:64)?(?:/[^/]+-linux-[^/]+)?|share)/(?:perl5?|perl-base|site_perl)|lib(?:64)?/5\.\d+(?:\.\d+)?|etc/perl)/`;

const library = (rest: string): RegExp => new RegExp(`${LIBRARY}${rest}`);

/** What require, use and do open: the interpreter's one open, and the calls of the library that come to it. */
const REQUIRED = ['module', 'library-required'];

/** The files of an installed perl that it opens as code. */
export const deployment: Deployment = {
  examples: {
    '/etc/perl/Net/libnet.cfg': 'settings',
    '/opt/perl/lib/5.36.0/strict.pm': 'module',
    '/opt/perl/lib/site_perl/5.36.0/One.pm': 'module',
    '/usr/bin/corelist': false,
    '/usr/lib/perl5/5.36/core_perl/auto/POSIX/load_imports.al': 'autoload',
    '/usr/lib/x86_64-linux-gnu/perl-base/strict.pm': 'module',
    '/usr/lib/x86_64-linux-gnu/perl/5.36/asm/errno.ph': 'library',
    '/usr/lib/x86_64-linux-gnu/perl5/5.36/auto/DBI/DBI.so': false,
    '/usr/lib64/perl5/vendor_perl/One.pm': 'module',
    '/usr/local/share/perl/5.36.0/One.pm': 'module',
    '/usr/share/doc/perl/example.pl': false,
    '/usr/share/perl/5.36.0/ExtUtils/typemap': false,
    '/usr/share/perl/5.36.0/ExtUtils/xsubpp': 'tool',
    '/usr/share/perl/5.36.0/unicore/Name.pl': 'library',
    '/usr/share/perl5/One.pod': false,
    '/usr/share/perl5/sitecustomize.pl': 'startup',
  },
  modules: '/usr/share/perl5/',
  kinds: [
    {
      id: 'startup',
      what: 'sitecustomize.pl',
      files: library(String.raw`(?:.*/)?sitecustomize\.pl$`),
      rules: REQUIRED,
      why: 'done at each start, if perl was built with usesitecustomize; a refusal ends the program',
    },
    {
      id: 'module',
      what: 'modules (.pm, .pmc)',
      files: library(String.raw`.*\.pmc?$`),
      rules: REQUIRED,
      why: 'opened by use and require, -M, -m and -d',
    },
    {
      id: 'library',
      what: 'libraries (.pl, .ph)',
      files: library(String.raw`.*\.(?:pl|ph)$`),
      rules: REQUIRED,
      why: 'opened by require and do: the tables of unicore, the debugger, Config_heavy.pl, headers made by h2ph',
    },
    {
      id: 'autoload',
      what: 'split functions (.al, autosplit.ix)',
      files: library(String.raw`(?:.*/)?auto/.*(?:\.al|/autosplit\.ix)$`),
      rules: REQUIRED,
      why: 'required by AutoLoader when a function is first called, and its index by the import',
    },
    {
      id: 'bootstrap',
      what: 'bootstrap files of XS modules (.bs)',
      files: library(String.raw`(?:.*/)?auto/.*\.bs$`),
      rules: REQUIRED,
      why: 'done by DynaLoader before it loads the object of the same name, if there is anything in it',
      notEmpty: true,
    },
    {
      id: 'settings',
      what: 'settings that are code (libnet.cfg)',
      files: library(String.raw`(?:.*/)?Net/libnet\.cfg$`),
      rules: ['library-required'],
      why: 'done by Net::Config',
    },
    {
      id: 'tool',
      what: 'programs in the library (ExtUtils/xsubpp)',
      files: library(String.raw`(?:.*/)?ExtUtils/xsubpp$`),
      rules: ['script'],
      why: 'a script that makefiles of XS modules give to perl by its path; it is installed without execute permission',
    },
  ],
  plain: [
    {
      id: 'loadable',
      what: 'objects of XS modules (.so)',
      files: library(String.raw`.*\.so$`),
      rules: ['loadable', 'library-loadable'],
      why: 'ld.so opens them without the flag: a noexec mount stops one, a missing execute permission does not',
    },
    {
      id: 'evaluated',
      what: 'typemaps, distroprefs, perldiag.pod',
      files: library(String.raw`(?:.*/)?(?:typemap|[^/]+\.dd|perldiag\.pod)$`),
      rules: ['evaluated-lines', 'evaluated-settings', 'evaluated-documentation'],
      why: 'read as data by modules that evaluate a part of them',
    },
  ],
  sources: {
    language: 'perl',
    what: 'what files on this list do or require, by a path that is written in them',
    rules: REQUIRED,
    why: 'named by a file that is itself opened as code',
    // @INC has more folders, by version and architecture: those in which modules are found.
    places: { search: ['/etc/perl', '/usr/local/share/perl5', '/usr/share/perl5'], library: true },
  },
  noFiles: {
    'script-descriptor': 'a script by the number of a descriptor: whoever opened the file named it',
    'debugger-source': 'commands for the debugger: files of the user who debugs, in any place',
    'debugger-terminal': 'the same, in a file that is named as a terminal',
    'debugger-file': 'the same, if the series opens it',
  },
};
