import type { AwkDenial } from '../../../src/target/awk-shapes.ts';
import { inShell, INTERPRETER, refusedScript as refusedBy } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { denied as message, dialect } from '../dialect.ts';

export const GAWK = INTERPRETER;

export const { hello } = dialect;

/** The command of a shell that has gawk run a program file. */
export const runs = (path: string): string => inShell('-f', path);

/** How gawk ends whose program file is refused. */
export const refused = (name: string): Refusal => refusedBy(dialect, name);

/** How gawk ends whose program comes from no file, where that is denied; the rest of one is like a file that is refused. */
export const denied: AwkDenial = (what) =>
  what === 'rest of a file' ? refused('-') : { says: [message(what)], status: dialect.status };
