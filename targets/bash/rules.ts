import type { Release, Rule, Site } from '../../src/target/contract.js';

const at = (file: string, ...owners: readonly string[]) => {
  return (site: Site): boolean => site.file === file && owners.includes(site.owner.name);
};

/** Whether a release is 5.2, 5.3 and so on, or a later one. */
const since = (release: Release, minor: number): boolean => Number(release.version.split('.')[1]) >= minor;

/** The number of upstream's patches that a tree has. */
const level = (release: Release): number => Number(release.version.split('.')[2] ?? '0');

const evalfile = at('builtins/evalfile.c', '_evalfile', '_evalfile_internal', 'evalfile_internal');

/** What each open of bash is for; the order matters, the first rule that matches decides. */
export const rules: readonly Rule[] = [
  {
    id: 'script',
    when: (site) => at('shell.c', 'open_shell_script')(site) && site.callee !== 'fdopen',
    sites: 2,
    verdict: 'mark',
    roles: ['script'],
    why: 'the script given as argument, in the current directory or found in PATH: read and run from this descriptor',
  },
  {
    id: 'script-stream',
    when: (site) => at('shell.c', 'open_shell_script')(site) && site.callee === 'fdopen',
    sites: (release) => (since(release, 3) ? 0 : 1),
    verdict: 'exempt',
    roles: ['script'],
    why: 'a stream over the descriptor that the script was opened by, in builds without buffered input: checked when it was opened',
  },
  {
    id: 'history-file',
    when: (site) => evalfile(site) && site.state === 'plain' && site.statement.includes('FEVAL_HISTORY'),
    sites: 0,
    patched: { source: 1 },
    verdict: 'exempt',
    roles: ['temp'],
    why: "the temporary file of fc and edit-and-execute-command: made 0600 by this shell for the user's editor, never executable",
  },
  {
    id: 'evalfile',
    when: evalfile,
    sites: 1,
    verdict: 'mark',
    roles: ['module', 'startup', 'temp'],
    why: 'source and `.`, every startup and logout file, --rcfile, BASH_ENV, ENV, the debugger: parsed and run whole',
  },
  {
    id: 'sample',
    when: at('execute_cmd.c', 'READ_SAMPLE_BUF'),
    sites: 1,
    verdict: 'policy',
    default: 'exempt',
    roles: ['script'],
    why: 'the first 128 bytes of a file that execve would not run, to tell a binary from a script: nothing of them is run, and the script itself is opened again by open_shell_script',
  },
  {
    id: 'sample-of-binary',
    when: (site) => at('execute_cmd.c', 'shell_execve')(site) && site.text === 'open (command, O_RDONLY)',
    sites: 0,
    // Fedora's shell has it.
    also: [1],
    verdict: 'exempt',
    roles: ['data'],
    why: 'the same look once more, to name the ELF interpreter that a binary wants and that is missing: nothing of it is run',
  },
  {
    id: 'inputrc',
    when: at('lib/readline/bind.c', '_rl_read_file'),
    sites: (release) => (since(release, 3) ? 2 : 1),
    verdict: 'policy',
    default: 'mark',
    roles: ['config'],
    why: 'inputrc, its $include, bind -f: key bindings, and a key bound to a macro types a command at the next prompt',
  },
  {
    id: 'loadable',
    when: at('builtins/enable.def', 'dyn_load_builtin'),
    sites: (release) => (since(release, 3) ? 3 : 2),
    verdict: 'policy',
    default: 'exempt',
    roles: ['loadable'],
    why: 'enable -f: the file is opened by ld.so, whose mmap a noexec mount refuses; a missing x bit does not stop it',
  },
  {
    id: 'loadable-check',
    when: at('builtins/enable.def', 'open_loadable'),
    sites: 0,
    patched: { loadable: 2 },
    verdict: 'exempt',
    roles: ['loadable'],
    why: 'asks whether a loadable builtin may be executed, and has ld.so load it',
  },
  {
    id: 'helper',
    when: (site) => site.file === 'lib/sh/opencode.c' || at('lib/readline/shell.c', 'sh_open_code')(site),
    sites: 0,
    patched: { helper: 3, inputrc: 1 },
    verdict: 'exempt',
    roles: ['script'],
    why: "the helper's own plain open, where no kernel mechanism can be asked, or in a readline without bash",
  },
  {
    id: 'dead-stream',
    when: at('input.c', 'open_buffered_stream'),
    sites: 1,
    verdict: 'exempt',
    roles: ['script'],
    why: 'opens a script by name, and nothing calls it: its one caller is a test program that is compiled by hand',
  },
  {
    id: 'redirection',
    when: at('redir.c', 'redir_special_open', 'noclobber_open', 'redir_open', 'do_redirection_internal'),
    sites: (release) => (since(release, 3) ? 6 : 7),
    verdict: 'exempt',
    roles: ['redirect'],
    why: 'the file of a redirection: data for the command that is run, whatever its flags',
  },
  {
    id: 'cat-file',
    when: (site) =>
      at('builtins/evalstring.c', 'open_redir_file', 'cat_file')(site) ||
      at('subst.c', 'optimize_cat_file')(site),
    sites: (release) => (since(release, 2) ? 3 : 1),
    verdict: 'exempt',
    roles: ['redirect'],
    why: '$(<file): the file becomes the text of a word, it is not run',
  },
  {
    id: 'here-document',
    when: at('redir.c', 'here_document_to_fd'),
    sites: 3,
    verdict: 'exempt',
    roles: ['temp'],
    why: "a here-document's temporary file, or /dev/null for an empty one: input of a command",
  },
  {
    id: 'background-input',
    when: at('execute_cmd.c', 'async_redirect_stdin'),
    sites: 1,
    verdict: 'exempt',
    roles: ['redirect'],
    why: '/dev/null as input of a command in the background',
  },
  {
    id: 'coprocess',
    when: at('execute_cmd.c', 'execute_coproc'),
    sites: 2,
    verdict: 'exempt',
    roles: ['process'],
    why: 'the pipes of a coprocess, opened by no name',
  },
  {
    id: 'process-substitution',
    when: at('subst.c', 'unlink_all_fifos', 'make_named_pipe', 'process_substitute'),
    sites: 3,
    verdict: 'exempt',
    roles: ['process'],
    why: "a named pipe of the shell's own for <(…), where there is no /dev/fd",
  },
  {
    id: 'terminal',
    when: (site) => at('general.c', 'check_dev_tty')(site) || at('jobs.c', 'initialize_job_control')(site),
    sites: 3,
    verdict: 'exempt',
    roles: ['tty'],
    why: 'the controlling terminal, for job control',
  },
  {
    id: 'history',
    when: (site) =>
      at('bashhist.c', 'maybe_append_history', 'maybe_save_shell_history')(site) ||
      at(
        'lib/readline/histfile.c',
        'read_history_range',
        'history_truncate_file',
        'history_write_slow',
        'history_do_write',
      )(site),
    sites: (release) => (since(release, 3) ? 7 : 6),
    verdict: 'exempt',
    roles: ['data'],
    why: 'the history file: lines that run when they are recalled, by the user or by an expansion such as !! in a shell that has it switched on; data that a policy cannot judge line by line',
  },
  {
    id: 'fc-file',
    when: at('builtins/fc.def', 'fc_builtin'),
    sites: 1,
    verdict: 'exempt',
    roles: ['temp'],
    why: 'the temporary file that fc writes for the editor',
  },
  {
    id: 'temporary',
    when: (site) =>
      at('lib/sh/tmpfile.c', 'sh_mktmpname', 'sh_mktmpfd', 'sh_mktmpfp', 'sh_mktmpdir')(site) ||
      at('lib/sh/anonfile.c', 'anonshmopen', 'anonopen')(site),
    // 5.3 has anonymous files, and its second patch takes one way to make them out again.
    sites: (release) => (since(release, 3) ? (level(release) < 2 ? 12 : 10) : 7),
    verdict: 'exempt',
    roles: ['temp'],
    why: 'makes temporary files: opened to be written, new and exclusive',
  },
  {
    id: 'help-text',
    when: at('builtins/help.def', 'open_helpfile'),
    sites: 1,
    verdict: 'exempt',
    roles: ['data'],
    why: 'the text of a builtin for `help`, where it was built into files: printed',
  },
  {
    id: 'read-editing',
    when: at('builtins/read.def', 'read_builtin'),
    sites: 1,
    verdict: 'exempt',
    roles: ['data'],
    why: 'a stream over the descriptor that `read -e -u` was given: data for a variable',
  },
  {
    id: 'completion',
    when: (site) =>
      at('bashline.c', 'snarf_hosts_from_file')(site) ||
      at('lib/readline/complete.c', 'rl_filename_completion_function')(site),
    sites: (release) => (since(release, 3) ? 3 : 2),
    verdict: 'exempt',
    roles: ['data'],
    why: 'names to complete: hosts from a file, files from a directory',
  },
  {
    id: 'globbing',
    when: (site) =>
      at('lib/glob/glob.c', 'glob_vector', 'glob_filename')(site) ||
      at('pathexp.c', 'shell_glob_filename', 'noquote_glob_filename')(site) ||
      at('pcomplete.c', 'gen_globpat_matches')(site),
    sites: 4,
    verdict: 'exempt',
    roles: ['directory'],
    why: 'directories that are listed to expand a pattern',
  },
  {
    id: 'directory',
    when: (site) =>
      at('builtins/cd.def', 'cdxattr')(site) ||
      at('lib/sh/getcwd.c', 'getcwd')(site) ||
      at('lib/sh/mailstat.c', 'mailstat')(site) ||
      at('lib/sh/spell.c', 'mindist')(site),
    sites: 5,
    verdict: 'exempt',
    roles: ['directory'],
    why: 'directories: the extended attributes of cd -@, the path of the current one, a maildir, the spelling of cd',
  },
  {
    id: 'trace-output',
    when: (site) => at('variables.c', 'sv_xtracefd')(site) || at('lib/sh/dprintf.c', 'dprintf')(site),
    sites: 2,
    verdict: 'exempt',
    roles: ['output'],
    why: 'a stream to write to, over a descriptor that is open already',
  },
  {
    id: 'malloc-statistics',
    when: at('lib/malloc/stats.c', '_imalloc_fopen'),
    sites: 2,
    verdict: 'exempt',
    roles: ['output'],
    why: 'statistics of the allocator, written',
  },
  {
    id: 'random',
    when: at('lib/sh/random.c', 'getrandom'),
    sites: 1,
    verdict: 'exempt',
    roles: ['data'],
    why: '/dev/urandom, where there is no getrandom',
  },
  {
    id: 'catalogue',
    when: at('lib/intl/loadmsgcat.c', '_nl_load_domain'),
    sites: 1,
    verdict: 'policy',
    default: 'exempt',
    roles: ['config'],
    why: 'a message catalogue, in a build with the gettext that comes with bash (glibc has its own): the translation of $"…" is expanded, command substitution included, so that a catalogue can run commands',
  },
  {
    id: 'locale',
    when: (site) =>
      at('lib/intl/localcharset.c', 'get_charset_aliases')(site) ||
      at('lib/intl/localealias.c', 'read_alias_file')(site) ||
      at('lib/intl/log.c', '_nl_log_untranslated', '_nl_log_untranslated_locked')(site) ||
      at('lib/intl/relocatable.c', 'find_shared_library_fullname')(site),
    sites: (release) => (since(release, 3) ? 3 : 4),
    verdict: 'exempt',
    roles: ['data'],
    why: 'names of charsets and locales, and the log of what is not translated',
  },
  {
    id: 'termcap',
    when: at('lib/termcap/termcap.c', 'tgetent'),
    sites: 1,
    verdict: 'exempt',
    roles: ['data'],
    why: 'the terminal description, where no other library has it',
  },
];
