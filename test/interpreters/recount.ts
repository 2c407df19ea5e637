import type { Target } from '../../src/target/contract.ts';
import { grepOracle } from '../sites/grep-oracle.ts';
import type { Outcome } from './checks.ts';

/** Has GNU grep count the census of a tree again: the same places, and no other. */
export async function recount(tree: string, target: Target): Promise<Outcome> {
  const { missing, extra } = await grepOracle(tree, target);
  const lines = [
    ...missing.map((one) => `grep alone: ${one}`),
    ...extra.map((one) => `census alone: ${one}`),
  ];
  return lines.length === 0
    ? { ok: true, said: 'grep finds the same hits' }
    : { ok: false, said: `${lines.length} hits differ from what grep finds`, lines };
}
