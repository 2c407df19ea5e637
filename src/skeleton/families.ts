import { languages } from '../languages/registry.ts';
import type { Language, Opener } from '../target/contract.ts';

/** Openers that a new target begins with, by the language that they are written in. */
export interface Family {
  readonly language: Language;
  /** Source of a regular expression. */
  readonly token: string;
  readonly gives: Opener['gives'];
}

/** What opens files by its name alone: the functions of C's library, and what is built into the languages. */
export const FAMILIES: readonly Family[] = languages().flatMap(([language, { begins }]) =>
  begins.openers.map((one) => ({ language, ...one })),
);

/** The languages, with the endings by which their files are known. */
export const ENDINGS: readonly { readonly language: Language; readonly ending: RegExp }[] = languages().map(
  ([language, { begins }]) => ({ language, ending: begins.ending }),
);
