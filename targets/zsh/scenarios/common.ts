import { INTERPRETER, refusedScript as refused } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';

export const ZSH = INTERPRETER;

export const { hello } = dialect;

const own = dialect.own?.source ?? '';

/** What every shell opens of the system, and no startup files of a user. */
export const every = { env: dialect.env ?? {}, system: new RegExp(own) };

/** Files of the system by which a scenario names its code, beside what every shell opens. */
export const system = (path: string): RegExp => new RegExp(`${own}|${path}`);

/** How a shell ends that was given a script which is refused: as for one that cannot be read. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** What a shell says of a file that it reads on its way, and how it ends. */
export const refusedFile = (name: string, status: number, rest: Partial<Refusal> = {}): Refusal => ({
  status,
  ...rest,
  says: [`permission denied: ${name}`, ...(rest.says ?? [])],
});

/** A script that may be executed, whatever else may not. */
export const trusted = (text: string): { readonly text: string; readonly mode: number } => ({
  text,
  mode: 0o755,
});

type Begun = Pick<Scenario, 'env' | 'system' | 'files' | 'argv' | 'marked' | 'plain' | 'placements'>;

/** A script that may be executed. */
export const script = (text: string): Begun => ({
  ...every,
  files: { 'script.zsh': trusted(text) },
  argv: [ZSH, 'script.zsh'],
  marked: ['script.zsh'],
  plain: [],
  placements: ['executable', 'plain'],
});
