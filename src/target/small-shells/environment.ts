import type { Scenario } from '../scenario.ts';
import { ignored, trustedScript } from './begun.ts';
import type { ShellVoice } from './voice.ts';

/** Variables of the environment that a trace expands. */
export function environment(voice: ShellVoice): readonly Scenario[] {
  const patch = voice.environmentPatch;
  /** A trace of `:` by PS4 from the environment, with a script that switches tracing on. */
  const trace = (id: string, what: string, PS4: string): Scenario => ({
    ...trustedScript(voice, 'set -x\n:\n'),
    id,
    what,
    env: { PS4 },
    says: ['PS4 42'],
    denied: ignored(['PS4'], { says: ['+ :'], never: ['PS4 42'] }),
    patch,
  });
  return [
    trace('trace-prompt', 'PS4 from the environment: a command substitution', '$(echo PS4 $((40 + 2)))'),
    trace('trace-prompt-backquote', 'the same with backquotes', '`echo PS4 $((40 + 2))`'),
    trace(
      'trace-prompt-default',
      'the same as what stands for a variable that is not set',
      '${NOTHING:-$(echo PS4 $((40 + 2)))}',
    ),
    trace(
      'trace-prompt-arithmetic',
      'the same in what is calculated',
      '$(( $(echo PS4 $((40 + 2)) >&2; echo 0) ))',
    ),
    trace(
      'trace-prompt-joined',
      'the same behind a newline that a backslash takes away',
      '$\\\n(echo PS4 $((40 + 2)))',
    ),
    {
      ...trustedScript(voice, 'set -x\n:\n'),
      id: 'trace-prompt-plain',
      what: 'PS4 from the environment, with nothing in it that runs',
      env: { PS4: 'of $0, $# $? \\`id\\` \\$(id) $ ' },
      says: ['of script.sh, 0 0 `id` $(id) $ :'],
      denied: 'runs',
      patch,
    },
    {
      ...trustedScript(voice, 'set -x\n:\n'),
      id: 'trace-prompt-named',
      what: 'PS4 from the environment names a variable, whose text is not expanded again',
      env: { PS4: '${HIDDEN} $HIDDEN ', HIDDEN: '$(echo PS4 $((40 + 2)))' },
      says: ['$(echo PS4 $((40 + 2))) $(echo PS4 $((40 + 2))) :'],
      denied: 'runs',
      patch,
    },
  ];
}
