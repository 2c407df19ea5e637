import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, problem } from '../problems.ts';
import { reachedIn } from '../sites/closure.ts';
import { censusOf } from '../sites/sites.ts';
import { ENDINGS, FAMILIES } from '../skeleton/families.ts';
import { skeletonFiles } from '../skeleton/files.ts';
import type { SkeletonData } from '../skeleton/files.ts';
import { versionIn } from '../skeleton/version.ts';
import { readTree } from '../source/tree.ts';
import type { Language, Opener, Target, Tree } from '../target/contract.ts';
import { recognised } from '../target/find.ts';
import { visible } from '../target/visible.ts';
import { replaceFolder } from '../write/folder.ts';
import { targetsOfCheckout } from './checkout.ts';

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
  const { hidden, sites } = await hiddenIn(tree, known);
  const signs = [...new Set([...(found ? [found.file] : []), ...shallowest(tree, languages)])];
  replaceFolder(folder, skeletonFiles({ ...known, hidden, signs }), 'target.ts');
  process.stdout.write(nextSteps(name, path, { sites, hidden: hidden.length, found: found?.file }));
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

/** The functions that open what other files give them; each is made an opener, which can show others behind it. */
async function hiddenIn(
  tree: Tree,
  known: Omit<SkeletonData, 'hidden' | 'signs'>,
): Promise<{ readonly hidden: SkeletonData['hidden']; readonly sites: number }> {
  const hidden: SkeletonData['hidden'][number][] = [];
  for (;;) {
    const target = draft(known, hidden);
    const census = await censusOf(tree, target);
    const reached = await reachedIn(census, tree, target, []);
    if (reached.length === 0) return { hidden, sites: census.sites.length };
    for (const { language, name, file, call } of reached) {
      const site = census.sites.find((one) => one.file === file && one.spans.call.start === call.start);
      if (!hidden.some((one) => one.name === name))
        hidden.push({ language, name, file, gives: site?.gives ?? 'nothing' });
    }
  }
}

/** The target as it will be read from the skeleton, as far as sites are looked for. */
function draft(
  { name, version, languages, openers }: Omit<SkeletonData, 'hidden' | 'signs'>,
  hidden: SkeletonData['hidden'],
): Target {
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
    license: '',
  };
}

function nextSteps(
  name: string,
  path: string,
  {
    sites,
    hidden,
    found,
  }: { readonly sites: number; readonly hidden: number; readonly found: string | undefined },
): string {
  const version =
    found === undefined
      ? 'found no file that has the version: write recognise() in target.ts'
      : `check recognise() in target.ts: it reads the version from ${visible(found)}; it must fit every release`;
  const openers =
    hidden === 0
      ? 'check openers.ts: it has the usual openers; add those of the project'
      : `check openers.ts: it has the usual openers, and ${hidden} function(s) of the tree that open a file which the caller names`;
  const steps = [
    version,
    openers,
    'npm run build',
    `mayexec scan ${visible(path)} lists ${sites} sites as undecided, and ends with status 10`,
    `write targets/${name}/rules/*.yml until none is left (docs/targets.md explains all keys), then edits and patches`,
    `mayexec lock ${visible(path)} > targets/${name}/locks/VERSION.lock, and put the date and the sum of the archive into target.ts`,
    `write build.ts, dialect.ts, scenarios/ and ways.ts, then run: mayexec prove ${name}`,
    `write docs/${name}.md, which says what each patch is for (see docs/bash.md), and a line of REUSE.toml for fixtures and patches`,
  ];
  return `targets/${name}/ is written. Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}
