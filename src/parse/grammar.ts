import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { packageFolder } from '../package.js';
import type { Language } from '../target/contract.js';

/** The languages that there are grammars of. */
type Parsed = Exclude<Language, 'perl'>;

const loaded = new Map<Parsed, Promise<Parser>>();
let started: Promise<void> | undefined;

/**
 * A parser for a language. The grammars are the wasm files that the build copied from their npm packages.
 *
 * @throws when the build has not been made: dist/grammars/ is missing
 */
export function parserFor(language: Parsed): Promise<Parser> {
  const known = loaded.get(language);
  if (known) return known;
  const parser = load(language);
  loaded.set(language, parser);
  return parser;
}

async function load(language: Parsed): Promise<Parser> {
  started ??= Parser.init();
  await started;
  const bytes = await readFile(join(packageFolder, 'dist', 'grammars', `tree-sitter-${language}.wasm`));
  const parser = new Parser();
  parser.setLanguage(await Grammar.load(bytes));
  return parser;
}
