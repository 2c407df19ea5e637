import type { Rule } from '../../../src/target/contract.js';
import { at, within } from './places.js';

const openScript = within({ 'perl.c': ['S_open_script'] });
const requireFile = within({ 'pp_ctl.c': ['S_require_file'] });

/** The two opens of code, and those that look like them. */
export const codeRules: readonly Rule[] = [
  {
    id: 'script-descriptor',
    when: (site) => openScript(site) && /^(?:PerlIO_fdopen|Perl_code_fd_passes)$/.test(site.callee),
    sites: 1,
    // The stream stays as it is, and its descriptor is judged.
    patched: { script: 1 },
    verdict: 'mark',
    roles: ['script'],
    why: 'perl /dev/fd/N: nothing is opened by name, the script is read from a descriptor that is open already, and is a file that was named as one',
  },
  {
    id: 'fake-carrier',
    when: (site) => openScript(site) && site.callee.includes('mkstemp'),
    sites: 1,
    verdict: 'exempt',
    roles: ['temp'],
    why: 'an empty file in the place of /dev/null, on systems without one',
  },
  {
    id: 'carrier',
    when: (site) => openScript(site) && site.statement.startsWith('if (carrier)'),
    sites: 0,
    patched: { script: 1 },
    verdict: 'exempt',
    roles: ['script'],
    why: '/dev/null, which -e and -V: have in the place of a script: nothing is executed of it, and it is seen to be a device',
  },
  {
    id: 'script',
    when: openScript,
    sites: 1,
    verdict: 'mark',
    roles: ['script'],
    why: 'the script given as argument, also with -S and -x, /dev/stdin and /proc/self/fd/N: parsed and run from this stream',
  },
  at(
    { 'pp_ctl.c': ['S_check_type_and_open'] },
    {
      id: 'module',
      sites: 1,
      verdict: 'mark',
      roles: ['module', 'startup'],
      why: 'require, use, do FILE, -M, -m, -d, PERL5OPT, PERL5DB, .pmc, sitecustomize.pl, and what the core loads by itself: parsed and run from this stream',
    },
  ),
  at(
    { 'pp_ctl.c': ['S_doopen_pm'] },
    {
      id: 'refused-pmc',
      sites: 0,
      patched: { modules: 1 },
      verdict: 'exempt',
      roles: ['module'],
      why: 'tells a .pmc that cannot be read from one that may not be executed; closed unread',
    },
  ),
  {
    id: 'generator-carrier',
    when: (site) => requireFile(site) && site.text.includes('BIT_BUCKET'),
    sites: 1,
    verdict: 'exempt',
    roles: ['module'],
    why: '/dev/null, read in the place of a file where a hook in @INC gave a generator: an empty stream for its filter',
  },
  {
    id: 'dot-probe',
    when: (site) => requireFile(site) && site.text.includes('&sv'),
    sites: 1,
    verdict: 'exempt',
    roles: ['module'],
    why: "would do FILE have found the file in '.': opened to tell of it in a warning, and closed unread",
  },
  {
    id: 'helper',
    when: (site) =>
      within({ 'doio.c': ['S_open_code', 'S_open_judged'] })(site) ||
      (site.callee === 'S_open_code' && within({ 'doio.c': ['Perl_PerlLIO_open3_cloexec'] })(site)),
    sites: 0,
    patched: { helper: 4 },
    verdict: 'exempt',
    roles: ['script'],
    why: "the helper's own plain open, where no kernel mechanism can be asked, and its one call",
  },
  {
    id: 'standard-input',
    when: (site) => site.callee === 'PerlIO_stdin' && within({ 'perl.c': ['S_parse_body'] })(site),
    sites: 1,
    verdict: 'policy',
    default: 'exempt',
    roles: ['script'],
    why: 'the program on the standard input: nothing is opened, see the entry perl/stdin',
  },
  at(
    { 'ext/DynaLoader/dl_dlopen.xs': ['-', 'dl_load_file'] },
    {
      id: 'loadable',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['loadable'],
      why: 'the shared objects of modules: the file is opened by ld.so, whose mmap a noexec mount refuses; a missing x bit does not stop it',
    },
  ),
];
