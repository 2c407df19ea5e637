import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { packageFolder } from '../package.ts';
import { WAYS } from '../target/catalogue.ts';
import type { Language, Opener } from '../target/contract.ts';
import type { Family } from './families.ts';
import type { FoundRecipe } from './recipe.ts';
import type { SuggestedRule } from './suggest.ts';
import type { FoundVersion } from './version.ts';

/** What the skeleton of a target is made of. */
export interface SkeletonData {
  /** The target's name. */
  readonly name: string;
  readonly version: string;
  /** Where the version was read; undefined where no file says it. */
  readonly found: FoundVersion | undefined;
  /** Files that a tree is known by. */
  readonly signs: readonly string[];
  readonly languages: readonly { readonly language: Language; readonly ending: RegExp }[];
  readonly openers: readonly Family[];
  /** Functions of the tree that open what other files give them. */
  readonly hidden: readonly {
    readonly language: Language;
    readonly name: string;
    readonly file: string;
    readonly gives: Opener['gives'];
  }[];
  /** Functions of the tree that do so as well, and of which it seems to be decided where they open. */
  readonly kept: readonly { readonly name: string; readonly file: string }[];
  /** Rules to be confirmed, those that mark sites first. */
  readonly rules: readonly SuggestedRule[];
  readonly recipe: FoundRecipe;
  /** Whether the sources have a header config.h. */
  readonly config: boolean;
}

/** The scenarios that every target has, by the way that they show. */
const SHOWN: Readonly<Partial<Record<string, readonly string[]>>> = {
  script: ['script', 'script-absolute', 'script-strange'],
  executable: ['interpreter-line'],
  link: ['symbolic-link', 'hard-link'],
  descriptor: ['dev-fd', 'proc-self-fd', 'dev-stdin'],
  nameless: ['nameless'],
  fifo: ['named-pipe'],
  'stdin-pipe': ['stdin-pipe'],
  'stdin-file': ['stdin-file'],
  'stdin-tty': ['stdin-tty'],
  errors: ['script-unreadable'],
  surroundings: ['chroot'],
};

const top = join(packageFolder, 'src', 'skeleton');
const folder = join(top, 'target');

/**
 * The files of a new target, with a place for all that is to be known of it.
 *
 * @returns by name relative to its folder
 */
export function skeletonFiles(data: SkeletonData): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ejs'))
    .sort();
  const values = valuesOf(data);
  return new Map(
    names.map((name) => {
      const file = join(folder, name);
      const text = ejs.render(readFileSync(file, 'utf8'), values, { filename: file, escape: String });
      return [name.slice(0, -'.ejs'.length), text];
    }),
  );
}

/** The page of a new target, docs/NAME.md. */
export function skeletonPage(data: SkeletonData): string {
  const file = join(top, 'page.md.ejs');
  return ejs.render(readFileSync(file, 'utf8'), valuesOf(data), { filename: file, escape: String });
}

/** What templates are filled with. */
function valuesOf(data: SkeletonData): object {
  const marked = data.rules.find(({ verdict }) => verdict === 'mark')?.file ?? data.signs.at(-1) ?? '';
  const beside = marked.includes('/') ? `${marked.slice(0, marked.lastIndexOf('/'))}/` : '';
  return {
    ...data,
    prefix: `${data.name.replaceAll('-', '_')}_`,
    helper: `${beside}opencode.c`,
    ways: Object.entries(WAYS).map(([way, { what }]) => ({ way, what, shown: SHOWN[way] ?? [] })),
  };
}
