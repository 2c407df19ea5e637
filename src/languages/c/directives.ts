import { atLineStarts } from '../line-starts.ts';
import type { Span } from '../../target/contract.ts';

/** A preprocessor directive; a `define` also says what it defines. */
export interface Directive extends Span {
  readonly word: string;
  /** What follows the word, continued lines joined, white space folded. */
  readonly rest: string;
  readonly define?: {
    readonly name: Span & { text: string };
    readonly parameters: string;
    readonly body: Span;
  };
}

// Begins with the sign, not with its line: an expression that tries each line takes ten times as long.
const DIRECTIVE = /#[ \t]*([a-z_]+)((?:\\\r?\n|[^\n])*)/g;

/**
 * The preprocessor directives of a file, in order.
 *
 * @param code the file with comments and strings blanked
 */
export function directivesOf(code: string): readonly Directive[] {
  const directives: Directive[] = [];
  for (const found of atLineStarts(code, DIRECTIVE)) {
    const [, word, tail] = found;
    if (word === undefined || tail === undefined) continue;
    const start = code.lastIndexOf('\n', found.index) + 1;
    const end = found.index + found[0].length;
    const rest = tail
      .replace(/\\\r?\n/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const define = word === 'define' ? defineOf(tail, end - tail.length) : undefined;
    directives.push({ start, end, word, rest, ...(define && { define }) });
  }
  return directives;
}

function defineOf(tail: string, at: number): Directive['define'] {
  const found = /^([ \t]*)([A-Za-z_]\w*)(\([^)]*\))?/.exec(tail);
  const [all, blank, name, parameters] = found ?? [];
  if (all === undefined || blank === undefined || name === undefined) return undefined;
  const start = at + blank.length;
  return {
    name: { start, end: start + name.length, text: name },
    parameters: parameters ?? '',
    body: { start: at + all.length, end: at + tail.length },
  };
}

/**
 * For every directive that opens or closes a branch, the conditions that hold after it.
 *
 * @returns offsets in order, each with the stack of conditions from there on, outermost first
 */
export function guardsOf(
  directives: readonly Directive[],
): readonly { from: number; guards: readonly string[] }[] {
  const steps: { from: number; guards: readonly string[] }[] = [{ from: 0, guards: [] }];
  let stack: readonly { tried: readonly string[]; now: string }[] = [];
  for (const { word, rest, end } of directives) {
    const top = stack[stack.length - 1];
    const below = stack.slice(0, -1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
      const condition =
        word === 'if' ? rest : word === 'ifdef' ? `defined (${rest})` : `!(defined (${rest}))`;
      stack = [...stack, { tried: [condition], now: condition }];
    } else if ((word === 'elif' || word === 'else') && top) {
      const not = top.tried.map(negate).join(' && ');
      const now = word === 'else' ? not : `${not} && ${rest}`;
      stack = [...below, { tried: word === 'elif' ? [...top.tried, rest] : top.tried, now }];
    } else if (word === 'endif') {
      stack = below;
    } else {
      continue;
    }
    steps.push({ from: end, guards: stack.map((branch) => branch.now) });
  }
  return steps;
}

function negate(condition: string): string {
  const inner = /^!\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(condition)?.[1];
  return inner ?? `!(${condition})`;
}

/** The step that holds at an offset. */
export function guardsAt(
  steps: readonly { from: number; guards: readonly string[] }[],
  offset: number,
): readonly string[] {
  let now: readonly string[] = [];
  for (const step of steps) {
    if (step.from > offset) break;
    now = step.guards;
  }
  return now;
}
