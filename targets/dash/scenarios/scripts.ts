import type { Scenario } from '../../../src/target/scenario.ts';
import { DASH, hello, LONG } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** The script that is given: by all its names, and what may stand in its place. */
export const scripts: readonly Scenario[] = [
  {
    id: 'no-interpreter-line',
    what: 'an executable without #!: execve refuses its format, and gives it to /bin/sh as a script',
    files: { tool: { text: hello('tool'), mode: 0o755 } },
    argv: [DASH, '-c', './tool; true'],
    marked: [],
    // By the /bin/sh of the system, which no series is in.
    judged: [],
    plain: ['tool'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['tool ran'],
  },
  {
    id: 'dot-here-document-long',
    what: '. /dev/fd/3 of a here-document that is a file in memory, which the kernel would execute: it is code',
    where: 'memory-here-documents',
    files: { 'script.sh': { text: `. /dev/fd/3 3${LONG}`, mode: 0o755 } },
    argv: [DASH, 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    system: /^\/dev\/fd\/3$/,
    placements: ['executable', 'plain'],
    says: ['text ran'],
  },
  {
    id: 'script-missing',
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [DASH, 'nowhere.sh'],
    marked: ['nowhere.sh'],
    plain: [],
    says: ['cannot open nowhere.sh: No such file'],
    status: 2,
  },
  {
    id: 'script-too-long',
    what: 'a script with too long a name: the error is as before',
    files: {},
    argv: [DASH, TOO_LONG],
    marked: [TOO_LONG],
    plain: [],
    says: [`cannot open ${TOO_LONG}: File name too long`],
    status: 2,
  },
];
