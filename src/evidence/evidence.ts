import { shippedOf } from '../sites/shipped.ts';
import type { Census } from '../sites/sites.ts';
import type { Target, Tree } from '../target/contract.ts';
import { Follower } from './follow.ts';
import type { Evidence } from './follow.ts';
import { Program } from './program.ts';
import { sinksOf } from './sinks.ts';

/**
 * Where what each site of a tree opens goes, as far as its names tell it. docs/evidence.md says what is seen and what is
 * not: what is found is a way that somebody can follow, and what is not found is no proof.
 *
 * @returns by the ids of the sites
 * @throws Problem when a file cannot be read
 */
export async function evidenceOf(
  census: Pick<Census, 'sites' | 'outlines'>,
  tree: Tree,
  target: Target,
): Promise<ReadonlyMap<string, Evidence>> {
  const program = await Program.of(shippedOf(tree, target).files, tree, target, census.outlines);
  const follower = new Follower(program, sinksOf(target));
  return new Map(census.sites.map((site) => [site.id, follower.follow(site)]));
}
