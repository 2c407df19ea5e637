import type { Release, Rule, Site } from '../../../src/target/contract.js';
import { since } from '../source-text.js';
import { within } from './places.js';

/** How many in 5.32.1, 5.36.0, 5.40.1 and 5.42.3. */
const counts = (first: number, second: number, third: number, fourth: number): ((of: Release) => number) => {
  return (release) =>
    since(release, 42) ? fourth : since(release, 40) ? third : since(release, 36) ? second : first;
};

const isPerl = (site: Site): boolean => /\.(?:pm|pl|PL)$/.test(site.file);

const below = (folder: string): ((site: Site) => boolean) => {
  return (site) => isPerl(site) && site.file.startsWith(`${folder}/`);
};

/** Why what a module of CPAN reads and evaluates is opened as before. */
const CPAN = 'a module of CPAN, which runs on perls and systems without this series: to be changed there';

const evaluates = (file: string, ...owners: readonly string[]): ((site: Site) => boolean) =>
  within({ [file]: owners });

const source = evaluates('lib/perl5db.pl', '_handle_source_command');

/** What Perl's own library opens: read without a grammar, by what stands around each word. */
export const libraryRules: readonly Rule[] = [
  {
    id: 'library-required',
    when: (site) => isPerl(site) && /^(?:do|require)\b/.test(site.callee),
    sites: counts(74, 75, 77, 78),
    verdict: 'mark',
    through: 'modules',
    roles: ['module', 'config'],
    why: 'do and require of a file whose name is computed or written out: opened as code by the interpreter',
  },
  {
    id: 'debugger-pipe',
    when: (site) => source(site) && site.state === 'plain' && site.statement.startsWith('if ( defined $code'),
    sites: 0,
    patched: { debugger: 1 },
    verdict: 'exempt',
    roles: ['process'],
    why: 'what the name that `source` is given is to open() and to nobody else: a pipe, a descriptor, a file to write to',
  },
  {
    id: 'debugger-source',
    when: source,
    sites: 1,
    verdict: 'policy',
    default: 'mark',
    roles: ['config'],
    why: 'commands for the debugger from a file, by its `source`, in .perldb or at its prompt: what is no command is evaluated',
  },
  {
    id: 'debugger-settings-look',
    when: evaluates('lib/perl5db.pl', 'safe_do'),
    sites: 0,
    patched: { debugger: 1 },
    verdict: 'exempt',
    roles: ['config'],
    why: 'whether a .perldb that was not run can be read: closed unread',
  },
  {
    id: 'evaluated-settings',
    when: (site) =>
      evaluates('cpan/CPAN/lib/CPAN/Distroprefs.pm', '_load_dd', 'load_dd')(site) ||
      evaluates('cpan/CPAN/lib/CPAN/Kwalify.pm', '_validate', 'yaml', '-')(site) ||
      evaluates('cpan/ExtUtils-MakeMaker/lib/ExtUtils/MakeMaker.pm', '_run_hintfile')(site) ||
      evaluates('cpan/Test-Harness/lib/App/Prove.pm', 'add_rc_file')(site),
    sites: counts(4, 5, 4, 4),
    verdict: 'policy',
    default: 'exempt',
    roles: ['config'],
    why: `distroprefs and hint files that are read and evaluated, options of .proverc that name plugins and programs; ${CPAN}`,
  },
  {
    id: 'evaluated-lines',
    when: (site) =>
      evaluates('cpan/ExtUtils-MakeMaker/lib/ExtUtils/MM_Unix.pm', 'parse_version', 'get_version')(site) ||
      evaluates('cpan/Module-Metadata/lib/Module/Metadata.pm', '_init')(site) ||
      evaluates('cpan/Module-Load-Conditional/lib/Module/Load/Conditional.pm', 'check_install')(site) ||
      evaluates('dist/ExtUtils-ParseXS/lib/ExtUtils/Typemaps.pm', '_init')(site) ||
      evaluates('dist/ExtUtils-ParseXS/lib/ExtUtils/Typemaps.pm', 'new')(site),
    sites: 7,
    verdict: 'policy',
    default: 'exempt',
    roles: ['module', 'config'],
    why: `the line of a module that sets $VERSION, and the snippets of typemaps: cut out of a file that is read, and evaluated; ${CPAN}`,
  },
  {
    id: 'stored-code',
    when: (site) => /(?:^|\/)Storable\.pm$/.test(site.file) && site.owner.name.includes('retrieve'),
    sites: 1,
    verdict: 'policy',
    default: 'exempt',
    roles: ['data'],
    why: 'stored data, whose code references are evaluated if the program sets $Storable::Eval: the same function reads data that holds none',
  },
  {
    id: 'evaluated-documentation',
    when: (site) => site.file === 'lib/diagnostics.pm',
    sites: 2,
    verdict: 'policy',
    default: 'exempt',
    roles: ['data'],
    why: "perldiag.pod, from which diagnostics makes patterns that it evaluates: documentation, which no distribution makes executable; also the module's own text",
  },
  {
    id: 'library-loadable',
    when: (site) => isPerl(site) && site.callee === 'dl_load_file',
    sites: 2,
    verdict: 'policy',
    default: 'exempt',
    roles: ['loadable'],
    why: 'shared objects of modules, loaded by the function of the rule `loadable`',
  },
  ...(
    [
      ['cpan', 'modules that are kept on CPAN', counts(339, 343, 347, 346)],
      ['dist', 'modules that are kept with perl, and are on CPAN too', counts(52, 52, 52, 51)],
      ['ext', 'modules of perl with a part in C', counts(38, 37, 37, 37)],
      ['lib', "perl's own modules, the debugger among them", 61],
      ['utils', 'programs that come with perl, and what makes them', 41],
    ] as const
  ).map(([folder, what, sites]): Rule => ({
    id: `library-${folder}`,
    when: below(folder),
    sites,
    verdict: 'exempt',
    roles: ['data', 'output', 'temp', 'directory', 'process'],
    why: `${what}: files of their callers, archives, documents, logs, temporary files, sockets and other programs; none of these is evaluated, what is stands in the rules before`,
  })),
];
