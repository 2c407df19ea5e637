import { inShell, INTERPRETER, refusedScript as refused, shell } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import type { ShellVoice } from '../../../src/target/small-shells/voice.ts';
import { dialect } from '../dialect.ts';

export const BUSYBOX = INTERPRETER;

/** The shell that most scenarios are about. */
export const ASH: readonly string[] = [BUSYBOX, 'ash'];

export const { hello } = dialect;

/** What `/bin/sh` is to do with an applet, which it starts with these words and in the place of itself. */
export const inItsPlace = (...words: readonly string[]): readonly string[] =>
  shell(`exec ${inShell(...words)}`);

/** How ash ends that was given a script which is refused: as for one that cannot be read. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** What ash says of a file that it reads on its way, and how it ends. */
export const refusedFile = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [...dialect.refused(name), ...(rest.says ?? [])],
});

/** What ash says of a file that is nowhere: up to 1.37 with quotes and a capital. */
export const missingFile = (name: string): readonly string[] => ["can't open ", name, 'o such file'];

/** What is said of code that comes from no file, and how the applet ends. */
export const denied = (what: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`, ...(rest.says ?? [])],
});

/** How ash speaks. */
export const voice: ShellVoice = {
  dialect,
  refusedFile,
  dotStatus: 2,
  foundAs: 'path',
  missing: missingFile,
  startup: [],
  denied: (what, rest = {}) => denied(what, 2, rest),
  environmentPatch: 'environment',
};
