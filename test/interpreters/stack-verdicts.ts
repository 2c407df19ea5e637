import type { Caller } from './callers.ts';

/** A site of a ledger, as far as a stack tells it. */
export interface LedgerSite {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly callee: string;
  /** Whether `function` is a macro: the line table has its calls where it is used. */
  readonly macro: boolean;
}

/** An open that was made by a call in the interpreter. */
export interface Made {
  /** The scenario and the path that was opened. */
  readonly what: string;
  readonly caller: Caller;
}

/** What the openings of an interpreter were held against. */
export interface Verdicts {
  /** What is wrong, a line each. */
  readonly wrong: readonly string[];
  /** How many opens each site made, by its id. */
  readonly bySite: ReadonlyMap<string, number>;
  /** How many opens a function of a library made that is no opener, by its name and its caller's. */
  readonly byLibrary: ReadonlyMap<string, number>;
}

/**
 * Holds each open against the ledger: an opener that is called must be called at a site, and what else opens files
 * must be on the target's list.
 *
 * @param opens of a caller's name: the opener's plain name, undefined where it is none
 * @param libraryOpens functions of libraries that open files of their own, each with the reason why it is no site
 */
export function judgeCallers(
  openings: readonly Made[],
  sites: readonly LedgerSite[],
  opens: (callee: string) => string | undefined,
  libraryOpens: Readonly<Record<string, string>>,
): Verdicts {
  const wrong = new Set<string>();
  const bySite = new Map<string, number>();
  const byLibrary = new Map<string, number>();
  const more = (counted: Map<string, number>, key: string): unknown =>
    counted.set(key, (counted.get(key) ?? 0) + 1);
  for (const { what, caller } of openings) {
    const { file, line, calls } = caller;
    const place = `${file}:${line}: ${caller.function}`;
    if (calls !== undefined && opens(calls) === undefined) {
      if (Object.hasOwn(libraryOpens, calls)) more(byLibrary, `${calls} of ${caller.function}`);
      else wrong.add(`${place} calls ${calls}, which opens a file and is on no list (${what})`);
      continue;
    }
    const site = sites.find(
      (one) =>
        (calls === undefined || opens(one.callee) === opens(calls)) &&
        // A name can be a function in one configuration and a macro in another.
        ((one.file === file && one.line === line && one.function === caller.function) ||
          (one.macro && new RegExp(`\\b${one.function}\\b`).test(caller.text))),
    );
    if (site) more(bySite, site.id);
    else wrong.add(`${place} calls ${calls ?? 'through a pointer'} and is no site (${what})`);
  }
  return { wrong: [...wrong], bySite, byLibrary };
}
