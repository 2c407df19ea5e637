import { folded } from '../languages/folded.ts';
import type { Named, Reached } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';
import { Lines } from '../languages/site.ts';
import { problem } from '../problems.ts';
import type { Language, Release, Target, Tree } from '../target/contract.ts';
import { visible } from '../target/visible.ts';
import type { Census } from './sites.ts';

/**
 * The functions and macros of all languages that open what they are given, that another file calls, and that are no
 * openers: what is opened is decided by their callers, and none of those calls is a site.
 *
 * @param named those that are left out, and whoever calls only them
 * @throws Problem when a file cannot be read
 */
export async function reachedIn(
  census: Census,
  tree: Tree,
  target: Target,
  named: readonly Named[],
): Promise<readonly (Reached & { readonly language: Language })[]> {
  const found: (Reached & { readonly language: Language })[] = [];
  for (const [language, { reached }] of languages()) {
    const opens = {
      sites: census.sites.filter(({ file }) => target.language(file) === language),
      openers: [...target.openers, ...census.aliases].filter(({ lang }) => lang === language),
      files: census.sources.flatMap((one) => (one.language === language ? [one.file] : [])),
      outlines: census.outlines,
    };
    const functions = (await reached?.(opens, tree, target, named)) ?? [];
    found.push(...functions.map((one) => ({ ...one, language })));
  }
  return found;
}

/**
 * Fails where a function opens what other files give it, and is neither an opener nor named with the reason why not.
 *
 * @throws Problem `hidden-opens`
 */
export async function assertClosed(
  census: Census,
  tree: Tree,
  target: Target,
  release: Release,
): Promise<void> {
  const found = await reachedIn(census, tree, target, target.wrappers ?? []);
  if (found.length === 0) return;
  const list = found.map(({ name, file, call, caller }) => {
    const text = tree.read(file);
    const { line } = new Lines(text).at(call.start);
    const what = folded(text.slice(call.start, call.end));
    return visible(`  ${file}:${line}: ${name}: ${what}; called in ${caller.file}:${caller.line}`);
  });
  throw problem('hidden-opens', {
    count: found.length,
    target: target.name,
    release: `${target.name}@${release.version}`,
    list: list.join('\n'),
  });
}
