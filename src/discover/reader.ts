import { BodyMaker, RETURNED } from '../languages/body.ts';
import type { Body, Place } from '../languages/body.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A stretch of C that is read: the body of a function, or of a macro. */
export interface Stretch {
  readonly file: string;
  readonly name: string;
  /** The body, with comments and directives blanked, texts kept. */
  readonly code: string;
  /** What stands in the parentheses behind its name, and the declarations of an old definition. */
  readonly parameters: string;
  /** Byte offset in the file of its first byte. */
  readonly start: number;
  /** Whether the value of each expression is what it gives, as it is with a macro. */
  readonly macro: boolean;
}

/** A body with what a search of a whole tree needs beside it. */
export interface ReadBody extends Body {
  /** Variables that it declares itself. */
  readonly locals: ReadonlySet<Place>;
}

/** The place of a text in quotes: the text behind a quote. */
export function textPlace(text: string): Place {
  return `"${text}`;
}

/** The text that a place holds; undefined for one that holds none. */
export function textAt(place: Place): string | undefined {
  return place.startsWith('"') ? place.slice(1) : undefined;
}

/** The names of parameters, in order, of an ANSI header, an old one or a macro. */
export function parameterNames(header: string): readonly string[] {
  const open = header.indexOf('(');
  if (open < 0) return [];
  let depth = 0;
  let part = '';
  const parts: string[] = [];
  for (const character of header.slice(open)) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) break;
    if (character === ',' && depth === 1) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts.map((one) => {
    const pointed = /\(\s*\*+\s*([A-Za-z_]\w*)\s*\)/.exec(one)?.[1];
    return (
      pointed ??
      /([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*(?:\b(?:PERL_UNUSED_DECL|UNUSED)\b\s*)?$/.exec(one.trim())?.[1] ??
      ''
    );
  });
}

/**
 * What a function, or a macro, does with values, read token by token: a parser of the language takes a thousand times as
 * long for a whole tree, and stops at macros that stand where it expects a type.
 */
export function readBody(stretch: Stretch): ReadBody {
  const { file, name, code, parameters, start } = stretch;
  const end = start + code.length;
  const reader = new Reader(tokensOf(code, start), stretch.macro);
  reader.statements();
  return {
    ...reader.made({ file, name, start, end, parameters: parameterNames(parameters) }),
    locals: reader.locals,
  };
}

const LEADING = new Set([
  'if',
  'while',
  'for',
  'switch',
  'else',
  'do',
  'case',
  'default',
  'break',
  'continue',
]);
const CONDITIONS = new Set(['if', 'while', 'for', 'switch']);
const TYPES = new Set([
  ...[
    'char',
    'int',
    'long',
    'short',
    'unsigned',
    'signed',
    'void',
    'const',
    'volatile',
    'struct',
    'union',
    'enum',
  ],
  ...['static', 'register', 'extern', 'float', 'double', 'FILE', 'size_t', 'ssize_t'],
]);
const DROPS = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

/** What was read of an expression. */
interface Value {
  readonly from: readonly Place[];
  /** What stands last in it, as something that is written to or called. */
  readonly last: Target | undefined;
}

interface Target {
  readonly place: Place;
  /** The variable in front of the fields. */
  readonly base: Place | undefined;
}

/** Reads the tokens of one function. */
class Reader {
  readonly locals = new Set<Place>();
  private readonly maker = new BodyMaker();
  private at = 0;
  private declaring = false;

  private readonly tokens: readonly Token[];
  private readonly macro: boolean;

  constructor(tokens: readonly Token[], macro: boolean) {
    this.tokens = tokens;
    this.macro = macro;
  }

  made(about: Parameters<BodyMaker['made']>[0]): Body {
    return this.maker.made(about);
  }

  /** Goes through all of it. */
  statements(): void {
    while (this.at < this.tokens.length) {
      const before = this.at;
      this.statement();
      // What no rule reads is stepped over.
      if (this.at === before) this.at += 1;
    }
  }

  private statement(): void {
    const token = this.tokens[this.at];
    if (token === undefined) return;
    if (token.kind === 'name' && LEADING.has(token.text)) {
      this.at += 1;
      // What is in the parentheses of an `if` or a loop is no part of what follows.
      if (CONDITIONS.has(token.text) && this.tokens[this.at]?.text === '(') {
        this.at += 1;
        this.group();
      }
      return;
    }
    if (token.text === 'return' && token.kind === 'name') {
      this.at += 1;
      const { from } = this.expression();
      this.maker.move(from, [RETURNED], token.start);
      return;
    }
    this.declaring = this.declares();
    const { from } = this.expression();
    if (this.macro) this.maker.move(from, [RETURNED], token.start);
    this.declaring = false;
  }

  /** Whether a declaration begins here: a type, stars, a name, and what may stand behind it. */
  private declares(): boolean {
    let names = 0;
    for (let at = this.at; at < this.tokens.length && at < this.at + 12; at += 1) {
      const { kind, text } = this.tokens[at] ?? { kind: 'sign', text: '' };
      if (kind === 'name') names += 1;
      else if (text === '*' && names > 0) continue;
      else return names > 1 && /^[=;,[]$/.test(text);
    }
    return false;
  }

  /** An expression up to where it is closed: the values of its last part. */
  private expression(stopAtComma = false): Value {
    let from: Place[] = [];
    let last: Target | undefined;
    // Behind a comparison: what is compared is not given.
    let dropped = false;
    let stars = 0;
    let behindName = false;
    const put = (places: readonly Place[]): void => {
      if (!dropped) from.push(...places);
    };
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (token === undefined) break;
      const { kind, text } = token;
      if (kind === 'sign') {
        if (/^[;)\]}]$/.test(text) || (stopAtComma && text === ',')) break;
        const after: boolean = behindName;
        behindName = false;
        this.at += 1;
        switch (text) {
          case '(': {
            const inside = this.group();
            if (inside.cast) continue;
            if (this.tokens[this.at]?.text === '(' && inside.value.last !== undefined && inside.short) {
              const { place } = inside.value.last;
              put([this.call(place.replace(/^\*/, ''), token.start)]);
              last = undefined;
            } else {
              put(inside.value.from);
              last = inside.value.last;
            }
            behindName = true;
            continue;
          }
          case '[':
            this.expression();
            this.close(']');
            behindName = true;
            continue;
          case '{':
            if (!stopAtComma || last !== undefined || from.length > 0) return { from, last };
            for (;;) {
              put(this.expression(true).from);
              if (this.tokens[this.at]?.text !== ',') break;
              this.at += 1;
            }
            this.close('}');
            continue;
          case '->':
          case '.': {
            const field = this.tokens[this.at];
            if (field?.kind !== 'name') continue;
            this.at += 1;
            const place = `.${field.text}`;
            const base: Place | undefined = last?.base ?? last?.place;
            if (!dropped && last !== undefined && from.at(-1) === last.place) from.pop();
            if (this.tokens[this.at]?.text === '(') {
              put([this.call(place, field.start, base)]);
              last = undefined;
            } else {
              put([place]);
              last = { place, base };
            }
            behindName = true;
            continue;
          }
          case '*':
            if (!after) stars += 1;
            continue;
          case ',':
            from = [];
            last = undefined;
            dropped = false;
            continue;
          case '?':
            from = [];
            dropped = false;
            continue;
          case ':':
            dropped = false;
            continue;
          case '&':
          case '!':
          case '~':
          case '-':
          case '+':
          case '++':
          case '--':
            continue;
        }
        if (DROPS.has(text)) {
          from = [];
          dropped = true;
          continue;
        }
        if (text === '=' || (text.endsWith('=') && text.length > 1)) {
          const to = last;
          const value = this.expression(true);
          if (to !== undefined) {
            const star = stars > 0 && !this.declaring && !to.place.startsWith('.') ? [`*${to.place}`] : [];
            if (this.declaring && !to.place.startsWith('.')) this.locals.add(to.place);
            this.maker.move(value.from, [to.place, ...star], token.start);
            if (to.base !== undefined) this.maker.move(value.from, [to.base, `*${to.base}`], token.start);
            from = dropped ? [] : [to.place];
          } else put(value.from);
          stars = 0;
          continue;
        }
        continue;
      }
      if (kind === 'name' && (text === 'return' || LEADING.has(text))) break;
      this.at += 1;
      if (kind === 'text') {
        put([textPlace(text)]);
        last = undefined;
        behindName = true;
        continue;
      }
      if (kind === 'number') {
        behindName = true;
        continue;
      }
      if (text === 'sizeof' || text === 'goto') continue;
      // Two names side by side: the first was a type, or a macro that stands before an argument.
      if (behindName && last !== undefined && from.at(-1) === last.place && last.base === undefined)
        from.pop();
      if (this.tokens[this.at]?.text === '(' && !TYPES.has(text)) {
        put([this.call(text, token.start)]);
        last = undefined;
      } else {
        put([text]);
        last = { place: text, base: undefined };
        if (this.declaring && /^[=;,[]$/.test(this.tokens[this.at]?.text ?? '')) this.locals.add(text);
      }
      behindName = true;
    }
    return { from, last };
  }

  /** What stands in parentheses; the opening one has been read. */
  private group(): { readonly value: Value; readonly cast: boolean; readonly short: boolean } {
    const start = this.at;
    let typeLike = true;
    let stars = false;
    let end = start;
    for (let depth = 1; end < this.tokens.length; end += 1) {
      const { kind, text } = this.tokens[end] ?? { kind: 'sign', text: ')' };
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0) break;
      if (kind === 'sign' && text !== '*') typeLike = false;
      if (kind === 'text' || kind === 'number') typeLike = false;
      if (text === '*') stars = true;
    }
    const first = this.tokens[start];
    const next = this.tokens[end + 1];
    const value = next?.kind === 'name' || next?.kind === 'text' || next?.kind === 'number';
    const pointer = stars && first?.kind === 'name';
    const named = first !== undefined && TYPES.has(first.text);
    const cast =
      typeLike && end > start && (value || ((pointer || named) && /^[(&*]$/.test(next?.text ?? '')));
    if (cast) {
      this.at = end + 1;
      return { value: { from: [], last: undefined }, cast, short: false };
    }
    const read = this.expression();
    while (this.tokens[this.at]?.text === ';') {
      // The parts of a `for`.
      this.at += 1;
      this.expression();
    }
    this.close(')');
    return { value: read, cast, short: end - start <= 8 };
  }

  private close(bracket: string): void {
    if (this.tokens[this.at]?.text === bracket) this.at += 1;
  }

  /** A call whose opening parenthesis comes next. */
  private call(path: string, start: number, base?: Place): Place {
    this.at += 1;
    const given: { readonly from: readonly Place[] }[] = [];
    const declaring = this.declaring;
    this.declaring = false;
    while (this.at < this.tokens.length && this.tokens[this.at]?.text !== ')') {
      const before = this.at;
      const { from } = this.expression(true);
      given.push({ from });
      const text = this.tokens[this.at]?.text;
      if (text === ',') this.at += 1;
      else if (text !== ')') {
        // Half an expression, of a branch of the preprocessor: on to where it ends.
        if (text === ';' || text === '}' || this.at === before) break;
      }
    }
    this.close(')');
    this.declaring = declaring;
    const end = this.tokens[this.at - 1]?.end ?? start;
    const result = `<${end}>`;
    this.maker.call({ at: start, path, receiver: base === undefined ? [] : [base], given, result });
    return result;
  }
}
