import { INTERPRETER } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import type { ShellVoice } from '../../../src/target/small-shells/voice.ts';
import { dialect } from '../dialect.ts';

export const MKSH = INTERPRETER;

export const { hello } = dialect;

/** What a shell says of a file that it reads on its way, and how it ends. */
export const refusedFile = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [`${name}: Permission denied`, ...(rest.says ?? [])],
});

/** The same of the file of a function. */
export const refusedFunction = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal =>
  refusedFile(`${name}: can't find function definition file`, status, rest);

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`],
  status: 127,
  ...rest,
});

export const voice: ShellVoice = {
  dialect,
  refusedFile,
  dotStatus: 1,
  foundAs: 'name',
  missing: (name) => [`${name}: No such file`],
  startup: ['home/.mkshrc'],
  denied,
  environmentPatch: 'environment',
};
