import type { Scenario } from '../../../src/target/scenario.ts';
import { BASH } from './common.ts';

/** A key that types a command, as a macro of readline's; the keys are Control-X x and Control-X y. */
const MACRO = (key: string, text: string): string => `"\\C-x${key}": "${text}\\n"\n`;

/** Keys of the macros, and what shows that the shell goes on. */
const PRESSED = '\u0018x\u0018y\necho "on $((1 + 1))"\nexit\n';

const scenarios: readonly Scenario[] = [
  {
    id: 'inputrc',
    what: 'INPUTRC, and a file that it includes: keys that are bound to macros',
    files: {
      keys: `${MACRO('x', 'echo $((40 + 2)) typed')}$include more\n`,
      more: MACRO('y', 'echo $((50 + 3)) typed'),
    },
    argv: [BASH, '--norc', '-i'],
    env: { HISTFILE: '/dev/null', INPUTRC: '{folder}/keys' },
    typed: PRESSED,
    marked: ['keys', 'more'],
    plain: [],
    says: ['42 typed', '53 typed', 'on 2'],
    // Like one that cannot be read, a refused file is no error.
    refused: { says: ['on 2'], never: ['42 typed', '53 typed'], status: 0 },
  },
  {
    id: 'inputrc-home',
    what: 'the inputrc of the home folder',
    files: { 'home/.inputrc': MACRO('x', 'echo $((40 + 2)) typed') },
    argv: [BASH, '--norc', '-i'],
    env: { HISTFILE: '/dev/null' },
    typed: PRESSED,
    marked: ['home/.inputrc'],
    plain: [],
    system: /^\/etc\/inputrc$/,
    says: ['42 typed', 'on 2'],
    refused: { says: ['on 2'], never: ['42 typed'], status: 0 },
  },
  {
    id: 'inputrc-variable',
    what: 'the inputrc of the home folder: a variable that it sets',
    files: { 'home/.inputrc': 'set comment-begin mine\n' },
    argv: [BASH, '--norc', '-i'],
    env: { HISTFILE: '/dev/null' },
    typed: 'bind -v | grep comment\nexit\n',
    marked: ['home/.inputrc'],
    plain: [],
    // Looked for where the user's own is refused.
    system: /^\/etc\/inputrc$/,
    says: ['set comment-begin mine'],
    refused: { says: ['set comment-begin'], never: ['mine'], status: 0 },
  },
  {
    id: 'bind',
    what: 'bind -f: a refusal is an error of the command',
    files: { keys: MACRO('x', 'echo') },
    argv: [BASH, '-c', 'bind -f keys && bind -s'],
    env: { INPUTRC: '{folder}/inputrc' },
    marked: ['keys', 'inputrc'],
    plain: [],
    says: ['"\\C-xx": "echo'],
    refused: { says: ['bind: keys: cannot read: Permission denied'], status: 1 },
  },
];

/** Readline's init files: a key that is bound to a macro types commands. */
export const bindings = scenarios.map((one): Scenario => ({
  ...one,
  patch: 'inputrc',
  where: 'bundled-readline',
}));
