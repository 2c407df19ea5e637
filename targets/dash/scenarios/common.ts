import { INTERPRETER } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import type { ShellVoice } from '../../../src/target/small-shells/voice.ts';
import { dialect } from '../dialect.ts';

export const DASH = INTERPRETER;

export const { hello } = dialect;

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`],
  status: 2,
  ...rest,
});

/** A here-document of more than 4,096 bytes, which no pipe is sure to take. */
export const LONG = `<<'END'\n${'# a line that does nothing\n'.repeat(200)}${hello('text')}END\n`;

export const voice: ShellVoice = {
  dialect,
  refusedFile: (name, status, rest = {}) => ({
    status,
    ...rest,
    says: [`cannot open ${name}: Permission denied`, ...(rest.says ?? [])],
  }),
  dotStatus: 2,
  foundAs: 'path',
  missing: (name) => [`cannot open ${name}: No such file`],
  startup: [],
  denied,
  environmentPatch: 'environment',
};
