import { relative } from 'node:path';
import { matches, matchesAny } from '../../src/prove/scene.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import type { TraceEvent } from './strace.ts';

/** Paths that were opened: relative to a scenario's folder, or of the system. */
export interface Opened {
  readonly marked: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
}

/**
 * What a trace opened, with the flag and without.
 *
 * @param folder the scenario's; a path below it is given relative to it
 */
export function openedIn(events: readonly TraceEvent[], folder: string): Opened {
  const marked = new Set<string>();
  const plain = new Set<string>();
  // The played kernel makes an open again that the real one has refused.
  const again = new Map<number, string>();
  for (const event of events) {
    if (event.kind !== 'open') continue;
    const inside = relative(folder, event.path);
    const path = inside.startsWith('..') ? event.path : inside;
    if (event.flagged) {
      marked.add(path);
      again.set(event.pid, path);
    } else if (event.by === 'openat2' && again.get(event.pid) === path) {
      again.delete(event.pid);
    } else {
      plain.add(path);
    }
  }
  return { marked, plain };
}

/** What differs from what a scenario expects, a line each; `opened` without any probe. */
export function judgeOpened(scenario: Scenario, { marked, plain }: Opened): string[] {
  const system = (path: string): boolean => scenario.system?.test(path) ?? false;
  return [
    ...[...marked]
      .filter((path) => !matchesAny(path, scenario.marked) && !system(path))
      .map((path) => `opened with the flag: ${path}`),
    ...scenario.marked
      .filter((glob) => !matchesOne(glob, marked))
      .map((glob) => `not opened with the flag: ${glob}`),
    ...[...plain]
      .filter((path) => (path.startsWith('/') ? system(path) : !matchesAny(path, scenario.plain)))
      .map((path) => `opened without the flag: ${path}`),
    ...scenario.plain
      .filter((glob) => !matchesOne(glob, plain))
      .map((glob) => `not opened without the flag: ${glob}`),
  ];
}

/** What an interpreter as it was opens: the same files, none with the flag. */
export function judgeStock(scenario: Scenario, { marked, plain }: Opened): string[] {
  return [
    ...[...marked].map((path) => `the stock interpreter opened with the flag: ${path}`),
    ...[...scenario.marked, ...scenario.plain]
      .filter((glob) => !matchesOne(glob, plain))
      .map((glob) => `the stock interpreter did not open: ${glob}`),
  ];
}

function matchesOne(glob: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some((path) => matches(path, glob));
}
