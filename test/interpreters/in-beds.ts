import { join } from 'node:path';
import { packageFolder } from '../../src/package.js';
import { run } from '../../src/programs/run.js';
import type { Outcome } from './checks.js';

/** The interpreter that the test of the beds speaks. */
export const BEDS_SHELL = 'bash';

/** Two minutes for what takes some ten seconds, in ms. */
const TIMEOUT = 120_000;

/**
 * Has the test of the beds run the two builds: the patched one is refused where a bed refuses, the stock one and the
 * one on a stock kernel are not.
 *
 * @param stock absolute path of the interpreter as its project has it
 * @param patched absolute path of the patched one
 */
export async function inBeds(stock: string, patched: string): Promise<Outcome> {
  const vitest = join(packageFolder, 'node_modules', 'vitest', 'vitest.mjs');
  const ended = await run(
    process.execPath,
    [vitest, 'run', '--reporter=dot', 'test/prove/interpreter.test.ts'],
    {
      cwd: packageFolder,
      timeout: TIMEOUT,
      env: {
        MAYEXEC_STOCK_BASH: stock,
        MAYEXEC_PATCHED_BASH: patched,
        NO_COLOR: '1',
        ...(process.env['MAYEXEC_REQUIRE_TOOLS'] === '1' && { MAYEXEC_REQUIRE_TOOLS: '1' }),
      },
      purpose: 'the beds',
      package: 'nodejs',
    },
  );
  const said = Buffer.concat([ended.stdout, ended.stderr]).toString('utf8');
  const passed = / Tests +(\d+) passed/.exec(said)?.[1];
  return ended.status === 0 && passed !== undefined
    ? { ok: true, said: `${passed} tests in the beds at hand` }
    : { ok: false, said: said.trim() };
}
