import type { Scenario } from '../../../src/target/scenario.ts';
import { trustedScript } from '../../../src/target/small-shells/begun.ts';
import { voice } from './common.ts';

/** Variables of the environment that ash does not expand. */
export const entries: readonly Scenario[] = [
  {
    ...trustedScript(voice, '(echo "$((number))"); greet; text=axb; echo $text\n'),
    id: 'nothing-else',
    what: 'what other shells take from the environment: numbers, functions, separators, BASH_ENV',
    env: {
      number: 'list[$(echo number ran >&2)]',
      greet: '() { echo "function" "ran"; }',
      'BASH_FUNC_greet%%': '() { echo "function" "ran"; }',
      BASH_ENV: '$(echo BASH_ENV ran >&2)',
      PROMPT_COMMAND: 'echo PROMPT_COMMAND ran',
      SHELLOPTS: 'xtrace',
      IFS: 'x',
    },
    says: ['axb\n', 'greet: not found'],
    denied: 'runs',
    patch: voice.environmentPatch,
  },
];
