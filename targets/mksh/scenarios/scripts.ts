import type { Scenario } from '../../../src/target/scenario.ts';
import { hello, MKSH } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** The script that is given: by all its names, and what may stand in its place. */
export const scripts: readonly Scenario[] = [
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
];
