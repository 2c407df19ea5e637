import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { every, hello, refusedScript, trusted, ZSH } from './common.ts';

/** What must go on under every policy: data, terminals, and trusted code in unusual places. */
export const kept: readonly Scenario[] = [
  {
    ...every,
    id: 'redirections',
    what: 'redirections of all kinds, here-documents and here-strings, $(<file), noclobber, multios, /dev/null',
    files: {
      'script.zsh': [
        'set -e; TMPPREFIX=$PWD/tmp/z; TMPSUFFIX=',
        'read line < data; echo "$line"',
        'echo "$(cat <data)"; echo "$(<data)"',
        'exec 5< data; read line <&5; exec 5<&-; echo "again $line"',
        'echo written > out; echo more >> out; : <> both; cat out',
        'set -C; echo forced >| out; { echo no > out; } 2>/dev/null || echo "kept"; set +C',
        'cat < /dev/null; : > /dev/null; sleep 0 & wait',
        'cat <<END',
        'here $line',
        'END',
        'cat <<< "string $line"; echo twice > one > two; cat one two',
        'cat =(echo equals); cat <(echo less)',
        'echo *.zsh(N)',
        '',
      ].join('\n'),
      data: 'first\nsecond\n',
      'tmp/': '',
    },
    argv: [ZSH, 'script.zsh'],
    marked: ['script.zsh'],
    plain: ['data', 'out', 'both', 'one', 'two', 'tmp/*'],
    // The folder is listed, and pipes are named.
    traced: false,
    says: [
      'first\nfirst\nsecond\nfirst\nsecond\nagain first\nwritten\nmore\nkept\nhere first\nstring first\ntwice\ntwice\nequals\nless\nscript.zsh',
    ],
    refused: refusedScript('script.zsh'),
  },
  {
    ...every,
    id: 'modules-of-data',
    what: 'zsh/mapfile, zsh/system and the history read and write data',
    files: {
      'script.zsh': trusted(
        [
          'zmodload zsh/mapfile zsh/system',
          'echo "$mapfile[data]"; mapfile[made]=text; echo "$mapfile[made]"',
          'sysopen -r -u fd data; sysread -i $fd text; echo "$text"',
          'fc -R past; fc -p; fc -R past; fc -l 1; fc -W saved',
          '',
        ].join('\n'),
      ),
      data: 'data read\n',
      past: 'echo past\necho next\n',
    },
    argv: [ZSH, 'script.zsh'],
    marked: ['script.zsh'],
    plain: ['data', 'made', 'past', 'saved*'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['data read', 'text', 'data read', '1  echo past'],
    denied: 'runs',
  },
  {
    ...every,
    id: 'terminal',
    what: 'a shell on a terminal: line editing, job control, /dev/tty',
    files: {},
    argv: [ZSH, '-f', '-i'],
    typed:
      'sleep 99 & jobs; kill -KILL %1; echo "tty $((6 * 7))" >/dev/tty; : </dev/tty && echo "opened $((6 * 7))"\nexit 0\n',
    marked: [],
    plain: [],
    // The description of the terminal, of the library.
    traced: false,
    says: ['running', 'tty 42', 'opened 42'],
  },
  {
    ...every,
    id: 'many-files',
    what: '2,000 sourced files, with few descriptors',
    files: {
      'script.zsh': trusted(
        [
          'for one in {1..2000}; do echo ": \\$((count += 1))" >lib$one; done',
          'chmod 755 lib*; ulimit -n 16',
          'for one in {1..2000}; do . ./lib$one || exit; done',
          'echo "$count sourced"',
          '',
        ].join('\n'),
      ),
    },
    argv: [ZSH, 'script.zsh'],
    marked: ['script.zsh', 'lib*'],
    plain: ['lib*'],
    // The trace of it is long, and shows nothing that others do not.
    traced: false,
    says: ['2000 sourced'],
  },
  {
    ...every,
    id: 'many-functions',
    what: 'functions, mapped and read, with few descriptors',
    files: {
      'script.zsh': trusted(
        [
          'mkdir lib; for one in {1..20}; do echo "count+=x" >lib/f$one; (( one % 2 )) && zcompile -R lib/f$one; done',
          'chmod 755 lib/*; ulimit -n 16; fpath=($PWD/lib); autoload f{1..20}',
          'for one in {1..20}; do f$one; done; echo "${#count} called"',
          '',
        ].join('\n'),
      ),
    },
    argv: [ZSH, 'script.zsh'],
    marked: ['script.zsh', 'lib/*'],
    plain: ['lib/*'],
    traced: false,
    says: ['20 called'],
  },
  {
    ...every,
    id: 'few-descriptors',
    what: 'a script where only a few descriptors may be open',
    files: { 'script.zsh': hello('script') },
    argv: shell('ulimit -n 16; exec "$0" script.zsh'),
    marked: ['script.zsh'],
    plain: [],
    says: ['script ran'],
    refused: refusedScript('script.zsh'),
  },
  {
    ...every,
    id: 'long-script',
    what: 'a script of more than is read at a time, without a last newline',
    files: {
      'script.zsh': `${': a line that does nothing\n'.repeat(1000)}echo "script" "ran"\nexec 3<script.zsh\nread first <&3\necho "$first"`,
    },
    argv: [ZSH, 'script.zsh'],
    marked: ['script.zsh'],
    plain: ['script.zsh'],
    says: ['script ran\n: a line'],
    refused: refusedScript('script.zsh'),
  },
  {
    ...every,
    id: 'chroot',
    what: 'a script in a root of its own, without /proc and /dev',
    files: { 'script.zsh': hello('script') },
    argv: shell(
      'for file in $(ldd "$0" | grep -o "/[^ ]*"); do mkdir -p "root${file%/*}"; cp "$file" "root$file"; done; ' +
        'cp "$0" root/shell; cp -p script.zsh root; exec /usr/sbin/chroot root /shell /script.zsh',
    ),
    marked: [],
    judged: ['script.zsh'],
    plain: [],
    placements: ['executable', 'plain'],
    users: ['root'],
    traced: false,
    says: ['script ran'],
    refused: refusedScript('/script.zsh'),
  },
];
