import type { Scenario } from '../../src/target/scenario.ts';
import type { Outcome } from './checks.ts';
import { judgeOpened, judgeStock, openedIn } from './opened.ts';
import { withoutProbes } from './probes.ts';
import { play } from './scenario.ts';
import type { Played } from './scenario.ts';

/** The two interpreters, and the library that plays a kernel with the flag. */
export interface Pair {
  readonly stock: string;
  readonly patched: string;
  readonly kernel: string;
}

/**
 * Runs a scenario with both interpreters: the patched one opens as code what the scenario says and nothing else;
 * the stock one opens the same files, and prints the same.
 */
export async function checkScenario(scenario: Scenario, pair: Pair): Promise<Outcome> {
  const known = scenario.kernel !== 'none';
  const stock = await play(scenario, pair.stock, undefined);
  const patched = await play(scenario, pair.patched, known ? pair.kernel : undefined);
  const probed = withoutProbes(patched.events, known);
  const opened = openedIn(probed.events, patched.folder);
  const asked = known ? opened.marked.size > 0 : scenario.plain.length > 0;
  const lines = [
    ...judgeStock(scenario, openedIn(stock.events, stock.folder)),
    ...judgeOpened(scenario, opened),
    ...probed.wrong,
    ...(asked === probed.count > 0 ? [] : [`the kernel was asked ${probed.count} times`]),
    ...judgeOutput(scenario, stock, patched),
  ];
  if (lines.length > 0) return { ok: false, said: scenario.what, lines };
  const count = `${scenario.marked.length} marked, ${scenario.plain.length} plain, ${probed.count} asked`;
  return { ok: true, said: `${scenario.what} (${count})` };
}

function judgeOutput(scenario: Scenario, stock: Played, patched: Played): string[] {
  const lines: string[] = [];
  for (const text of scenario.says) {
    if (!stock.output.includes(text))
      lines.push(`the stock interpreter did not print ${JSON.stringify(text)}`);
    if (!patched.output.includes(text)) {
      lines.push(`did not print ${JSON.stringify(text)} but ${JSON.stringify(patched.output.slice(-400))}`);
    }
  }
  if (stock.status !== patched.status) lines.push(`status ${patched.status}, stock ${stock.status}`);
  if (stock.status !== (scenario.status ?? 0))
    lines.push(`status ${stock.status}, not ${scenario.status ?? 0}`);
  // What a terminal echoes when is a matter of time.
  if (scenario.typed === undefined && stock.output !== patched.output) {
    lines.push(`stock printed ${JSON.stringify(stock.output)}, patched ${JSON.stringify(patched.output)}`);
  }
  return lines;
}
