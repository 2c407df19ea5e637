import { inShell, shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { hello, refused, runs } from './common.ts';

/** A program file that is the standard input or another open descriptor, which gawk reads without opening it. */
const byName = (id: string, what: string, path: string, redirection: string): Scenario => ({
  id,
  what,
  files: { 'script.awk': hello('script') },
  argv: shell(`exec ${runs(path)} ${redirection}`),
  marked: [],
  judged: ['script.awk'],
  plain: ['script.awk'],
  // No open of it is in a trace.
  traced: false,
  says: ['script ran'],
  refused: refused(path),
});

/** Names of descriptors: gawk knows some by itself. */
export const descriptors: readonly Scenario[] = [
  byName(
    'dev-fd',
    'a program file by the name of an open descriptor, which gawk reads without opening it: it is judged all the same',
    '/dev/fd/9',
    '9<script.awk',
  ),
  byName('dev-stdin', 'a program file by the name /dev/stdin', '/dev/stdin', '<script.awk'),
  {
    ...byName(
      'dev-fd-posix',
      'a program file by the name of an open descriptor, which --posix opens',
      '/dev/fd/9',
      '',
    ),
    argv: shell(`exec ${inShell('--posix', '-f', '/dev/fd/9')} 9<script.awk`),
  },
  {
    ...byName('dev-fd-offset', 'a descriptor is read from where it is', '/dev/fd/9', ''),
    files: { 'script.awk': `read by the shell\n${hello('script')}` },
    argv: shell(`{ read line <&9; exec ${runs('/dev/fd/9')}; } 9<script.awk`),
  },
  {
    id: 'dev-fd-rest',
    what: 'a descriptor behind the beginning of an executable file: nobody vouches for a part',
    files: { 'script.awk': { text: `read by the shell\n${hello('rest')}`, mode: 0o755 } },
    argv: shell(`{ read line <&9; exec ${runs('/dev/fd/9')}; } 9<script.awk`),
    marked: [],
    plain: ['script.awk'],
    // No open of it is in a trace.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['rest ran'],
    denied: refused('/dev/fd/9'),
    patch: 'commands',
  },
  {
    id: 'pipe',
    what: 'a program from a pipe, by the name of its descriptor: no regular file, no code',
    files: {},
    argv: shell(`echo 'BEGIN { print "pipe", "ran" }' | ${runs('/dev/fd/3')} 3<&0`),
    marked: [],
    plain: [],
    traced: false,
    irregular: true,
    says: ['pipe ran'],
    refused: refused('/dev/fd/3'),
  },
];
