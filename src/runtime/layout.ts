import { withBraces } from './braces.ts';
import { comment } from './comment.ts';
import { head, prototype, type Dialect } from './dialect.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** Columns of a level in the templates, and of the widest line that comes out. */
const LEVEL = 4;
const WIDTH = 79;
/** GNU: declarations between a function's head and its body. */
const DECLARATION = 5;

/**
 * Lays out C as a project has it. The templates are written with four columns a level and braces at the ends of
 * lines; where they break lines inside brackets and comments has no meaning.
 */
export function layout(source: string, style: Style, dialect: Dialect): string {
  const sheet = new Sheet(style, dialect);
  const lines = logicalLines(source);
  for (const line of style.allBraces ? withBraces(lines) : lines) sheet.add(line);
  return sheet.text();
}

/** Lines with those joined to them that continue a comment or an open bracket. */
function* logicalLines(source: string): Generator<string> {
  let joined: string | undefined;
  for (const line of source.split('\n')) {
    joined = joined === undefined ? line : `${joined} ${line.trim()}`;
    if (unfinished(joined)) continue;
    yield joined;
    joined = undefined;
  }
}

function unfinished(line: string): boolean {
  if (line.startsWith('#')) return false;
  if (/^\s*\/\*/.test(line)) return !line.includes('*/');
  const brackets = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+'|[^()]/g, '');
  return brackets.replace(/\)/g, '').length > brackets.replace(/\(/g, '').length;
}

class Sheet {
  readonly #lines: string[] = [];
  /** Column of each level that is open. */
  readonly #columns = [0];
  readonly style: Style;
  readonly dialect: Dialect;

  constructor(style: Style, dialect: Dialect) {
    this.style = style;
    this.dialect = dialect;
  }

  text(): string {
    return this.#lines.join('\n');
  }

  add(line: string): void {
    const level = line.search(/\S/) / LEVEL;
    if (level < 0) this.#lines.push('');
    else if (line.startsWith('#')) this.#directive(line);
    else if (/^\s*\/\*/.test(line)) this.#comment(line.trim(), this.#columns[level] ?? 0);
    else if (/^\w+\(.*\)$/.test(line)) this.#head(line);
    else this.#statement(line.trim(), level);
  }

  #directive(line: string): void {
    const text = this.style.nestedDirectives ? line : line.replace(/^#\s+/, '#');
    const [, macro = '', rest = ''] = /^(#\s*define \w+(?:\([^)]*\))?)?(.*)$/.exec(text) ?? [];
    this.#lines.push(/^#\s*error/.test(text) ? text : macro + this.#spaced(rest));
  }

  #comment(text: string, column: number): void {
    const lines = comment(text.slice(2, -2).trim(), WIDTH - column, this.style.stars);
    this.#put(lines.map((line) => ' '.repeat(column) + line));
  }

  #head(line: string): void {
    const type = this.style.typeOnOwnLine ? '' : `${this.#lines.pop() ?? ''} `;
    const written = head(line, this.dialect);
    this.#put(wrap(type + this.#spaced(written.line), 0, WIDTH));
    this.#put(written.declarations.map((each) => ' '.repeat(DECLARATION) + each));
  }

  #statement(text: string, level: number): void {
    const column = this.#columns[level] ?? 0;
    const inner = column + this.style.indent;
    this.#columns.length = level + 1;
    this.#columns.push(inner);
    const { closing, body, opening } = this.#braces(text);
    const brace = level === 0 ? column : inner;
    if (closing) this.#put([`${' '.repeat(brace)}}`]);
    if (body !== '') this.#put(this.#wrapped(this.#spaced(prototype(body, this.dialect)), column));
    if (opening) {
      this.#put([`${' '.repeat(brace)}{`]);
      this.#columns[level + 1] = brace + this.style.indent;
    }
  }

  #wrapped(text: string, column: number): readonly string[] {
    const lines = wrap(text, column, WIDTH);
    if (!this.style.allBraces || lines.length === 1 || !text.endsWith(') {')) return lines;
    return [...wrap(text.slice(0, -2), column, WIDTH), `${' '.repeat(column)}{`];
  }

  /** Takes the braces off a line where they get separate lines. */
  #braces(text: string): { closing: boolean; body: string; opening: boolean } {
    if (!this.style.ownBraces || text === '};') return { closing: false, body: text, opening: false };
    const body = text.replace(/^\}\s*/, '').replace(/\s*(?<!\w\s*=\s*)\{$/, '');
    return { closing: text.startsWith('}'), body, opening: text.endsWith('{') };
  }

  #put(lines: readonly string[]): void {
    for (const line of lines) {
      const blanks = line.search(/\S/);
      const tabs = this.style.tabs ? Math.floor(blanks / 8) : 0;
      this.#lines.push('\t'.repeat(tabs) + line.slice(tabs * 8));
    }
  }

  #spaced(text: string): string {
    if (!this.style.callSpace) return text;
    return text.replace(/"(?:[^"\\]|\\.)*"|\b[A-Za-z_]\w*\(/g, (found) => {
      const name = found.slice(0, -1);
      return found.startsWith('"') || name === this.dialect.prototype ? found : `${name} (`;
    });
  }
}
