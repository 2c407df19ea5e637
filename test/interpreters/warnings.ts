import type { Outcome } from './checks.ts';

/**
 * The warnings in what a compiler said, counted: without line and column, as a patch moves lines, and in no order,
 * as two jobs compile at once.
 */
export function warningsIn(log: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const line of log.split('\n')) {
    const [, file, text] = /^(\S+?)(?::\d+)*: warning: (.*)$/.exec(line) ?? [];
    // make warns of its jobs, and of makefiles.
    if (file === undefined || text === undefined || /^(?:GNU)?make(?:file)?\b/i.test(file)) continue;
    // The compiler numbers what it made up itself, and shows it now and then.
    const warning = `${file}: ${text.replace(/<U *[0-9a-f]+>/g, '<UN>')}`;
    counted.set(warning, (counted.get(warning) ?? 0) + 1);
  }
  return counted;
}

/** A command that compiles, with what has the compiler say more. */
const ASKED = /^\S*(?:cc|\+\+|clang)\S*(?=.* -c )(?=.* -Wall )(?=.* -Wextra )/m;

/**
 * Compares what the compiler said of two trees: a patch must add no warning.
 *
 * @param stockLog of the build of the tree as it is: commands, and what they printed
 * @param patchedLog the same of the patched one
 */
export function compareWarnings(stockLog: string, patchedLog: string): Outcome {
  const stock = warningsIn(stockLog);
  const patched = warningsIn(patchedLog);
  const lines = [...patched].flatMap(([warning, count]) => {
    const more = count - (stock.get(warning) ?? 0);
    return more > 0 ? [`${more} more: ${warning}`] : [];
  });
  const total = (all: ReadonlyMap<string, number>): number =>
    [...all.values()].reduce((sum, count) => sum + count, 0);
  // A log without any warning at all proves nothing, unless it shows that the compiler was asked for them.
  const ok =
    lines.length === 0 && (total(stock) > 0 || [stockLog, patchedLog].every((log) => ASKED.test(log)));
  return { ok, said: `${total(stock)} warnings stock, ${total(patched)} patched`, lines };
}
