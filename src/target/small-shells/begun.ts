import { inShell, shell } from '../dialect.ts';
import type { Refusal } from '../scenario.ts';
import { program, words } from './voice.ts';
import type { Begun, ShellVoice } from './voice.ts';

/**
 * An interactive shell that may go on where the interactive policy denies: its input is a file that may be executed.
 *
 * @param text the commands of the file
 */
export function fromFile(voice: Pick<ShellVoice, 'dialect'>, text: string): Begun {
  return {
    files: { 'script.sh': { text, mode: 0o755 } },
    argv: shell(`exec ${inShell(...words(voice, '-i'))} <script.sh`),
    marked: [],
    plain: ['script.sh'],
    placements: ['executable', 'plain'],
    // The shell names its process where it has no terminal.
    traced: false,
  };
}

/**
 * A script that may be executed.
 *
 * @param text its commands
 */
export function trustedScript(voice: Pick<ShellVoice, 'dialect'>, text: string): Begun {
  return {
    files: { 'script.sh': { text, mode: 0o755 } },
    argv: [...program(voice), 'script.sh'],
    marked: ['script.sh'],
    plain: [],
    placements: ['executable', 'plain'],
  };
}

/**
 * What is said of variables and options that a shell does not take where the interactive policy denies them.
 *
 * @param names as the warning names them
 * @param rest what else is said, and what is not
 */
export function ignored(names: readonly string[], rest: Partial<Refusal>): Refusal {
  return {
    status: 0,
    ...rest,
    says: [
      ...names.map((name) => `warning: ${name}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`),
      ...(rest.says ?? []),
    ],
  };
}
