import type { Scenario } from '../../../src/target/scenario.ts';
import { DASH } from './common.ts';

/** A key that types a command; the key is Control-X. */
const BOUND = 'bind -s ^X "echo $((40 + 2)) typed"\n';

/** The key, and what shows that the shell goes on. */
const PRESSED = '\u0018\necho "on $((1 + 1))"\nexit\n';

const scenarios: readonly Omit<Scenario, 'argv' | 'typed' | 'plain' | 'says'>[] = [
  {
    id: 'editrc',
    what: 'EDITRC: a key that is bound to a string types a command',
    files: { keys: BOUND },
    env: { EDITRC: '{folder}/keys' },
    marked: ['keys'],
  },
  {
    id: 'editrc-home',
    what: 'the .editrc of the home folder',
    files: { 'home/.editrc': BOUND },
    marked: ['home/.editrc'],
  },
];

/** The settings of libedit: like one that cannot be read, a refused file is no error. */
export const editing: readonly Scenario[] = scenarios.map((one) => ({
  ...one,
  patch: 'editrc',
  argv: [DASH, '-E', '-i'],
  typed: PRESSED,
  plain: [],
  says: ['42 typed', 'on 2'],
  refused: { says: ['on 2'], never: ['42 typed'], status: 0 },
}));
