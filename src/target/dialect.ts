import type { Refusal } from './scenario.js';

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
  /** How the interpreter ends then. */
  readonly status: number;
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

/** How the interpreter ends whose script is refused. */
export function refusedScript({ refused, status }: Dialect, name: string): Refusal {
  return { says: refused(name), status };
}
