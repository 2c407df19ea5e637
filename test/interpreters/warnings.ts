import type { Outcome } from './checks.js';

/**
 * The warnings in what a compiler said, counted: without line and column, as a patch moves lines, and in no order,
 * as two jobs compile at once.
 */
export function warningsIn(log: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const line of log.split('\n')) {
    const [, file, text] = /^(\S+?)(?::\d+)*: warning: (.*)$/.exec(line) ?? [];
    // make warns of its jobs.
    if (file === undefined || text === undefined || /^make\b/.test(file)) continue;
    // The compiler numbers what it made up itself, and shows it now and then.
    const warning = `${file}: ${text.replace(/<U[0-9a-f]+>/g, '<UN>')}`;
    counted.set(warning, (counted.get(warning) ?? 0) + 1);
  }
  return counted;
}

/** Compares what the compiler said of two trees: a patch must add no warning. */
export function compareWarnings(stockLog: string, patchedLog: string): Outcome {
  const stock = warningsIn(stockLog);
  const patched = warningsIn(patchedLog);
  const lines = [...patched].flatMap(([warning, count]) => {
    const more = count - (stock.get(warning) ?? 0);
    return more > 0 ? [`${more} more: ${warning}`] : [];
  });
  const total = (all: ReadonlyMap<string, number>): number =>
    [...all.values()].reduce((sum, count) => sum + count, 0);
  // A log without any warning at all would prove nothing: the flags ask for plenty.
  const ok = lines.length === 0 && total(stock) > 0;
  return { ok, said: `${total(stock)} warnings stock, ${total(patched)} patched`, lines };
}
