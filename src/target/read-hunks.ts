import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import type { Change, Edit } from './contract.ts';
import { changeOf, sortedInto } from './hunk.ts';
import type { Line } from './hunk.ts';

/** The words that a header can have, and what makes their value wrong. */
const WORDS: Readonly<Record<string, RegExp>> = {
  patch: /^\S+$/,
  rule: /^\S+$/,
  scope: /^(?:call|statement|owner)$/,
  file: /^\S+$/,
  owner: /^\S+$/,
  inside: /^line$/,
  sorted: /^\S.*$/,
  degrades: /^$/,
  where: /^!?[\w-]+(?:, !?[\w-]+)*$/,
  create: /^\S+$/,
  template: /^\S+$/,
};

/** Of these a section has one, and each goes with some of the other words. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  rule: ['scope', 'where'],
  file: ['owner', 'inside', 'sorted', 'degrades', 'where'],
  create: ['template', 'where'],
};

/** A header, and the hunks that it is of. */
interface Section {
  readonly line: number;
  readonly words: Map<string, string>;
  readonly hunks: Line[][];
}

/**
 * Reads a target's edits of fixed text: every file of its folder edits/ that ends with `.hunks`, in the order of their
 * names.
 *
 * @param target the name of its folder
 * @throws Problem `target-invalid` with the file and the line
 */
export function readHunks(target: string): readonly Edit[] {
  const folder = join(packageFolder, 'targets', target, 'edits');
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.hunks'))
    .sort()
    .flatMap((name) => hunksFrom(readFileSync(join(folder, name), 'latin1'), `edits/${name}`, target));
}

/**
 * The edits that a text says; docs/targets.md shows how it is written.
 *
 * @param text as latin1, like the sources that hold it
 * @param file what the text is called in errors
 * @throws Problem `target-invalid` with the line
 */
export function hunksFrom(text: string, file: string, target: string): readonly Edit[] {
  const wrong = (line: number, message: string): Error =>
    problem('target-invalid', { target, message: `${file}:${line}: ${message}` });
  const { patches, sections } = sectionsIn(text, wrong);
  return sections.map((section): Edit => {
    const { line, words, hunks } = section;
    const kinds = Object.keys(KINDS).filter((word) => words.has(word));
    const [kind = ''] = kinds;
    if (kinds.length !== 1) throw wrong(line, 'a section needs exactly one of rule, file and create');
    const stranger = [...words.keys()].find((word) => word !== kind && !KINDS[kind]?.includes(word));
    if (stranger !== undefined) throw wrong(line, `${stranger} does not go with ${kind}`);
    const patch = patches.get(section);
    if (patch === undefined) throw wrong(line, 'the section names no patch');
    const where = words.get('where')?.split(', ');
    const all = { patch, ...(where && { where }) };
    const scope = words.get('scope');
    if (kind === 'create') {
      const template = words.get('template');
      if (template === undefined) throw wrong(line, 'a section that creates a file needs a template');
      if (hunks.length > 0) throw wrong(line, 'a section that creates a file takes no hunks');
      return { ...all, create: words.get('create') ?? '', template };
    }
    if (hunks.length === 0) throw wrong(line, 'the section has no hunks');
    const changes = hunks.map((hunk) => changeIn(hunk, words, wrong));
    if (kind === 'rule') {
      if (scope !== 'call' && scope !== 'statement' && scope !== 'owner')
        throw wrong(line, 'a section of a rule needs a scope: call, statement or owner');
      return { ...all, rule: words.get('rule') ?? '', scope, changes };
    }
    const owner = words.get('owner');
    return {
      ...all,
      file: words.get('file') ?? '',
      ...(owner !== undefined && { owner }),
      ...(words.has('degrades') && { degrades: true }),
      changes,
    };
  });
}

function changeIn(
  hunk: readonly Line[],
  words: ReadonlyMap<string, string>,
  wrong: (line: number, message: string) => Error,
): Change {
  const sorted = words.get('sorted');
  const scope = words.get('scope');
  const change =
    sorted !== undefined
      ? sortedInto(sorted, hunk)
      : changeOf(
          hunk,
          words.has('inside') ? 'within' : scope === 'call' || scope === 'statement' ? 'begins' : 'lines',
        );
  if (typeof change === 'string') throw wrong(hunk[0]?.line ?? 0, change);
  return change;
}

/** The sections of a text. The name of a patch holds until the next one, and alone is no section. */
function sectionsIn(
  text: string,
  wrong: (line: number, message: string) => Error,
): { readonly patches: ReadonlyMap<Section, string>; readonly sections: readonly Section[] } {
  const sections: Section[] = [];
  const patches = new Map<Section, string>();
  let patch: string | undefined;
  let header = false;
  let hunk: Line[] | undefined;
  let empty = false;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = index + 1;
    const sign = whole.charAt(0);
    const [, word, value = ''] = /^@@ ([a-z]+)(?:: (.*))?$/.exec(whole) ?? [];
    if (whole === '') {
      // It ends a header, and a hunk.
      empty = true;
      header = false;
    } else if (sign === '#') continue;
    else if (word !== undefined) {
      const form = WORDS[word];
      if (form === undefined) throw wrong(line, `${word} is not a key of a header`);
      if (!form.test(value)) throw wrong(line, `${word} does not take this value`);
      hunk = undefined;
      if (word === 'patch') {
        patch = value;
        header = false;
        continue;
      }
      const last = sections.at(-1);
      if (header && last) {
        if (last.words.has(word)) throw wrong(line, `${word} occurs twice in the header`);
        last.words.set(word, value);
        continue;
      }
      const section: Section = { line, words: new Map([[word, value]]), hunks: [] };
      sections.push(section);
      if (patch !== undefined) patches.set(section, patch);
      header = true;
    } else if (whole === '@@') {
      if (hunk === undefined) throw wrong(line, 'expected another hunk after @@');
      hunk = undefined;
    } else if (sign === ' ' || sign === '-' || sign === '+') {
      const last = sections.at(-1);
      if (last === undefined) throw wrong(line, 'expected a hunk after the header');
      if (hunk !== undefined && empty)
        throw wrong(line, 'an empty line in a hunk: for an empty line of the source, write the sign only');
      if (hunk === undefined) {
        hunk = [];
        last.hunks.push(hunk);
      }
      hunk.push({ line, sign, text: whole.slice(1) });
      header = false;
      empty = false;
    } else throw wrong(line, 'expected a line that begins with a blank, -, +, @@ or #');
    if (whole !== '') empty = false;
  }
  return { patches, sections };
}
