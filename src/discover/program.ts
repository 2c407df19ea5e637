import { layoutOf } from '../languages/c/layout.ts';
import { codeOnly } from '../languages/regions.ts';
import { regionsOf } from '../languages/c/regions.ts';
import { Lines } from '../languages/site.ts';
import type { Block } from '../languages/c/blocks.ts';
import type { Tree } from '../target/contract.ts';
import { readBody } from './reader.ts';
import type { ReadBody } from './reader.ts';

/** A function of C, or a macro that takes arguments. */
export interface Definition {
  /** Its place among all of a tree, in the order of files. */
  readonly index: number;
  readonly file: string;
  readonly name: string;
  readonly macro: boolean;
  /** Whether no other file can call it. */
  readonly own: boolean;
  /** Byte offsets, header and body. */
  readonly start: number;
  readonly end: number;
}

interface Source {
  readonly file: string;
  /** With comments and directives blanked, texts kept. */
  readonly said: string;
  readonly functions: readonly Definition[];
}

interface Part {
  readonly definition: Definition;
  readonly parameters: string;
  readonly body: { readonly start: number; readonly end: number };
}

/** Whether a name is that of a C file. */
export const C_FILE = /\.(?:c|h|y|l|def|xs|inc|cc|cpp|cxx|hh)$/;

/** Functions of a name beyond this many say nothing about which of them is called. */
const NAMESAKES = 4;

/** The C of a tree: its functions and macros by name, who calls whom, and what each does with values. */
export class Sources {
  private readonly sources = new Map<string, Source>();
  private readonly parts: Part[] = [];
  private readonly byName = new Map<string, Definition[]>();
  private readonly callers = new Map<string, number[]>();
  private readonly constants = new Map<string, string>();
  private readonly bodies = new Map<number, ReadBody>();
  private readonly lines = new Map<string, Lines>();
  private readonly users = new Map<string, readonly Definition[]>();
  /** Text of macros as it stands in their files: `said` is blank there. */
  private readonly macros = new Map<number, string>();

  /**
   * Reads a file.
   *
   * @returns whether anything in it could be told apart
   */
  add(file: string, tree: Tree): boolean {
    const text = tree.read(file);
    const regions = regionsOf(text, []);
    const layout = layoutOf({ file, text }, { masks: [] });
    const comments = regions.filter(({ kind }) => kind === 'comment');
    const plain = codeOnly(text, comments);
    const said = codeOnly(
      plain,
      layout.directives.map(({ start, end }) => ({ start, end, kind: 'comment' as const })),
    );
    const definitions: Definition[] = [];
    const spans: { readonly start: number; readonly end: number; readonly index: number }[] = [];
    for (const { define } of layout.directives) {
      if (define === undefined) continue;
      const { name, parameters, body } = define;
      const value = plain.slice(body.start, body.end).replace(/\\\r?\n/g, '  ');
      if (parameters === '') {
        if (!this.constants.has(name.text)) this.constants.set(name.text, value.trim());
        continue;
      }
      if (!value.includes('(')) continue;
      const definition = this.define({
        file,
        name: name.text,
        macro: true,
        own: false,
        start: body.start,
        end: body.end,
      });
      definitions.push(definition);
      this.parts.push({ definition, parameters, body });
      this.macros.set(definition.index, plain.slice(body.start, body.end));
      for (const [called] of value.matchAll(/[A-Za-z_]\w*(?=[ \t]*\()/g))
        this.called(called, definition.index);
    }
    let functions = 0;
    for (const block of layout.blocks) {
      const part = this.partOf(file, layout.code, block);
      if (part === undefined) continue;
      functions += 1;
      definitions.push(part.definition);
      this.parts.push(part);
      spans.push({ ...part.body, index: part.definition.index });
    }
    this.index(layout.code, spans);
    this.sources.set(file, { file, said, functions: definitions.filter(({ macro }) => !macro) });
    return functions > 0 || layout.blocks.length === 0;
  }

  /** All functions and macros. */
  get definitions(): readonly Definition[] {
    return this.parts.map(({ definition }) => definition);
  }

  /** The functions and macros that a name means in a file: its own, or those that every file can call. */
  named(name: string, file: string): readonly Definition[] {
    const all = this.byName.get(name);
    if (all === undefined) return [];
    const here = all.filter((one) => one.file === file);
    if (here.length > 0) return here;
    // A macro of a header stands for what it calls where it is used.
    const shared = file.endsWith('.h') ? all : all.filter(({ own }) => !own);
    return shared.length <= NAMESAKES ? shared : [];
  }

  /**
   * Files with a `main` that calls hardly anything of other files, where another has one that does: programs that the build
   * runs, or that are installed beside the interpreter.
   */
  helpers(): ReadonlySet<string> {
    const reach = new Map<string, number>();
    for (const main of this.byName.get('main') ?? []) {
      if (main.macro) continue;
      const own = this.parts.filter(({ definition }) => definition.file === main.file && !definition.macro);
      const called = new Set(
        own.flatMap(({ definition }) => this.body(definition).calls.map(({ path }) => path)),
      );
      const elsewhere = [...called].filter((name) =>
        (this.byName.get(name) ?? []).some(
          ({ file, macro, own: hidden }) => file !== main.file && !macro && !hidden,
        ),
      );
      reach.set(main.file, elsewhere.length);
    }
    const most = Math.max(0, ...reach.values());
    return new Set([...reach].filter(([, count]) => count * 8 < most).map(([file]) => file));
  }

  /** The fields that are called as functions somewhere, each with the dot before it. */
  get fields(): readonly string[] {
    return [...this.callers.keys()].filter((name) => name.startsWith('.'));
  }

  /** The functions and macros that hold a call of a name, or of a field with the dot before it. */
  calling(name: string): readonly Definition[] {
    return (this.callers.get(name) ?? []).flatMap((index) => this.parts[index]?.definition ?? []);
  }

  /** What a function does with values. */
  body(definition: Definition): ReadBody {
    const known = this.bodies.get(definition.index);
    if (known) return known;
    const part = this.parts[definition.index];
    const { file, name, macro } = definition;
    if (part === undefined) throw new Error(`no definition ${definition.index}`);
    const { start, end } = part.body;
    const code =
      this.macros.get(definition.index)?.replace(/\\\r?\n/g, '  ') ?? this.said(file).slice(start, end);
    const body = readBody({ file, name, code, parameters: part.parameters, start, macro });
    this.bodies.set(definition.index, body);
    return body;
  }

  /** What a macro without arguments stands for; undefined for a name that is none. */
  constant(name: string): string | undefined {
    return this.constants.get(name);
  }

  /** The names that macros without arguments give to some functions, or to such a name. */
  aliases(names: readonly string[]): readonly string[] {
    const known = new Set(names);
    const found: string[] = [];
    for (let before = -1; before !== found.length;) {
      before = found.length;
      for (const [name, value] of this.constants) {
        if (known.has(name) || !known.has(value.replace(/[()\s]/g, ''))) continue;
        known.add(name);
        found.push(name);
      }
    }
    return found;
  }

  /** The functions in which a word stands, in one file or in all. */
  using(word: string, file: string | undefined): readonly Definition[] {
    const key = `${file ?? ''} ${word}`;
    const known = this.users.get(key);
    if (known) return known;
    const found = (file === undefined ? [...this.sources.keys()] : [file]).flatMap((one) =>
      this.usingIn(word, one),
    );
    this.users.set(key, found);
    return found;
  }

  /** Places outside of functions at which a name stands and is not called: tables of functions. */
  inTables(name: string, file: string): boolean {
    const { said, functions } = this.sources.get(file) ?? { said: '', functions: [] };
    for (let at = said.indexOf(name); at >= 0; at = said.indexOf(name, at + name.length)) {
      const end = at + name.length;
      if (/\w/.test(said[at - 1] ?? '') || /\w/.test(said[end] ?? '')) continue;
      if (/^\s*\(/.test(said.slice(end, end + 20))) continue;
      if (!/[{,=&(]\s*$|\)\s*$/.test(said.slice(Math.max(0, at - 20), at))) continue;
      if (!functions.some((one) => one.start <= at && at < one.end)) return true;
    }
    return false;
  }

  /** The file with comments and directives blanked. */
  said(file: string): string {
    return this.sources.get(file)?.said ?? '';
  }

  /** The text between two offsets, as it stands in a function or macro. */
  text(definition: Definition, start: number, end: number): string {
    const macro = this.macros.get(definition.index);
    return macro === undefined
      ? this.said(definition.file).slice(start, end)
      : macro.slice(start - definition.start, end - definition.start);
  }

  /** The line of an offset, from 1. */
  line(file: string, at: number, tree: Tree): number {
    let lines = this.lines.get(file);
    if (lines === undefined) {
      lines = new Lines(tree.read(file));
      this.lines.set(file, lines);
    }
    return lines.at(at).line;
  }

  private usingIn(word: string, file: string): readonly Definition[] {
    const { said, functions } = this.sources.get(file) ?? { said: '', functions: [] };
    const found = new Set<Definition>();
    let next = 0;
    for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + word.length)) {
      if (WORD[said.charCodeAt(at - 1)] === 1 || WORD[said.charCodeAt(at + word.length)] === 1) continue;
      while ((functions[next]?.end ?? Infinity) <= at) next += 1;
      const one = functions[next];
      if (one === undefined) break;
      if (at >= one.start) found.add(one);
    }
    return [...found];
  }

  private partOf(file: string, code: string, block: Block): Part | undefined {
    const { name, header, body, span } = block;
    if (name === undefined) return undefined;
    const head = code.slice(header.start, header.end);
    const at = head.search(new RegExp(`\\b${name}\\b`));
    if (at < 0) return undefined;
    const own = /static/i.test(head.slice(0, at)) || /^(?:STATIC|S_)/.test(head);
    const definition = this.define({ file, name, macro: false, own, start: span.start, end: span.end });
    return { definition, parameters: head.slice(at + name.length), body };
  }

  private define(about: Omit<Definition, 'index'>): Definition {
    const definition = { index: this.parts.length, ...about };
    const known = this.byName.get(about.name);
    if (known) known.push(definition);
    else this.byName.set(about.name, [definition]);
    return definition;
  }

  /** Who calls whom, in the functions of a file. */
  private index(
    code: string,
    spans: readonly { readonly start: number; readonly end: number; readonly index: number }[],
  ): void {
    let next = 0;
    for (let at = code.indexOf('('); at > 0; at = code.indexOf('(', at + 1)) {
      let end = at;
      while (end > 0 && code.charCodeAt(end - 1) <= 0x20) end -= 1;
      // `(*table->open) (…)`: what is called stands in parentheses.
      if (code.charCodeAt(end - 1) === 0x29) end -= 1;
      let start = end;
      while (start > 0 && WORD[code.charCodeAt(start - 1)] === 1) start -= 1;
      if (start === end) continue;
      const before = code.charCodeAt(start - 1);
      const field = before === 0x2e || (before === 0x3e && code.charCodeAt(start - 2) === 0x2d);
      while ((spans[next]?.end ?? Infinity) <= at) next += 1;
      const span = spans[next];
      if (span === undefined) return;
      if (at >= span.start) this.called(`${field ? '.' : ''}${code.slice(start, end)}`, span.index);
    }
  }

  private called(name: string, index: number): void {
    const known = this.callers.get(name);
    if (known === undefined) this.callers.set(name, [index]);
    else if (known.at(-1) !== index) known.push(index);
  }
}

/** Whether a byte is one of a word: 1 where it is. */
const WORD = Uint8Array.from({ length: 256 }, (_, byte) => (/\w/.test(String.fromCharCode(byte)) ? 1 : 0));
