import type { Span } from '../../target/contract.ts';
import type { Directive } from './directives.ts';

/** A top-level `{ … }` of a C file with the text before it that belongs to it. */
export class Block {
  private found: { readonly name: string | undefined; readonly start: number } | undefined;
  private readonly code: string;
  readonly from: number;
  readonly body: Span;

  /**
   * @param code the file with comments, strings and directives blanked
   * @param from where the block before it ends
   * @param body from `{` to `}`, inclusive
   */
  constructor(code: string, from: number, body: Span) {
    this.code = code;
    this.from = from;
    this.body = body;
  }

  /** The function's name, or undefined for a type, an initialiser and the like. */
  get name(): string | undefined {
    return this.head.name;
  }

  /** What comes before the body and belongs to it. */
  get header(): Span {
    return { start: this.head.start, end: this.body.start };
  }

  /** Header and body. */
  get span(): Span {
    return { start: this.head.start, end: this.body.end };
  }

  // Looked at only where there is a hit: a file has many blocks and few of them.
  private get head(): { readonly name: string | undefined; readonly start: number } {
    this.found ??= headerOf(this.code, this.from, this.body.start);
    return this.found;
  }
}

/**
 * The top-level blocks of a C file. No parser is asked: conditional branches with half a brace each, K&R
 * definitions and macros in the place of a type stop parsers, and all of them keep to two habits that are
 * older than those parsers: a brace in the first column begins or ends a top-level block.
 *
 * @param code the file with comments, strings and directives blanked
 * @param directives in order; after `#else` the depth is what it was at the `#if`
 */
export function blocksOf(code: string, directives: readonly Directive[]): readonly Block[] {
  const blocks: Block[] = [];
  const saved: number[] = [];
  let nextDirective = 0;
  let depth = 0;
  let open = -1;
  let headerFrom = 0;
  // Depths at braces in the first column that begin a statement's block within a function.
  const nested: number[] = [];
  for (let index = 0; index < code.length; index += 1) {
    const unit = code.charCodeAt(index);
    if (unit !== OPENING && unit !== CLOSING) continue;
    for (;;) {
      const directive = directives[nextDirective];
      if (directive === undefined || directive.start > index) break;
      nextDirective += 1;
      if (directive.word.startsWith('if')) saved.push(depth);
      else if (directive.word === 'else' || directive.word === 'elif') depth = saved.at(-1) ?? depth;
      else if (directive.word === 'endif') saved.pop();
    }
    const firstColumn = index === 0 || code[index - 1] === '\n';
    if (unit === OPENING) {
      if (firstColumn && depth > 0 && controls(code, index)) nested.push(depth);
      else if (firstColumn) {
        // A function that is not closed, for who counts braces, ends before the next one's header.
        if (open >= 0) {
          const end = Math.max(open, code.lastIndexOf('}', index)) + 1;
          blocks.push(new Block(code, headerFrom, { start: open, end }));
          headerFrom = end;
        }
        depth = 0;
      }
      if (depth === 0) {
        // `extern "C" {` opens a linkage, not a block; its string is blanked here.
        if (/\bextern\s*$/.test(code.slice(Math.max(headerFrom, index - 40), index))) {
          headerFrom = index + 1;
          continue;
        }
        open = index;
        nested.length = 0;
      }
      depth += 1;
      continue;
    }
    depth = firstColumn ? (nested.pop() ?? 0) : Math.max(0, depth - 1);
    if (depth <= (nested.at(-1) ?? -1)) nested.pop();
    if (depth > 0) continue;
    if (open >= 0) blocks.push(new Block(code, headerFrom, { start: open, end: index + 1 }));
    open = -1;
    headerFrom = index + 1;
  }
  // One that is never closed, for what the reader of braces knows: its hits are accounted for all the same.
  if (open >= 0) blocks.push(new Block(code, headerFrom, { start: open, end: code.length }));
  return blocks;
}

const [OPENING, CLOSING] = [0x7b, 0x7d];

/** Whether the brace at an offset is that of an `if`, a loop or an `else`. */
function controls(code: string, brace: number): boolean {
  const before =
    code
      .slice(Math.max(0, brace - 400), brace)
      .split(/[;{}]/)
      .at(-1) ?? '';
  return /^\s*(?:else|do)\s*$|^\s*(?:else\s+)?(?:if|while|for|switch)\s*\([^]*\)\s*$/.test(before);
}

/** The header before a block: its start, and the function's name if it is one. */
function headerOf(code: string, from: number, open: number): { name: string | undefined; start: number } {
  // What ended with a semicolon before an ANSI header is another declaration; behind a K&R header come the
  // declarations of its parameters, each with its own semicolon.
  let end = open;
  for (;;) {
    const before = code.lastIndexOf(';', end - 1);
    const begin = Math.max(from, before + 1);
    const segment = code.slice(begin, end);
    const start = begin + (/^\s*/.exec(segment)?.[0].length ?? 0);
    if (end === open) {
      const trimmed = segment.trim();
      // `name (format, va_alist) … va_dcl`: the last declaration of an old variadic function has no semicolon.
      if (trimmed !== '' && !(trimmed === 'va_dcl' && before >= from)) {
        const name = /=\s*$/.test(trimmed) || !trimmed.endsWith(')') ? undefined : calledName(trimmed);
        return {
          name:
            name ??
            oldStyleName(trimmed)?.name ??
            /([A-Za-z_]\w*)\s*\(va_alist\)\s*va_dcl$/.exec(trimmed)?.[1],
          start,
        };
      }
    } else {
      const old = oldStyleName(segment.trim());
      if (old) return { name: old.name, start };
    }
    if (before < from) return { name: undefined, start: open };
    end = before;
  }
}

/** `static int\nname (a, b)\n     char *a` : the name of a K&R definition with its first parameter declared. */
function oldStyleName(segment: string): { name: string } | undefined {
  const found =
    /(?:^|[\s*])([A-Za-z_]\w*)\s*\([\w\s,]*\)\s*\n?\s*(?:register\s+|const\s+|struct\s+)*[A-Za-z_]\w*[\s*]+[\s\S]*$/.exec(
      segment,
    );
  const name = found?.[1];
  return name === undefined ? undefined : { name };
}

const NO_NAMES = new Set([
  '__attribute__',
  '__attribute',
  '__declspec',
  '__asm__',
  'asm',
  'if',
  'while',
  'for',
  'switch',
]);

/**
 * The name of the function in `type name (parameters)`, or in `MACRO(name, …)`. The last one counts: a macro that
 * takes no semicolon may stand before the function.
 */
function calledName(header: string): string | undefined {
  let depth = 0;
  let name: string | undefined;
  // `name PARAMS((parameters))`: the name comes before the macro.
  const plain = header.replace(/\b(?:PARAMS|__P)\b/g, (macro) => ' '.repeat(macro.length));
  for (const found of plain.matchAll(/[()]|[A-Za-z_]\w*(?=\s*\()/g)) {
    if (found[0] === '(') depth += 1;
    else if (found[0] === ')') depth -= 1;
    else if (depth === 0 && !NO_NAMES.has(found[0])) {
      const behind = header.slice(found.index + found[0].length);
      const inner = /^\s*\(\s*([A-Za-z_]\w*)\s*[,)]/.exec(behind)?.[1];
      // What is counted or computed is no parameter: `PP_wrapped(name, 0, 1)`.
      const capitals = /^[A-Z][A-Z0-9_]*$/.test(found[0]) || /^\s*\(\s*\w+\s*,[^()]*?\s[\d(]/.test(behind);
      const macro = capitals && inner !== undefined;
      // `int (*name (int)) (int)`: a function that returns a pointer to one.
      const pointed = /^\s*\(\s*\*[\s*]*([A-Za-z_]\w*)\s*\(/.exec(behind)?.[1];
      name = pointed ?? (macro ? inner : found[0]);
    }
  }
  return name;
}

/** The block that holds an offset. */
export function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  const block = blocks.find((one) => offset < one.body.end);
  return block && offset >= block.from && offset >= block.span.start ? block : undefined;
}
