import type { Rule, Site } from '../../../src/target/contract.js';
import { since } from '../source-text.js';
import { at, within } from './places.js';

const callee = (...names: readonly string[]): ((site: Site) => boolean) => {
  return (site) => names.includes(site.callee);
};

/** Perl's own functions that open what a program names: its data, whatever it makes of them. */
export const operatorRules: readonly Rule[] = [
  {
    id: 'standard-streams',
    when: callee('PerlIO_stdin', 'Perl_PerlIO_stdin'),
    sites: 10,
    verdict: 'exempt',
    roles: ['data'],
    why: 'the stream of standard input: compared with, dup-ed, or read by `-` and <>',
  },
  at(
    {
      'doio.c': ['Perl_do_openn', 'Perl_do_open_raw', 'Perl_do_open6', 'S_openn_cleanup'],
      'mathoms.c': ['Perl_do_open', 'Perl_do_open9'],
      'pp_sys.c': ['pp_open', 'pp_sysopen'],
      'perl.h': ['do_open'],
    },
    {
      id: 'open-operator',
      sites: (release) => (since(release, 42) ? 18 : since(release, 40) ? 19 : 20),
      verdict: 'exempt',
      roles: ['data', 'process'],
      why: 'open and sysopen: what a program reads, writes or starts; programs that run what they read are judged where they do',
    },
  ),
  at(
    {
      'doio.c': ['Perl_nextargv', 'Perl_do_eof', 'S_openindirtemp'],
      'pp_hot.c': ['Perl_do_readline'],
      'pp_sys.c': ['pp_eof'],
    },
    {
      id: 'argument-files',
      sites: 13,
      verdict: 'exempt',
      roles: ['data', 'temp', 'directory'],
      why: '<> and -i: the files of @ARGV, read as data and rewritten in place',
    },
  ),
  at(
    { 'doio.c': ['Perl_start_glob'] },
    {
      id: 'external-glob',
      sites: 1,
      verdict: 'exempt',
      roles: ['process'],
      why: 'glob by another program, in miniperl',
    },
  ),
  at(
    {
      'pp_sys.c': ['pp_backtick', 'S_dooneliner', 'pp_pipe_op', 'pp_socket', 'pp_sockpair', 'pp_accept'],
      'util.c': ['Perl_my_popen', 'Perl_my_popen_list'],
      'iperlsys.h': ['PerlProc_popen', 'PerlProc_popen_list'],
    },
    {
      id: 'processes-and-sockets',
      sites: 16,
      verdict: 'exempt',
      roles: ['process'],
      why: 'pipes, sockets and the output of other programs, whose files execve judges',
    },
  ),
  at(
    { 'pp_sys.c': ['pp_truncate', 'pp_fttext'] },
    {
      id: 'looked-at',
      sites: 2,
      verdict: 'exempt',
      roles: ['data'],
      why: 'truncate, and the first block of a file for -T and -B',
    },
  ),
  at(
    { 'pp_sys.c': ['pp_open_dir'], 'sv.c': ['Perl_dirp_dup'], 'util.c': ['Perl_getcwd_sv'] },
    {
      id: 'directories',
      sites: (release) => (since(release, 42) ? 3 : 4),
      // Where the copy is made by descriptor already (CVE-2025-40909).
      also: [3],
      verdict: 'exempt',
      roles: ['directory'],
      why: 'opendir, its copy for a new thread, and the way up to the root where there is no getcwd',
    },
  ),
  at(
    {
      'util.c': ['S_my_mkostemp'],
      'util.h': ['Perl_my_mkostemp', 'Perl_my_mkstemp'],
      'doio.c': ['Perl_my_mkstemp_cloexec', 'Perl_my_mkostemp_cloexec'],
    },
    {
      id: 'temporary-files',
      sites: 9,
      verdict: 'exempt',
      roles: ['temp'],
      why: 'temporary files, made and written by the program',
    },
  ),
  at(
    { 'util.c': ['Perl_seed'] },
    {
      id: 'random',
      sites: 1,
      verdict: 'exempt',
      roles: ['data'],
      why: '/dev/urandom, for the seed of rand and of hashes',
    },
  ),
  at(
    { 'util.c': ['atos_symbolize'] },
    {
      id: 'backtrace',
      sites: 1,
      verdict: 'exempt',
      roles: ['process'],
      why: 'the program that names addresses on macOS, in builds with backtraces',
    },
  ),
  {
    id: 'names',
    when: (site) =>
      within({
        'doio.c': ['Perl_PerlLIO_open_cloexec', 'Perl_PerlLIO_open3_cloexec'],
      })(site) ||
      (['embed.h', 'iperlsys.h', 'XSUB.h', 'perl.h'].includes(site.file) && site.owner.kind === 'define'),
    sites: (release) => (since(release, 40) ? 34 : 35),
    verdict: 'exempt',
    roles: ['data'],
    why: "perl's names of the C library's functions, for the core, for threads and for modules, which open data and code alike: those who call them decide",
  },
];
