import { inShell, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { PROFILES } from '../../../src/target/small-shells/voice.ts';
import { BUSYBOX, denied, hello, inItsPlace } from './common.ts';

const HUSH: readonly string[] = [BUSYBOX, 'hush'];

const refused = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [`hush: ${name}: Permission denied`, ...(rest.says ?? [])],
});

/** The other shell, which Debian does not build. */
const scripts: readonly Scenario[] = [
  {
    id: 'hush-script',
    what: 'hush: a script argument',
    files: { 'script.sh': hello('script') },
    argv: [...HUSH, 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    says: ['script ran'],
    refused: refused('script.sh', 127),
    denied: 'runs',
  },
  {
    id: 'hush-dot',
    what: 'hush: `.` by path; the script goes on where the file is refused',
    files: { 'script.sh': { text: '. ./lib.sh\necho "went" "on"\n', mode: 0o755 }, 'lib.sh': hello('lib') },
    argv: [...HUSH, 'script.sh'],
    marked: ['script.sh', 'lib.sh'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['lib ran\nwent on'],
    refused: refused('./lib.sh', 0, { says: ['went on'], never: ['lib ran'] }),
  },
  {
    id: 'hush-dot-path',
    what: 'hush: `.` through PATH',
    files: { 'bin/two.sh': hello('two') },
    argv: [...HUSH, '-c', '. two.sh'],
    env: { PATH: '{folder}/bin:/usr/bin:/bin' },
    marked: ['bin/two.sh'],
    plain: [],
    says: ['two ran'],
    // The name is freed before it is printed, in the unpatched shell too.
    refused: { says: ['Permission denied'], never: ['two ran'], status: 1 },
  },
  {
    id: 'hush-login',
    what: 'hush: -l; a refused profile is skipped, like one that cannot be read',
    files: { 'home/.profile': hello('profile') },
    argv: [...HUSH, '-l', '-c', 'echo "command ran"'],
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    // hush 1.35 opens a profile by a text that it has freed: the trace may show another name.
    traced: false,
    says: ['profile ran\ncommand ran'],
    refused: { says: ['command ran'], never: ['profile ran'], status: 0 },
  },
  {
    id: 'hush-redirections',
    what: 'hush: redirections and here-documents are data',
    files: {
      'script.sh': { text: 'read line <data; echo "$line" >out; cat out <<END\nhere\nEND\n', mode: 0o755 },
      data: { text: 'text\n', mode: 0o644 },
    },
    argv: [...HUSH, 'script.sh'],
    marked: ['script.sh'],
    plain: ['data', 'out'],
    placements: ['executable', 'plain'],
    says: ['text'],
    denied: 'runs',
  },
];

const commands: readonly Scenario[] = [
  {
    id: 'hush-command',
    what: 'hush: -c, which is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [...HUSH, '-l', '-c', 'echo "command ran"'],
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    placements: ['executable', 'plain'],
    // hush 1.35 opens a profile by a text that it has freed: the trace may show another name.
    traced: false,
    says: ['profile ran\ncommand ran'],
    denied: denied('-c', 1, { never: [' ran'] }),
  },
  {
    id: 'hush-stdin',
    what: 'hush: commands from a pipe that is the standard input',
    files: {},
    argv: shell(`echo 'echo "pipe" "ran"' | ${inShell('hush')}`),
    marked: [],
    plain: [],
    says: ['pipe ran'],
    denied: denied('standard input', 1, { never: ['pipe ran'] }),
  },
  {
    id: 'hush-stdin-file',
    what: 'hush: commands from a file that is the standard input',
    files: { 'script.sh': hello('script') },
    argv: inItsPlace('hush', '<script.sh'),
    marked: [],
    plain: ['script.sh'],
    says: ['script ran'],
    denied: denied('standard input', 1, { never: ['script ran'] }),
    passing: ['script.sh'],
  },
  {
    id: 'hush-prompt',
    what: 'hush: commands that are typed at a prompt: the shell ends, and does not ask again',
    files: {},
    argv: HUSH,
    typed: 'echo "$((40 + 2)) typed"\nexit\n',
    marked: [],
    plain: [],
    traced: false,
    says: ['42 typed'],
    denied: denied('standard input', 1, { never: ['42 typed'] }),
  },
];

/** What hush runs. */
export const hush: readonly Scenario[] = [
  ...scripts,
  ...commands.map((one): Scenario => ({ ...one, patch: 'commands' })),
];

/** What hush has only in builds for processors without an MMU. */
export const functions: readonly Scenario[] = [
  {
    id: 'hush-functions',
    what: 'hush: -F gives the name of a function and its body, which a trusted script then calls',
    files: { 'script.sh': { text: 'greet\n', mode: 0o755 } },
    argv: [...HUSH, '-F', 'greet', 'echo "function" "ran"', 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['function ran'],
    denied: denied('-F', 1, { never: ['function ran'] }),
    patch: 'commands',
  },
  {
    id: 'hush-subshell',
    what: 'hush: a command substitution is another hush, which is given its commands by -c: it is refused with that',
    files: {
      'script.sh': { text: 'echo "$(echo "subshell" "ran")"\necho "went" "on"\n', mode: 0o755 },
    },
    argv: [...HUSH, 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    placements: ['executable', 'plain'],
    // The process that it starts opens nothing.
    traced: false,
    says: ['subshell ran', 'went on'],
    denied: denied('-c', 0, { says: ['went on'], never: ['subshell ran'] }),
    patch: 'commands',
  },
];
