import { inShell, INTERPRETER, refusedScript as refusedBy, wordsOf } from '../../../src/target/dialect.ts';
import type { Refusal, ScenarioFile } from '../../../src/target/scenario.ts';
import { DENIED, DENIED_STATUS, dialect } from '../dialect.ts';

export const SED = INTERPRETER;

export const { hello } = dialect;

/** What a script works on. */
export const LINES = wordsOf(dialect).operands;

/** The command of a shell that has sed run a script file. */
export const runs = (path: string): string => inShell('-f', path, ...LINES);

/** How sed ends whose script file is refused. */
export const refused = (name: string): Refusal => refusedBy(dialect, name);

/** How sed ends whose script comes from no file and does more than edit, where that is denied. */
export const denied = (part: string): Refusal => ({ says: [part, DENIED], status: DENIED_STATUS });

/** A script file that may be executed. */
export const trusted = (text: string): ScenarioFile => ({ text, mode: 0o755 });

/** A file of data with one line. */
export const records: ScenarioFile = { text: 'record\n', mode: 0o644 };
