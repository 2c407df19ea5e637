import type { AwkDenial } from '../../../src/target/awk-shapes.ts';
import { INTERPRETER, refusedScript as refusedBy } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { denied as message, dialect } from '../dialect.ts';

export const MAWK = INTERPRETER;

export const { hello } = dialect;

/** How mawk ends whose program file is refused. */
export const refused = (name: string): Refusal => refusedBy(dialect, name);

/** How mawk ends whose program comes from no file, where that is denied. */
export const denied: AwkDenial = (what) => ({
  says: [message(what === 'rest of a file' ? 'standard input' : what)],
  status: 2,
});
