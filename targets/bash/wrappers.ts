import type { Wrapper } from '../../src/target/contract.ts';

const of = (file: string, why: string, ...names: readonly string[]): readonly Wrapper[] =>
  names.map((name) => ({ file, name, why }));

/** The functions that open what other files name to them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  ...of(
    'builtins/evalfile.c',
    'parses and runs the file itself, whoever names it: the one open behind all of them is marked',
    ...['maybe_execute_file', 'force_execute_file', 'fc_execute_file', 'source_file'],
  ),
  ...of(
    'lib/readline/bind.c',
    'reads key bindings itself, whoever names the file: the open behind it is decided as the one of inputrc',
    'rl_read_init_file',
  ),
  ...of(
    'execute_cmd.c',
    'looks at the first bytes of a file that execve would not run; where it is a script it is opened again',
    'shell_execve',
  ),
  ...of(
    'redir.c',
    'the files of redirections, which the parser found: data for the command that is run',
    'do_redirections',
  ),
  ...of(
    'subst.c',
    '$(<file), of a string that bash expands: the file becomes the text of a word',
    'command_substitute',
  ),
  ...of(
    'builtins/fc.def',
    'the builtin fc: makes a new file for the editor, and has fc_execute_file run what comes of it',
    'fc_builtin',
  ),
  ...of('bashhist.c', 'writes the history', 'maybe_append_history'),
  ...of(
    'lib/readline/histfile.c',
    'the history: what it holds is data, whatever file it is in',
    ...['read_history_range', 'history_truncate_file', 'append_history', 'write_history'],
  ),
  ...of(
    'builtins/read.def',
    'the builtin read: its descriptor is duplicated to read data from it',
    'read_builtin',
  ),
  ...of(
    'variables.c',
    'BASH_XTRACEFD of the environment: a descriptor that is open already, to be written to',
    'initialize_shell_variables',
  ),
  ...of(
    'lib/sh/anonfile.c',
    'makes a new and empty file, of which a caller names the beginning of the name',
    'anonopen',
  ),
  ...of(
    'lib/intl/loadmsgcat.c',
    'reads message catalogues itself: the open in it is decided for all of them',
    '_nl_load_domain',
  ),
  ...of('lib/intl/log.c', 'writes a log of what is not translated', '_nl_log_untranslated'),
  ...of('lib/malloc/stats.c', 'writes statistics of the allocator', '_imalloc_fopen'),
  ...of('lib/termcap/termcap.c', 'reads a terminal description and nothing else', 'tgetent'),
  ...of('builtins/cd.def', 'the builtin cd: opens the attributes of a directory', 'cd_builtin'),
  ...of(
    'pathexp.c',
    'expands a pattern: lists directories, and opens no file that is in them',
    ...['shell_glob_filename', 'noquote_glob_filename'],
  ),
  ...of('pcomplete.c', 'lists directories for a pattern of names to complete', 'gen_compspec_completions'),
  ...of('lib/readline/complete.c', 'lists a directory to complete a name', 'rl_filename_completion_function'),
  ...of('lib/sh/mailstat.c', 'lists the directories of a maildir', 'mailstat'),
  ...of('lib/sh/spell.c', 'lists directories to correct the spelling of a path', 'dirspell'),
];
