import type { Rule } from '../../../src/target/contract.js';
import { at } from './places.js';

/** PerlIO: layers, which open what they are told, and streams over descriptors. */
export const layerRules: readonly Rule[] = [
  at(
    { 'perlio.c': ['PerlIO_debug'] },
    {
      id: 'layer-debug',
      sites: 1,
      verdict: 'exempt',
      roles: ['output'],
      why: 'the log that PERLIO_DEBUG names, written',
    },
  ),
  at(
    { 'perlio.c': ['PerlIO_tmpfile', 'PerlIO_tmpfile_flags'] },
    {
      id: 'layer-temporary',
      sites: 7,
      verdict: 'exempt',
      roles: ['temp'],
      why: 'a temporary file without a name',
    },
  ),
  at(
    {
      'perlio.c': [
        '-',
        'PerlIO_fdopen',
        'PerlIO_open',
        'PerlIO_openn',
        'PerlIO_reopen',
        'PerlIOUnix_open',
        'PerlIOStdio_open',
      ],
      'ext/PerlIO-encoding/encoding.xs': ['-'],
      'ext/PerlIO-mmap/mmap.xs': ['-'],
      'ext/PerlIO-scalar/scalar.xs': ['-'],
      'ext/PerlIO-via/via.xs': ['-'],
    },
    {
      id: 'layers',
      sites: 21,
      verdict: 'exempt',
      roles: ['data'],
      why: 'the layers, which open data and code alike: S_open_script and S_check_type_and_open tell them what they want by mode and flags, and both layers that open files pass these on',
    },
  ),
  at(
    {
      'perlio.c': [
        'PerlIO_fdupopen',
        'PerlIO_stdstreams',
        'PerlIOStdio_pushed',
        'PerlIO_importFILE',
        'PerlIOStdio_dup',
        'PerlIO_exportFILE',
      ],
    },
    {
      id: 'layer-descriptors',
      sites: 10,
      verdict: 'exempt',
      roles: ['data'],
      why: 'streams over descriptors that are open already: the standard ones, copies for threads, FILEs of C',
    },
  ),
];
