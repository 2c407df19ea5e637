import type { Scenario } from '../../../src/target/scenario.ts';
import { ASH, BUSYBOX, hello, missingFile, refusedScript } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** The script that is given: by all its names, and what may stand in its place. */
export const scripts: readonly Scenario[] = [
  {
    id: 'no-interpreter-line',
    what: 'an executable without #!: execve refuses its format, and ash runs itself with it as a script',
    files: { tool: { text: hello('tool'), mode: 0o755 } },
    argv: [...ASH, '-c', './tool; true'],
    marked: ['tool'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['tool ran'],
  },
  {
    id: 'sh-name',
    what: 'the applet by a link of its name: sh',
    files: { 'script.sh': hello('script'), 'bin/sh': { link: BUSYBOX } },
    argv: ['/bin/sh', '-c', 'exec bin/sh script.sh'],
    marked: ['script.sh'],
    plain: [],
    says: ['script ran'],
    refused: refusedScript('script.sh'),
  },
  {
    id: 'script-missing',
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [...ASH, 'nowhere.sh'],
    marked: ['nowhere.sh'],
    plain: [],
    says: missingFile('nowhere.sh'),
    status: 2,
  },
  {
    id: 'script-too-long',
    what: 'a script with too long a name: the error is as before',
    files: {},
    argv: [...ASH, TOO_LONG],
    marked: [TOO_LONG],
    plain: [],
    says: ["can't open ", TOO_LONG, ': File name too long'],
    status: 2,
  },
];
