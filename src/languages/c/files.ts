import { parserFor } from '../../parse/grammar.ts';
import type { Target } from '../../target/contract.ts';
import type { Source } from '../language.ts';
import { CFile } from './file.ts';
import { GRAMMAR } from './grammar.ts';

/** What judges hits in C files, for whoever asks again and again about one file. */
export async function cFiles(target: Pick<Target, 'masks' | 'dead'>): Promise<(source: Source) => CFile> {
  // What is parsed is most of what is done: better code saves more than it costs.
  const parser = await parserFor({ package: GRAMMAR.package });
  return ({ file, text }) => new CFile(file, text, target, parser);
}
