import { parserFor } from '../../parse/grammar.ts';
import type { Opener, Target, Tree } from '../../target/contract.ts';
import type { Caller, Named } from '../language.ts';
import { CFile } from './file.ts';
import { GRAMMAR } from './grammar.ts';
import { hitsIn, Scanner } from '../hits.ts';
import { ownersIn } from './owners.ts';
import { Lines } from '../site.ts';

/**
 * For each function or macro the first place in another file at which it is called, or used as a value: one in a function
 * before one in a macro or a header, which somebody has to use in turn. A file that defines the name itself means its own.
 *
 * @param files the C files of the tree that ship
 * @throws Problem when a file cannot be read
 */
export async function callersElsewhere<T extends Named>(
  wanted: readonly T[],
  files: readonly string[],
  tree: Tree,
  target: Target,
): Promise<ReadonlyMap<T, Caller>> {
  const found = new Map<T, Caller>();
  if (wanted.length === 0) return found;
  const settled = new Set<T>();
  const scanner = new Scanner([anyOf(wanted.map(({ name }) => name))]);
  const parser = await parserFor(GRAMMAR);
  for (const file of files) {
    const text = tree.read(file);
    const hits = hitsIn(file, 'c', text, scanner);
    if (hits.length === 0) continue;
    const judge = new CFile(file, text, target, parser);
    for (const hit of hits) {
      const name = text.slice(hit.start, hit.end);
      const asked = wanted.filter((one) => one.name === name && one.file !== file && !settled.has(one));
      if (asked.length === 0) continue;
      const judged = judge.judge(hit);
      if (!('site' in judged)) continue;
      const { kind, owner, statement } = judged.site;
      // Outside of functions and in no initialiser it is declared, by a macro that hides it.
      if (owner.kind === 'file' && !statement.includes('{')) continue;
      if (ownersIn({ file, text }, name, target).length > 0) continue;
      const plain = kind === 'call' && owner.kind === 'function' && !isHeader(file);
      for (const one of asked) {
        if (plain) settled.add(one);
        if (plain || !found.has(one)) found.set(one, { file, line: new Lines(text).at(hit.start).line });
      }
    }
    judge.free();
  }
  return found;
}

/** Whether a file is read as a part of those that include it. */
export function isHeader(file: string): boolean {
  return /\.(?:h|hh|hpp|inc)$/.test(file);
}

function anyOf(names: readonly string[]): Opener {
  const token = new RegExp([...new Set(names)].join('|'));
  return { files: /(?:)/, lang: 'c', token, as: 'callee', gives: 'nothing' };
}
