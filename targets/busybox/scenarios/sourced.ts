import type { Scenario } from '../../../src/target/scenario.ts';
import { ASH, hello, refusedFile } from './common.ts';

/** Files that a shell reads into itself: sourced ones, functions, startup files. */
export const sourced: readonly Scenario[] = [
  {
    id: 'dot-guarded',
    what: 'a trusted script that sources a file with `command .`: the file alone is refused, and the script goes on',
    files: {
      'script.sh': { text: 'command . ./lib.sh; echo "went" "on"\n', mode: 0o755 },
      'lib.sh': hello('lib'),
    },
    argv: [...ASH, 'script.sh'],
    marked: ['script.sh', 'lib.sh'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['lib ran\nwent on'],
    refused: refusedFile('./lib.sh', 0, { says: ['went on'], never: ['lib ran'] }),
  },
];
