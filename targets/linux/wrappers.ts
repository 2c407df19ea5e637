import type { Wrapper } from '../../src/target/contract.ts';

const of = (file: string, why: string, ...names: readonly string[]): readonly Wrapper[] =>
  names.map((name) => ({ file, name, why }));

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  ...of(
    'fs/open.c',
    'opens for the kernel itself: build_open_how takes the flag away, whoever calls it',
    'file_open_root',
  ),
  ...of(
    'fs/open.c',
    'opens an inode that a walk has found and may_open has judged: no flags of a program come to it',
    ...['finish_open', 'vfs_open'],
  ),
];
