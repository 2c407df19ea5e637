import { inShell, refusedScript, shell } from '../dialect.ts';
import type { Scenario } from '../scenario.ts';
import { program, words } from './voice.ts';
import type { ShellVoice } from './voice.ts';

/** What must go on under every policy: data, terminals, and trusted code in unusual places. */
export function kept(voice: ShellVoice): readonly Scenario[] {
  const { dialect, startup } = voice;
  const { hello } = dialect;
  const itself = program(voice);
  return [
    {
      id: 'redirections',
      what: 'redirections of all kinds, here-documents, command substitutions, noclobber, /dev/null',
      files: {
        'script.sh': [
          'set -e',
          'read line < data; echo "$line"',
          'echo "$(cat <data)"',
          'exec 5< data; read line <&5; exec 5<&-; echo "again $line"',
          'echo written > out; echo more >> out; : <> both; cat out',
          'set -C; echo >| forced; { echo no > out; } 2>/dev/null || echo "kept"; set +C',
          'cat < /dev/null; : > /dev/null; sleep 0 & wait',
          'cat <<END',
          'here $line',
          'END',
          // More than a pipe holds: a process writes it.
          'long=$(printf "%070000d" 0)',
          'wc -c <<END',
          '$long',
          'END',
          'echo *.sh',
          '',
        ].join('\n'),
        data: 'first\nsecond\n',
      },
      argv: [...itself, 'script.sh'],
      marked: ['script.sh'],
      plain: ['data', 'out', 'both', 'forced'],
      // The folder is listed.
      traced: false,
      says: ['first\nfirst\nsecond\nagain first\nwritten\nmore\nkept\nhere first\n70001\nscript.sh'],
      refused: refusedScript(dialect, 'script.sh'),
    },
    {
      id: 'terminal',
      what: 'a shell on a terminal: job control, /dev/tty',
      files: {},
      argv: [...itself, '-i'],
      typed:
        'sleep 99 & jobs; kill -KILL %1; echo "tty $((6 * 7))" >/dev/tty; : </dev/tty && echo "opened $((6 * 7))"\nexit\n',
      marked: [...startup],
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
            'one=0; while [ $one -lt 2000 ]; do echo ": \\$((count += 1))" >"lib$one"; : $((one += 1)); done',
            'chmod 755 lib*; ulimit -n 16',
            'one=0; while [ $one -lt 2000 ]; do . "./lib$one" || exit; : $((one += 1)); done',
            'echo "$count sourced"',
            '',
          ].join('\n'),
        },
      },
      argv: [...itself, 'script.sh'],
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
      argv: shell(`ulimit -n 11; exec ${inShell(...words(voice, 'script.sh'))}`),
      marked: ['script.sh'],
      plain: [],
      says: ['script ran'],
      refused: refusedScript(dialect, 'script.sh'),
    },
    {
      id: 'long-script',
      what: 'a script of more than is read at a time, with a byte 0 and without a last newline',
      files: {
        'script.sh': `${': a line that does nothing\n'.repeat(1000)}echo "scr\u0000ipt ran"\nexec 3<script.sh\nread first <&3\necho "$first"`,
      },
      argv: [...itself, 'script.sh'],
      marked: ['script.sh'],
      plain: ['script.sh'],
      says: ['script ran\n: a line'],
      refused: refusedScript(dialect, 'script.sh'),
    },
  ];
}
