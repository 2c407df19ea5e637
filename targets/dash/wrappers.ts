import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'src/redir.c',
    name: 'redirect',
    why: 'the files of redirections, which the parser found: data for the command that is run',
  },
  {
    file: 'src/exec.c',
    name: 'find_command',
    why: 'looks for a command in PATH: reads functions from a folder that PATH marks with %func, and marks that itself',
  },
  {
    file: 'src/exec.c',
    name: 'shellexec',
    why: 'runs a program: what it hands to execve, the kernel judges',
  },
  {
    file: 'src/options.c',
    name: 'procargs',
    why: 'the arguments of the shell: opens the script among them, and marks that itself',
  },
];
