import { behind, parametersBehind } from './openers.ts';
import type { OpenCall } from './openers.ts';
import type { Definition, Sources } from './program.ts';
import type { Place } from '../languages/body.ts';
import { textAt } from './reader.ts';

/** What is known of the name of a file that a call opens, and of how it is opened. */
export interface Named {
  /** Paths that are written out: in the call, or where a caller writes them. */
  readonly literals: readonly string[];
  /** Variables of the environment that the name may come from. */
  readonly environment: readonly string[];
  /** Whether an argument of the program may be the name. */
  readonly argument: boolean;
  /** Names of variables, parameters and macros on the way. */
  readonly words: readonly string[];
}

/** How often the name of a file is followed to those who call. */
const UP = 3;
/** Functions that are called from more places than this are not followed. */
const CALLERS = 12;

/** Where the name of the file that a call opens comes from. */
export function namesOf({ definition, call, opening }: OpenCall, sources: Sources): Named {
  const literals = new Set<string>();
  const environment = new Set<string>();
  const words = new Set<string>();
  let argument = false;
  const seen = new Set<string>();
  const look = (where: Definition, places: readonly Place[], up: number): void => {
    const body = sources.body(where);
    const found = behind(body, places);
    for (const place of found) {
      const text = textAt(place);
      if (text !== undefined) {
        if (/^[\w./~%-]+$/.test(text) && !/^%?[a-z]$/.test(text)) literals.add(text);
        continue;
      }
      if (place.startsWith('<')) {
        const called = body.calls.find(({ result }) => result === place);
        if (called === undefined) continue;
        if (called.path.endsWith('getenv')) {
          for (const one of called.given[0]?.from ?? []) environment.add(textAt(one) ?? one);
        } else words.add(called.path.replace(/^\./, ''));
        continue;
      }
      const name = place.replace(/^[*.]/, '');
      if (/^(?:argv|optarg|av)$/.test(name)) argument = true;
      words.add(name);
      const constant = sources.constant(name);
      const path = constant === undefined ? undefined : /"([^"\n]+)"\s*\)?$/.exec(constant)?.[1];
      if (path !== undefined) literals.add(path);
    }
    if (up >= UP) return;
    const taken = parametersBehind(body, places);
    if (taken.length === 0) return;
    const callers = sources
      .calling(where.name)
      .filter((one) => one !== where && sources.named(where.name, one.file).includes(where));
    if (callers.length > CALLERS) return;
    for (const caller of callers) {
      const key = `${where.index} ${caller.index}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const other of sources.body(caller).calls) {
        if (other.path !== where.name) continue;
        look(
          caller,
          taken.slice(0, 1).flatMap((at) => other.given[at]?.from ?? []),
          up + 1,
        );
      }
    }
  };
  look(
    definition,
    opening.paths.flatMap((at) => call.given[at]?.from ?? []),
    0,
  );
  return { literals: [...literals], environment: [...environment], argument, words: [...words] };
}
