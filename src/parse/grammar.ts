import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { packageFolder } from '../package.js';
import type { Language } from '../target/contract.js';

/** The languages that there are grammars of, and the packages that have them. */
const GRAMMARS = {
  c: 'tree-sitter-c',
  python: 'tree-sitter-python',
  shell: 'tree-sitter-bash',
} as const satisfies Record<Exclude<Language, 'perl'> | 'shell', string>;

type Parsed = keyof typeof GRAMMARS;

const loaded = new Map<Parsed, Promise<Parser>>();
let started: Promise<void> | undefined;
let fewFiles = false;

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
  const bytes = await readFile(join(packageFolder, 'dist', 'grammars', `${GRAMMARS[language]}.wasm`));
  // Of C, a few stretches of a few files are parsed: code that is compiled well costs more time than it saves there.
  compileFast(fewFiles || language === 'c');
  const grammar = await Grammar.load(bytes);
  compileFast(fewFiles);
  const parser = new Parser();
  parser.setLanguage(grammar);
  return parser;
}

/**
 * Has grammars that are loaded from now on compiled fast, and not well: for programs that parse a few files out of many,
 * where the better code would cost seconds that it never saves.
 */
export function expectFewFiles(): void {
  fewFiles = true;
}

/** How WebAssembly is compiled from now on. A V8 without that option says so, and goes on. */
function compileFast(fast: boolean): void {
  setFlagsFromString(fast ? '--liftoff-only' : '--no-liftoff-only');
}
