import { INTERPRETER, refusedScript as refused } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';

export const DASH = INTERPRETER;

export const { hello } = dialect;

/** What a login shell reads of the system. */
export const PROFILES = /^\/etc\/profile(?:\.d\/[^/]+)?$/;

/** How a shell ends that was given a script which is refused: as for one that cannot be read. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** What a shell says of a file that it reads on its way, and how it ends. */
export const refusedFile = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [`cannot open ${name}: Permission denied`, ...(rest.says ?? [])],
});

/** A here-document of more than 4,096 bytes, which no pipe is sure to take. */
export const LONG = `<<'END'\n${'# a line that does nothing\n'.repeat(200)}${hello('text')}END\n`;
