import { shippedOf } from '../sites/shipped.js';
import type { Census } from '../sites/sites.js';
import type { Target, Tree } from '../target/contract.js';
import { Follower } from './follow.js';
import type { Evidence } from './follow.js';
import { Program } from './program.js';
import { sinksOf } from './sinks.js';

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
