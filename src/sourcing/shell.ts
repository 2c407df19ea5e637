import type { Node } from 'web-tree-sitter';
import { parserFor } from '../parse/grammar.ts';
import type { Places } from '../target/deployment.ts';
import { ShellWords } from './shell-words.ts';
import { NOTHING, oneLine, tooMuch } from './sourcing.ts';
import type { Named, Reader, Untold } from './sourcing.ts';

/** What may be a command that sources something. */
const SOURCE = /(?<![\w$./-])(?:\\?\.|source)(?:[ \t]|\\\n)/g;

/**
 * What stands before a command: the beginning of a line, an operator, a reserved word, what carries it out, or the end of an
 * assignment, a redirection or a literal. Nearly all files have no command that sources something, and need not be parsed.
 */
const BEFORE =
  /(?:^|[;&|({`!)"']|\b(?:then|do|else|elif|if|while|until|time|builtin|command)[ \t]|[=<>]\S*[ \t]|[<>][ \t]*\S+[ \t]|[ \t]-\S+[ \t])[ \t]*\\?$/;
/** So many bytes of its line are looked at; in a longer one it may be a command. */
const WINDOW = 200;

/** What runs the command that is its first argument. */
const CARRIERS = new Set(['builtin', 'command']);
const SOURCING = new Set(['.', 'source']);

/** A reader of shell code: `.` and `source`, wherever a command may be. */
export async function shellReader(places: Places): Promise<Reader> {
  const parser = await parserFor({ package: 'tree-sitter-bash' });
  return (text) => {
    const count = candidates(text);
    if (count === 0) return NOTHING;
    const much = tooMuch(text, count);
    if (much !== undefined) return much;
    const tree = parser.parse(text);
    if (tree === null) throw new Error('tree-sitter gave no tree: the parser has no language');
    try {
      const words = new ShellWords(tree.rootNode);
      const named: Named[] = [];
      const untold: Untold[] = [];
      for (const command of tree.rootNode.descendantsOfType('command')) {
        const argument = sourced(command);
        if (argument === undefined) continue;
        const line = command.startPosition.row + 1;
        const place = placed(argument, places);
        const values = place === undefined ? words.together(argument) : { known: [place], open: false };
        const paths = values.known.map((value) => pathOf(value, line, place !== undefined));
        named.push(...paths.filter((one) => one !== undefined));
        if (values.open || paths.includes(undefined)) untold.push({ line, text: oneLine(command.text) });
      }
      return { named, untold };
    } finally {
      tree.delete();
    }
  };
}

/** How many commands there may be that source something. */
function candidates(text: string): number {
  let count = 0;
  for (const { index } of text.matchAll(SOURCE)) {
    const from = text.lastIndexOf('\n', index - 1) + 1;
    if (index - from > WINDOW || BEFORE.test(text.slice(from, index))) count += 1;
  }
  return count;
}

/**
 * What a command sources: its first argument, if it is one that does so. The grammar takes `"a"\b` for two arguments: what
 * no space parts is one.
 */
function sourced(command: Node): readonly Node[] | undefined {
  const name = command.childForFieldName('name')?.text.replace(/^\\/, '') ?? '';
  const args = command.childrenForFieldName('argument');
  let at = 0;
  if (CARRIERS.has(name)) {
    while (args[at]?.text.startsWith('-') === true) at += 1;
    if (!SOURCING.has(args[at]?.text.replace(/^\\/, '') ?? '')) return undefined;
    at += 1;
  } else if (!SOURCING.has(name)) return undefined;
  if (args[at]?.text === '--') at += 1;
  const first = args[at];
  if (first === undefined) return undefined;
  const word = [first];
  for (const next of args.slice(at + 1)) {
    if (next.startIndex !== word.at(-1)?.endIndex) break;
    word.push(next);
  }
  return word;
}

interface Placed {
  readonly text: string;
  readonly pattern: boolean;
  readonly from?: 'itself' | 'file' | 'home';
}

/** A word that begins with the name of a folder's variable, and goes on with a constant. */
function placed(argument: readonly Node[], { itself, file, home }: Places): Placed | undefined {
  const text = argument.map((one) => one.text).join('');
  for (const [from, pattern] of [
    ['itself', itself],
    ['file', file],
    ['home', home],
  ] as const) {
    const found = pattern === undefined ? null : new RegExp(`^(?:${pattern.source})`).exec(text);
    if (found === null) continue;
    const rest = text.slice(found[0].length).replace(/"/g, '');
    if (!/[$`*?[\]{}'\\]/.test(rest)) return { text: rest, pattern: false, from };
  }
  return undefined;
}

/** @returns undefined for a path that counts from the folder where the shell happens to be, or from nowhere */
function pathOf(value: Placed, line: number, isPlaced: boolean): Named | undefined {
  const { text, pattern } = value;
  if (isPlaced) return { line, from: value.from ?? 'itself', path: text, pattern };
  if (text.startsWith('/')) return { line, from: 'root', path: text, pattern };
  return text === '' || text.includes('/') || pattern
    ? undefined
    : { line, from: 'search', path: text, pattern };
}
