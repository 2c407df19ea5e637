import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  { file: 'sed/compile.c', name: 'compile_file', why: 'the script file of -f: marked in it' },
  {
    file: 'sed/compile.c',
    name: 'compile_string',
    why: 'compiles program text, and opens what its commands name as data',
  },
  { file: 'sed/execute.c', name: 'process_files', why: 'the files that are edited: data' },
  {
    file: 'sed/utils.c',
    name: 'ck_fdopen',
    why: 'a stream over a descriptor that is open already: the standard input, on Windows alone',
  },
  { file: 'sed/utils.c', name: 'ck_mkstemp', why: 'the new file of -i' },
];
