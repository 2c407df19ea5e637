import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { modulesFolder, packageFolder } from '../package.ts';
import { shippedOf } from '../sites/shipped.ts';
import type { Census } from '../sites/sites.ts';
import { Problem } from '../problems.ts';
import { allOrNothing } from '../source/partial.ts';
import type { Target, Tree } from '../target/contract.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import type { Evidence } from '../evidence/follow.ts';
import { sinksOf } from '../evidence/sinks.ts';

/** Trees whose evidence is kept; the one that was not asked for the longest goes first. A tree takes some 200 KB. */
const KEPT = 40;

/** The folders of the kit's modules that decide what evidence a tree has. */
const MODULES = ['src/evidence', 'src/parse', 'src/languages', 'src/sites', 'src/target'];

const step = v.strictObject({
  what: v.picklist(['opened', 'read', 'given', 'returned', 'kept', 'evaluated']),
  file: v.string(),
  line: v.number(),
  name: v.string(),
});
const FOUND = v.variant('found', [
  v.strictObject({ found: v.literal('sink'), chain: v.tupleWithRest([step], step) }),
  v.strictObject({ found: v.literal('leaves'), chain: v.array(step) }),
  v.strictObject({ found: v.literal('none') }),
]);
const WRITTEN = v.pipe(v.string(), v.parseJson(), v.array(v.tuple([v.string(), FOUND])));

/**
 * The evidence of a tree, read where it is kept from an earlier run over the same bytes, with the same kit; else it is found
 * and kept. A place that cannot be read or written keeps nothing, and is no error.
 *
 * @param cache the folder that is kept from one run to the next
 * @throws Problem when a file of the tree cannot be read
 */
export async function keptEvidence(
  census: Pick<Census, 'sites' | 'outlines'>,
  tree: Tree,
  target: Target,
  cache: string,
): Promise<ReadonlyMap<string, Evidence>> {
  const folder = join(cache, 'evidence');
  const path = join(folder, `${keyOf(census, tree, target)}.json`);
  const known = readKept(path);
  if (known) return known;
  const found = await evidenceOf(census, tree, target);
  await keep(folder, path, found);
  return found;
}

/**
 * A sum of all that decides what is found: the kit's own modules and what they depend on, what they read of the target,
 * the sites, and each file that ships.
 */
function keyOf({ sites }: Pick<Census, 'sites'>, tree: Tree, target: Target): string {
  const hash = createHash('sha256');
  const add = (name: string, bytes: string | Buffer): void => {
    hash.update(`${name} ${bytes.length}\n`);
    if (typeof bytes === 'string') hash.update(bytes, 'latin1');
    else hash.update(bytes);
  };
  for (const folder of MODULES) {
    const names = readdirSync(join(modulesFolder, folder), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.[jt]s$/.test(name),
    );
    for (const name of names.sort()) add(name, readFileSync(join(modulesFolder, folder, name)));
  }
  add('sinks', [...sinksOf(target).values()].join('\n'));
  add(
    'masks',
    JSON.stringify(target.masks, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value)),
  );
  // The versions of the parser and of its grammars.
  add('package', readFileSync(join(packageFolder, 'package.json')));
  add('sites', JSON.stringify(sites));
  for (const { file, language } of shippedOf(tree, target).files) add(`${language} ${file}`, tree.read(file));
  return hash.digest('hex');
}

function readKept(path: string): ReadonlyMap<string, Evidence> | undefined {
  try {
    const result = v.safeParse(WRITTEN, readFileSync(path, 'utf8'));
    if (!result.success) return undefined;
    const now = new Date();
    utimesSync(path, now, now);
    return new Map(result.output);
  } catch {
    // Not there, or not to be read: it is found again.
    return undefined;
  }
}

async function keep(folder: string, path: string, found: ReadonlyMap<string, Evidence>): Promise<void> {
  try {
    await allOrNothing(path, (partial) => {
      writeFileSync(partial, JSON.stringify([...found]));
    });
    const all = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ name, when: statSync(join(folder, name)).mtimeMs }))
      .sort((one, other) => other.when - one.when);
    for (const { name } of all.slice(KEPT)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    // Whoever cannot keep it does without; an interruption goes on to whoever began.
    if (error instanceof Problem && error.code === 'interrupted') throw error;
  }
}
