import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'exec.c',
    name: 'execute',
    why: 'the files of redirections, which the parser found: data for the command that is run',
  },
  {
    file: 'main.c',
    name: 'maketemp',
    why: 'makes a new file, whose name it takes from TMPDIR and a random number',
  },
  {
    file: 'eval.c',
    name: 'glob_str',
    why: 'lists directories to expand a pattern, whoever gives that',
  },
  {
    file: 'misc.c',
    name: 'parse_args',
    why: 'the options of the shell: -T names a terminal, which is opened for input and output',
  },
];
