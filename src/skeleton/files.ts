import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { packageFolder } from '../package.ts';
import { WAYS } from '../target/catalogue.ts';
import type { Language, Opener } from '../target/contract.ts';
import type { Family } from './families.ts';
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
}

/** The scenarios that every target has, by the way that they show. */
const SHOWN: Readonly<Partial<Record<string, readonly string[]>>> = {
  script: ['script'],
  executable: ['interpreter-line'],
  descriptor: ['proc-self-fd', 'dev-stdin'],
  nameless: ['nameless'],
  fifo: ['named-pipe'],
  'stdin-pipe': ['stdin-pipe'],
  'stdin-tty': ['stdin-tty'],
  errors: ['script-unreadable'],
};

const folder = join(packageFolder, 'src', 'skeleton', 'target');

/**
 * The files of a new target, with a place for all that is to be known of it.
 *
 * @returns by name relative to its folder
 */
export function skeletonFiles(data: SkeletonData): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ejs'))
    .sort();
  const values = {
    ...data,
    prefix: `${data.name.replaceAll('-', '_')}_`,
    ways: Object.keys(WAYS).map((way) => ({ way, shown: SHOWN[way] ?? [] })),
  };
  return new Map(
    names.map((name) => {
      const file = join(folder, name);
      const text = ejs.render(readFileSync(file, 'utf8'), values, { filename: file, escape: String });
      return [name.slice(0, -'.ejs'.length), text];
    }),
  );
}
