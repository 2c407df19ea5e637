import { INTERPRETER, refusedScript as refusedBy } from '../../../src/target/dialect.ts';
import type { AwkDenial } from '../../../src/target/awk-shapes.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { denied as message, dialect } from '../dialect.ts';

export const AWK = INTERPRETER;

export const { hello } = dialect;

/** How original-awk ends whose program file is refused. */
export const refused = (name: string): Refusal => refusedBy(dialect, name);

/** How original-awk ends whose program comes from no file, where that is denied. */
export const denied: AwkDenial = (what) => ({
  says: [message(what === 'rest of a file' ? 'standard input' : what)],
  status: dialect.status,
});
