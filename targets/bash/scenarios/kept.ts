import type { Scenario } from '../../../src/target/scenario.ts';
import { BASH, hello, quiet, refusedScript } from './common.ts';

/** What must go on under every policy: data, history, terminals, and trusted code in unusual places. */
export const kept: readonly Scenario[] = [
  {
    id: 'redirections',
    what: 'redirections, $(<file), read, mapfile, here-documents, process substitution',
    files: {
      'script.sh': [
        // A redirection that fails ends the script.
        'set -e',
        'read line < data; echo "$line"',
        'echo "$(<data)"',
        'exec 5< data; read -u 5 line; exec 5<&-',
        'mapfile -t lines < data; echo "${#lines[@]} lines"',
        'echo written > out; echo more >> out; : <> both; echo >| forced; echo "$(<out)"',
        // More than a pipe holds: a file.
        'printf -v long "%070000d" 0; read -r line <<< "$long"; echo "${#line} digits"',
        'read line < <(echo substituted); echo "$line"',
        'cat < /dev/null; : > /dev/null',
        'cat <<END',
        'here',
        'END',
        'wait',
        '',
      ].join('\n'),
      data: 'first\nsecond\n',
      'tmp/': '',
    },
    argv: [BASH, 'script.sh'],
    marked: ['script.sh'],
    plain: ['data', 'out', 'both', 'forced', 'tmp/sh-thd.*'],
    says: ['first\nfirst\nsecond\n2 lines\nwritten\nmore\n70000 digits\nsubstituted\nhere'],
    refused: refusedScript('script.sh'),
  },
  {
    id: 'history',
    what: "the history file, read and written, and fc's own file",
    files: { 'home/.bash_history': 'echo from history\n', 'tmp/': '' },
    argv: [BASH, '--norc', '--noediting', '-i'],
    typed:
      'history\necho "time $((count += 1))"\nfc -e true\n' +
      'history -a other; mapfile -t kept <other; echo "kept: ${kept[1]}"\nexit\n',
    marked: [],
    plain: ['home/.bash_history', 'tmp/bash-fc.*', 'other'],
    // What fc runs once more counts on.
    says: ['echo from history', 'time 1', 'time 2', 'kept: echo "time'],
  },
  {
    id: 'edit-and-execute',
    what: 'edit-and-execute-command: the file of the editor is run',
    files: { 'tmp/': '' },
    argv: [BASH, '--norc', '-i'],
    env: { ...quiet, EDITOR: 'true' },
    typed: 'echo "edited $((6 * 7))"\u0018\u0005exit\n',
    marked: ['inputrc'],
    plain: ['tmp/bash-fc.*'],
    // Without the editor, what is typed next would end the line.
    says: ['edited 42\n'],
  },
  {
    id: 'completion',
    what: 'completion of file names and by a function, on a terminal',
    files: { 'data-of-a-long-name': 'text\n' },
    argv: [BASH, '--norc', '-i'],
    env: quiet,
    typed:
      'echo "found $((6 * 7))" data-of-\t\n' +
      'words() { COMPREPLY=(word$((40 + 2))); }; complete -F words tool; tool() { echo "got $1"; }\n' +
      'tool w\t\nexit\n',
    marked: ['inputrc'],
    plain: [],
    traced: false,
    says: ['found 42 data-of-a-long-name', 'got word42'],
  },
  {
    id: 'terminal',
    what: 'a shell on a terminal: job control, /dev/tty',
    files: {},
    argv: [BASH, '--norc', '-i'],
    env: quiet,
    typed:
      'sleep 99 & jobs; kill %1; echo "tty $((6 * 7))" >/dev/tty; : </dev/tty && echo "opened $((6 * 7))"\nexit\n',
    marked: ['inputrc'],
    plain: [],
    says: ['Running', 'tty 42', 'opened 42'],
  },
  {
    id: 'many-files',
    what: '2,000 sourced files, with few descriptors',
    files: {
      'script.sh': {
        mode: 0o755,
        text: [
          'for ((one = 0; one < 2000; one++)); do echo \'((count += 1))\' >"lib$one"; done',
          'chmod 755 lib*; ulimit -n 16',
          'for ((one = 0; one < 2000; one++)); do . "./lib$one" || exit; done',
          'echo "$count sourced"',
          '',
        ].join('\n'),
      },
    },
    argv: [BASH, 'script.sh'],
    marked: ['script.sh', 'lib*'],
    plain: ['lib*'],
    // The trace of it is long, and shows nothing that others do not.
    traced: false,
    says: ['2000 sourced'],
  },
  {
    id: 'few-descriptors',
    what: 'a script where only a few descriptors may be open',
    files: { 'script.sh': hello('script') },
    argv: ['/bin/sh', '-c', 'ulimit -n 5; exec "$0" script.sh', BASH],
    marked: ['script.sh'],
    plain: [],
    says: ['script ran'],
    refused: refusedScript('script.sh'),
  },
];
