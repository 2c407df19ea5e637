import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Language as Compiled, Parser } from 'web-tree-sitter';
import { grammarFile } from '../package.ts';

/** A grammar of tree-sitter. */
export interface Grammar {
  /** The npm package, whose wasm file has its name. */
  readonly package: string;
  /**
   * Compiled fast, and not well: for a language of which a few stretches of a few files are parsed, where the better code
   * would cost more time than it saves.
   */
  readonly fast?: true;
}

const loaded = new Map<string, Promise<Parser>>();
const compiled = new Map<string, Promise<WebAssembly.Module>>();
let last: Promise<unknown> = Promise.resolve();
let fewFiles = false;

/**
 * A parser of a grammar. The grammars are the wasm files of their npm packages, or copies of them.
 *
 * @throws when the file of the grammar is missing
 */
export function parserFor(grammar: Grammar): Promise<Parser> {
  const known = loaded.get(grammar.package);
  if (known) return known;
  const parser = load(grammar);
  loaded.set(grammar.package, parser);
  return parser;
}

/**
 * Begins to compile a grammar, which threads do: what the caller does meanwhile costs no time. Whatever
 * fails is thrown by {@link parserFor}.
 */
export function prepareParser(grammar: Grammar): void {
  moduleOf(grammar).catch(() => undefined);
}

async function load(grammar: Grammar): Promise<Parser> {
  const [module] = await Promise.all([moduleOf(grammar), Parser.init()]);
  const parser = new Parser();
  parser.setLanguage(Compiled.loadSync(module));
  return parser;
}

function moduleOf(grammar: Grammar): Promise<WebAssembly.Module> {
  const known = compiled.get(grammar.package);
  if (known) return known;
  // One at a time: how V8 compiles is a flag of the whole process.
  const module = last.then(() => compile(grammar));
  last = module.catch(() => undefined);
  compiled.set(grammar.package, module);
  return module;
}

async function compile(grammar: Grammar): Promise<WebAssembly.Module> {
  const bytes = readFileSync(grammarFile(grammar.package));
  compileFast(fewFiles || grammar.fast === true);
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
