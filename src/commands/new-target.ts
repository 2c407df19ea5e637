import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { discover } from '../discover/discover.ts';
import { Problem, problem } from '../problems.ts';
import { reachedIn } from '../sites/closure.ts';
import { censusOf } from '../sites/sites.ts';
import { ENDINGS, FAMILIES } from '../skeleton/families.ts';
import { skeletonFiles, skeletonPage } from '../skeleton/files.ts';
import type { SkeletonData } from '../skeleton/files.ts';
import { recipeIn } from '../skeleton/recipe.ts';
import { suggestedRules } from '../skeleton/suggest.ts';
import type { SuggestedRule, Suggestion } from '../skeleton/suggest.ts';
import { versionIn } from '../skeleton/version.ts';
import { makeFolder } from '../source/disk.ts';
import { quietProgress } from '../source/progress.ts';
import { readTree } from '../source/tree.ts';
import type { Language, Opener, Site, Target, Tree } from '../target/contract.ts';
import { recognised } from '../target/find.ts';
import { visible } from '../target/visible.ts';
import { replaceFile } from '../write/file.ts';
import { replaceFolder } from '../write/folder.ts';
import { targetsOfCheckout } from './checkout.ts';

/** What is known before sites are looked at. */
type Known = Pick<SkeletonData, 'name' | 'version' | 'found' | 'languages' | 'openers'>;

/** How many sources a tree is known by, beside the file that says its version. */
const SIGNS = 3;

/**
 * `mayexec new-target`: writes the folder of a target that has everything but the knowledge, so that `mayexec scan` lists
 * each site of the tree as undecided.
 *
 * @throws Problem `no-checkout`, `target-exists`, `known-tree`, `usage` for a name that cannot be one; `bad-path` for a tree
 * without sources
 */
export async function newTargetCommand(name: string, path: string): Promise<void> {
  const targets = targetsOfCheckout();
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw problem('usage', {
      message: `${name} is not a valid target name: use small letters and digits, with - between them`,
    });
  const folder = join(targets, name);
  if (existsSync(folder)) throw problem('target-exists', { target: name, path: folder });
  const tree = readTree(path);
  await mindKnown(tree);
  const languages = ENDINGS.filter(({ ending }) => tree.files.some((file) => ending.test(file)));
  if (languages.length === 0)
    throw problem('bad-path', { path, message: 'holds no source of C, Python or Perl' });
  const found = versionIn(tree);
  const openers = FAMILIES.filter(({ language }) => languages.some((one) => one.language === language));
  const known = { name, version: found?.version ?? '0', found, languages, openers };
  const discovered = languages.some(({ language }) => language === 'c')
    ? await discover(tree, quietProgress)
    : undefined;
  const { hidden, kept, sites } = await hiddenIn(tree, known, discovered?.ranked);
  const signs = [...new Set([...(found ? [found.file] : []), ...shallowest(tree, languages)])];
  const rules = suggestedRules(sites, discovered?.ranked ?? []);
  const config =
    tree.files.some((file) => /(?:^|\/)config\.h(?:\.in)?$/.test(file)) || tree.has('configure.ac');
  const data: SkeletonData = { ...known, hidden, kept, signs, rules, recipe: recipeIn(tree, name), config };
  const page = join(targets, '..', 'docs', `${name}.md`);
  replaceFolder(folder, skeletonFiles(data), 'target.ts');
  if (!existsSync(page)) {
    makeFolder(dirname(page));
    replaceFile(page, skeletonPage(data));
  }
  process.stdout.write(nextSteps(name, path, { sites: sites.length, rules }));
}

/** Fails where a target has the tree already: two targets must not know one tree. */
async function mindKnown(tree: Tree): Promise<void> {
  try {
    const { target, release } = await recognised(tree);
    const [known, path] = [`${target.name}@${release.version}`, tree.path];
    throw problem('known-tree', { path, target: target.name, release: known });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not-a-tree') throw error;
  }
}

/** Sources near the top, in which an interpreter has its main parts. */
function shallowest(tree: Tree, languages: SkeletonData['languages']): readonly string[] {
  const depth = (file: string): number => file.split('/').length;
  return tree.files
    .filter((file) => languages.some(({ ending }) => ending.test(file)) && !file.includes("'"))
    .toSorted((a, b) => depth(a) - depth(b))
    .slice(0, SIGNS);
}

/**
 * The functions that open what other files give them. One whose calls discovery takes for opens is made an opener, which
 * can show others behind it; of the others it seems to be decided where they open.
 */
async function hiddenIn(
  tree: Tree,
  known: Known,
  ranked: readonly Pick<Suggestion, 'callee'>[] | undefined,
): Promise<Pick<SkeletonData, 'hidden' | 'kept'> & { readonly sites: readonly Site[] }> {
  const hidden: SkeletonData['hidden'][number][] = [];
  const kept: SkeletonData['kept'][number][] = [];
  const callees = new Set(ranked?.map(({ callee }) => callee));
  for (;;) {
    const target = draft(known, hidden);
    const census = await censusOf(tree, target);
    const reached = await reachedIn(census, tree, target, kept);
    if (reached.length === 0) return { hidden, kept, sites: census.sites };
    for (const { language, name, file, call } of reached) {
      const site = census.sites.find((one) => one.file === file && one.spans.call.start === call.start);
      if (language === 'c' && ranked !== undefined && !callees.has(name)) kept.push({ name, file });
      else if (!hidden.some((one) => one.name === name))
        hidden.push({ language, name, file, gives: site?.gives ?? 'nothing' });
    }
  }
}

/** The target as it will be read from the skeleton, as far as sites are looked for. */
function draft({ name, version, languages, openers }: Known, hidden: SkeletonData['hidden']): Target {
  const opener = (language: Language, token: string, gives: Opener['gives']): Opener => ({
    files: ENDINGS.find((one) => one.language === language)?.ending ?? /(?:)/,
    lang: language,
    token: new RegExp(token),
    as: 'callee',
    gives,
  });
  return {
    name,
    templates: '',
    releases: [],
    capabilities: [],
    recognise: () => version,
    language: (file) => languages.find(({ ending }) => ending.test(file))?.language,
    notShipped: [],
    masks: [],
    dead: [/^0$/],
    openers: [
      ...openers.map(({ language, token, gives }) => opener(language, token, gives)),
      ...hidden.map((one) => opener(one.language, one.name, one.gives)),
    ],
    evaluates: {},
    locks: { releases: [], of: () => [] },
    rules: [],
    patches: [],
    cover: { subject: '', message: '' },
    edits: [],
    entries: [],
    build: { configure: [], make: [], binary: name, packages: [] },
    copyright: '',
    license: '',
  };
}

function nextSteps(
  name: string,
  path: string,
  { sites, rules }: { readonly sites: number; readonly rules: readonly SuggestedRule[] },
): string {
  const count = (verdict: SuggestedRule['verdict']): number =>
    rules.filter((rule) => rule.verdict === verdict).length;
  const steps = [
    'npm run build',
    `mayexec scan ${visible(path)} lists ${sites} sites as undecided, and ends with status 10`,
    `confirm the rules of targets/${name}/rules/opens.yml one by one: ${count('mark')} suggest mark, ${count('policy')} policy, ${count('exempt')} exempt`,
    `mayexec check-target ${name} lists what is left to do, with a hint for each, until nothing is`,
  ];
  return `targets/${name}/ and docs/${name}.md are written. Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}
