import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  { file: 'debug.c', name: 'do_dump_instructions', why: 'the file of the command dump: written only' },
  { file: 'debug.c', name: 'do_save', why: 'the file of the command save: written only' },
  {
    file: 'debug.c',
    name: 'do_source',
    why: 'the file of the command source: marked in the function that it calls',
  },
  {
    file: 'debug.c',
    name: 'do_list',
    why: 'shows lines of the program, by the function that opens programs',
  },
  { file: 'io.c', name: 'redirect_string', why: 'the file or command of a getline, print or printf: data' },
  { file: 'awkgram.y', name: 'dump_vars', why: 'the list of variables: written only' },
  { file: 'profile.c', name: 'set_prof_file', why: 'the profile: written only' },
  {
    file: 'extension/gawkfts.c',
    name: 'fts_read',
    why: 'reads a folder for the extension filefuncs: names, as data',
  },
];
