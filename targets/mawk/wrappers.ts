import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them: all of them open what an awk program names, as data. */
export const wrappers: readonly Wrapper[] = [
  { file: 'files.c', name: 'file_find', why: 'the file or command of a getline, print or printf: data' },
  { file: 'fin.c', name: 'FINopen', why: 'a file that the program reads records from: data' },
];
