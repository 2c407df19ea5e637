import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { MKSH, hello, refusedScript } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** The script that is given: by all its names, and what may stand in its place. */
export const scripts: readonly Scenario[] = [
  {
    id: 'script-options',
    what: 'a script behind options, and behind --',
    files: { 'script.sh': hello('script') },
    argv: [MKSH, '-euf', '-o', 'noclobber', '--', 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    says: ['script ran'],
    refused: refusedScript('script.sh'),
  },
  {
    id: 'script-interactive',
    what: '-i with a script: an error does not end an interactive shell, but a script that is refused does',
    files: { 'script.sh': hello('script') },
    argv: [MKSH, '-i', 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['script ran'],
    refused: refusedScript('script.sh'),
  },
  {
    id: 'pipe',
    what: 'a script from a pipe, by the name of its descriptor: no regular file, no code',
    files: {},
    argv: shell('echo echo pipe ran | "$0" /dev/fd/0'),
    marked: [],
    plain: [],
    system: /^\/dev\/fd\/0$/,
    irregular: true,
    says: ['pipe ran'],
    refused: refusedScript('/dev/fd/0'),
  },
  {
    id: 'no-interpreter-line',
    what: 'an executable without #!: mksh looks for one, and gives it to EXECSHELL as a script',
    files: {
      'script.sh': { text: './tool\n', mode: 0o755 },
      tool: { text: hello('tool'), mode: 0o755 },
    },
    argv: [MKSH, 'script.sh'],
    env: { EXECSHELL: MKSH },
    marked: ['script.sh', 'tool'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['tool ran'],
  },
  {
    id: 'odd-interpreter-line',
    what: 'an executable whose #! follows a mark of UTF-8, which execve does not know: mksh runs the interpreter',
    files: {
      'script.sh': { text: './tool\n', mode: 0o755 },
      tool: { text: '\ufeff#!/bin/echo line\n', mode: 0o755 },
    },
    argv: [MKSH, 'script.sh'],
    marked: ['script.sh', 'tool'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['line ./tool'],
    where: ['byte-order-mark'],
  },
  {
    id: 'rename-race',
    what: 'a file that is exchanged while it is opened: what is opened is what is judged',
    files: {
      'bin/trusted': { text: hello('trusted'), mode: 0o755 },
      'bin/other': hello('other'),
      // Until both ran, or many times: where one may not run, it never does.
      'race.sh': {
        mode: 0o755,
        text: [
          'exchange() { while :; do ln -sf trusted bin/new; mv -T bin/new bin/tool; ln -sf other bin/new; mv -T bin/new bin/tool; done; }',
          'ln -s trusted bin/tool',
          'exchange & changing=$!',
          'run=0',
          'while [ $((run += 1)) -lt 100 ]; do',
          '  case $("$MKSH" bin/tool 2>/dev/null) in trusted*) trusted=1 ;; other*) other=1 ;; esac',
          '  [ "$trusted$other" = 11 ] && break',
          'done',
          'kill $changing; wait $changing 2>/dev/null',
          'echo "trusted ${trusted:-0} other ${other:-0}"',
          '',
        ].join('\n'),
      },
    },
    argv: [MKSH, 'race.sh'],
    env: { MKSH },
    marked: [],
    judged: ['bin/other'],
    plain: [],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['trusted 1 other 1'],
    refused: { says: ['trusted 1 other 0'], status: 0 },
  },
  {
    id: 'script-missing',
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [MKSH, 'nowhere.sh'],
    marked: ['nowhere.sh'],
    plain: [],
    says: ['nowhere.sh: No such file'],
    status: 127,
  },
  {
    id: 'script-too-long',
    what: 'a script with too long a name: the error is as before',
    files: {},
    argv: [MKSH, TOO_LONG],
    marked: [TOO_LONG],
    plain: [],
    says: [`${TOO_LONG}: File name too long`],
    status: 127,
  },
  {
    id: 'directory',
    what: 'a directory as script, and as the file of `.`: it is opened and has no commands, as before',
    files: { 'folder/': '', 'script.sh': { text: '. ./folder\necho "script ran"\n', mode: 0o755 } },
    argv: [MKSH, '-c', '"$0" folder && "$0" script.sh', MKSH],
    marked: ['folder', 'script.sh'],
    plain: ['folder'],
    // Whether it is opened once more depends on the kernel.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['script ran'],
  },
];
