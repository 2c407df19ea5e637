import { problem } from '../problems.ts';
import type { Language, Target } from '../target/contract.ts';
import { c } from './c/language.ts';
import type { LanguageReader } from './language.ts';
import { perl } from './perl/language.ts';
import { python } from './python/language.ts';

/** The languages that are read, by the names of their folders. */
const READERS: ReadonlyMap<Language, LanguageReader> = new Map([
  ['c', c],
  ['python', python],
  ['perl', perl],
]);

/** All languages with what reads them. */
export function languages(): readonly (readonly [Language, LanguageReader])[] {
  return [...READERS];
}

/**
 * What reads a language.
 *
 * @param target that says it is one
 * @throws Problem `target-invalid` where no folder of src/languages/ is listed under that name
 */
export function readerOf(language: Language, target: Pick<Target, 'name'>): LanguageReader {
  const reader = READERS.get(language);
  if (reader !== undefined) return reader;
  const known = [...READERS.keys()].join(', ');
  const message = `names the language ${language}, which is none of those that are read: ${known}`;
  throw problem('target-invalid', { target: target.name, message });
}

/**
 * Fails where openers or evaluators of a target are in a language that is not read: they would find nothing.
 *
 * @throws Problem `target-invalid`
 */
export function assertRead(target: Pick<Target, 'name' | 'openers' | 'evaluates'>): void {
  const named = [...target.openers.map(({ lang }) => lang), ...Object.keys(target.evaluates)];
  for (const language of new Set(named)) readerOf(language, target);
}
