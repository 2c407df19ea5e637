import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'Src/exec.c',
    name: 'getoutput',
    why: '$(<FILE) reads a file as text, whoever expands it',
  },
  {
    file: 'Src/exec.c',
    name: 'getproc',
    why: '<(...) opens a named pipe that it has just made, on systems without /dev/fd',
  },
  {
    file: 'Src/exec.c',
    name: 'getfpfunc',
    why: 'opens the file of a function as code, whoever looks for the function',
  },
  {
    file: 'Src/exec.c',
    name: 'execlist',
    why: 'executes commands: the files of their redirections are data, whoever runs them',
  },
  {
    file: 'Src/glob.c',
    name: 'zglob',
    why: 'lists directories, for the pattern of any caller',
  },
  {
    file: 'Src/hashtable.c',
    name: 'hashdir',
    why: 'lists a directory of PATH',
  },
  {
    file: 'Src/hist.c',
    name: 'readhistfile',
    why: 'reads the history as text, of any file',
  },
  {
    file: 'Src/hist.c',
    name: 'savehistfile',
    why: 'writes the history, to any file',
  },
  {
    file: 'Src/init.c',
    name: 'zsh_main',
    why: 'the arguments of the shell: opens the script among them, and marks that itself',
  },
  {
    file: 'Src/module.c',
    name: 'load_module',
    why: 'loads a module, which the policy `module` decides, whoever asks for it',
  },
  {
    file: 'Src/parse.c',
    name: 'bin_zcompile',
    why: 'zcompile: lists a compiled file, which is data',
  },
  {
    file: 'Src/parse.c',
    name: 'try_dump_file',
    why: 'opens compiled files of functions as code, whoever looks for the function',
  },
  {
    file: 'Src/parse.c',
    name: 'try_source_file',
    why: 'opens compiled files of what is sourced as code, whoever sources it',
  },
  {
    file: 'Src/parse.c',
    name: 'dump_autoload',
    why: 'autoload -w: opens a compiled file as code',
  },
  {
    file: 'Src/utils.c',
    name: 'gettempname',
    why: 'makes a new temporary file, for whoever writes it',
  },
  {
    file: 'Src/utils.c',
    name: 'gettempfile',
    why: 'makes a new temporary file, for whoever writes it',
  },
  {
    file: 'Src/utils.c',
    name: 'checkrmall',
    why: 'lists a directory, to say how many files rm would remove',
  },
  {
    file: 'Src/utils.c',
    name: 'spckword',
    why: 'lists directories, to find a name that was meant',
  },
];
