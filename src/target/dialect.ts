import type { Refusal, Scenario } from './scenario.ts';

/** How an interpreter speaks: what scenarios that are the same for all of them fill in. */
export interface Dialect {
  /** What the name of a script ends in, with its dot. */
  readonly extension: string;
  /**
   * A program that prints `NAME ran`. The words do not stand in it one behind the other: a terminal that echoes it, or
   * an interpreter that shows the line it is at, has not run it.
   */
  readonly hello: (name: string) => string;
  /** What is said of a script that is refused: as of one that cannot be read. */
  readonly refused: (name: string) => readonly string[];
  /** The option whose argument is code. */
  readonly option: string;
  /** How the interpreter ends then. */
  readonly status: number;
  /** What is said where the interactive policy denies commands from the standard input, and the patch that asks. */
  readonly denied?: { readonly input: readonly string[]; readonly patch: string };
  /** Environment of each run. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the interpreter opens as code of its own. */
  readonly own?: RegExp;
  /** What it is started with on a terminal, so that no files of its own are looked at. */
  readonly onTerminal?: {
    readonly options: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

/** What becomes of commands from a standard input that is no file. */
export function deniedInput({ denied, status }: Dialect): Pick<Scenario, 'denied' | 'patch' | 'open'> {
  return denied === undefined
    ? { open: 'no file is opened, and nothing asks for the interactive policy yet' }
    : { denied: { says: denied.input, status }, patch: denied.patch };
}

/** How the interpreter ends whose script is refused. */
export function refusedScript({ refused, status }: Dialect, name: string): Refusal {
  return { says: refused(name), status };
}
