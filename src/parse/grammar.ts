import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { grammarFile } from '../package.js';
import type { Language } from '../target/contract.js';

/** The languages that there are grammars of, and the packages that have them. */
const GRAMMARS = {
  c: 'tree-sitter-c',
  python: 'tree-sitter-python',
  shell: 'tree-sitter-bash',
} as const satisfies Record<Exclude<Language, 'perl'> | 'shell', string>;

type Parsed = keyof typeof GRAMMARS;

const loaded = new Map<Parsed, Promise<Parser>>();
const compiled = new Map<Parsed, Promise<WebAssembly.Module>>();
let last: Promise<unknown> = Promise.resolve();
let fewFiles = false;

/**
 * A parser for a language. The grammars are the wasm files of their npm packages, or copies of them.
 *
 * @throws when the file of the grammar is missing
 */
export function parserFor(language: Parsed): Promise<Parser> {
  const known = loaded.get(language);
  if (known) return known;
  const parser = load(language);
  loaded.set(language, parser);
  return parser;
}

/**
 * Begins to compile the grammar of a language, which threads do: what the caller does meanwhile costs no time. Whatever
 * fails is thrown by {@link parserFor}.
 */
export function prepareParser(language: Parsed): void {
  moduleOf(language).catch(() => undefined);
}

async function load(language: Parsed): Promise<Parser> {
  const [module] = await Promise.all([moduleOf(language), Parser.init()]);
  const parser = new Parser();
  parser.setLanguage(Grammar.loadSync(module));
  return parser;
}

function moduleOf(language: Parsed): Promise<WebAssembly.Module> {
  const known = compiled.get(language);
  if (known) return known;
  // One at a time: how V8 compiles is a flag of the whole process.
  const module = last.then(() => compile(language));
  last = module.catch(() => undefined);
  compiled.set(language, module);
  return module;
}

async function compile(language: Parsed): Promise<WebAssembly.Module> {
  const bytes = readFileSync(grammarFile(GRAMMARS[language]));
  // Of C, a few stretches of a few files are parsed: code that is compiled well costs more time than it saves there.
  compileFast(fewFiles || language === 'c');
  try {
    return await WebAssembly.compile(bytes);
  } finally {
    compileFast(fewFiles);
  }
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
