import { inShell, INTERPRETER, refusedScript as refusedBy } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { denied as message, dialect } from '../dialect.ts';

export const LUA = INTERPRETER;

export const { hello } = dialect;

/** A file with execute permission wherever the scenario's other files are put. */
export const trusted = (text: string): { readonly text: string; readonly mode: number } => ({
  text,
  mode: 0o755,
});

/** The command of a shell that has Lua run a script. */
export const runs = (path: string): string => inShell(path);

/** How Lua ends whose script is refused. */
export const refused = (name: string): Refusal => refusedBy(dialect, name);

/** How Lua ends whose code comes from no file, where that is denied. */
export const denied = (what: 'stdin' | '(command line)' | 'LUA_INIT' | 'LUA_INIT_5_4'): Refusal => ({
  says: [message(what)],
  status: dialect.status,
});

/** A trusted script and a file that it names or an option finds: the script says what it sees of a refusal. */
export const trustedFirst: Pick<Scenario, 'placements' | 'plain'> = {
  plain: [],
  // Not on a noexec mount, where the script would be refused.
  placements: ['executable', 'plain'],
};
