import type { Rule } from '../../../src/target/contract.js';
import { at } from './places.js';

/** Modules that are written in C. */
export const extensionRules: readonly Rule[] = [
  at(
    {
      'cpan/DB_File/DB_File.xs': ['ParseOpenInfo'],
      'ext/GDBM_File/GDBM_File.xs': ['-'],
      'ext/NDBM_File/NDBM_File.xs': ['ndbm_TIEHASH'],
      'ext/ODBM_File/ODBM_File.xs': ['odbm_TIEHASH', 'open'],
      'ext/SDBM_File/SDBM_File.xs': ['-'],
      'ext/SDBM_File/sdbm.c': ['sdbm_open', 'sdbm_prep'],
      'ext/SDBM_File/sdbm.h': ['dbm_open'],
    },
    {
      id: 'databases',
      sites: 14,
      verdict: 'exempt',
      roles: ['data'],
      why: 'databases that are tied to a hash',
    },
  ),
  at(
    {
      'cpan/Compress-Raw-Bzip2/bzip2-src/bzlib.c': ['bzopen_or_bzdopen'],
      'cpan/Compress-Raw-Bzip2/bzip2-src/bzlib.h': ['-'],
      'cpan/Compress-Raw-Zlib/zlib-src/zlib.h': ['gzopen'],
      'cpan/Compress-Raw-Zlib/zlib-src/zutil.h': ['F_OPEN'],
    },
    {
      id: 'archives',
      sites: 7,
      verdict: 'exempt',
      roles: ['data'],
      why: 'compressed files, by functions of libraries that perl builds without their file part',
    },
  ),
  at(
    {
      'cpan/Compress-Raw-Zlib/zlib-src/crc32.c': ['make_crc_table'],
      'cpan/Compress-Raw-Zlib/zlib-src/trees.c': ['gen_trees_header'],
    },
    {
      id: 'generated-tables',
      sites: 2,
      verdict: 'exempt',
      roles: ['output'],
      why: "tables that zlib's maintainers write with a build of their own",
    },
  ),
  at(
    {
      'dist/IO/IO.xs': ['-'],
      'dist/PathTools/Cwd.xs': ['Perl_getcwd_sv'],
      'ext/File-Glob/bsd_glob.c': ['g_opendir'],
      'ext/Sys-Hostname/Hostname.xs': ['-'],
    },
    {
      id: 'extension-data',
      sites: 6,
      verdict: 'exempt',
      roles: ['temp', 'directory', 'process'],
      why: 'a temporary file, directories, the output of uname',
    },
  ),
  at(
    { 'ext/POSIX/POSIX.xs': ['-', 'open'] },
    {
      id: 'posix-open',
      sites: 3,
      verdict: 'exempt',
      roles: ['data'],
      why: 'POSIX::open, which gives a program a descriptor of its data',
    },
  ),
];
