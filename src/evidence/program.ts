import type { Parser } from 'web-tree-sitter';
import { parserFor } from '../parse/grammar.js';
import { Syntax } from '../parse/syntax.js';
import { layoutOf, masksOf } from '../sites/layout.js';
import type { Layout } from '../sites/layout.js';
import { perlRegions } from '../sites/perl-regions.js';
import { partsOf, pythonText } from '../sites/python-parts.js';
import { codeOnly, regionsOf } from '../sites/regions.js';
import type { Language, Target, Tree } from '../target/contract.js';
import type { Body } from './body.js';
import { cBody } from './c-bodies.js';
import { perlBody } from './perl-bodies.js';
import { pythonBodies } from './python-bodies.js';

/** A stretch of a file whose bodies are looked at only when they are asked for. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly bodies: () => readonly Body[];
}

/** A file that ships. */
export interface Source {
  readonly file: string;
  readonly language: Language;
}

const DEFINITION: Readonly<Record<Language, RegExp>> = {
  // The names of functions of C stand in front of a parenthesis, in the first column or behind a type there.
  c: /^(?:[A-Za-z_][\w \t*]*[ \t*])?([A-Za-z_]\w*)[ \t]*\((?![^;\n]*;)/gm,
  python: /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+([A-Za-z_]\w*)/gm,
  perl: /^[ \t]*sub[ \t]+(?:\w+::)*([A-Za-z_]\w*)/gm,
};

/** What stands around a word, in any of the languages. */
const AROUND: Readonly<
  Record<
    'word' | 'called' | 'defined' | 'class' | 'field',
    { readonly before?: RegExp; readonly behind?: RegExp }
  >
> = {
  word: {},
  called: { behind: /^\s*\(/ },
  // In C it may stand behind its type, or in the first column.
  defined: { before: /\b(?:def|sub)\s+(?:\w+::)*$|\n$|^$|^[^.>(,=]*[\w*][ \t*]*$/, behind: /^\s*[({]/ },
  class: { before: /\bclass\s+$/ },
  // Where it is only written to, nothing is done with what is in it.
  field: { before: /(?:\.|->|\{\s*['"]?)\s*$/, behind: /^(?!\s*=[^=~])/ },
};

/** The bodies of a tree, each made when it is asked for the first time. */
export class Program {
  private readonly stretches = new Map<string, readonly Stretch[]>();
  private readonly definitions = new Map<Language, ReadonlyMap<string, readonly string[]>>();
  private readonly called = new Map<Language, ReadonlyMap<string, readonly string[]>>();
  private readonly held = new Map<string, readonly Body[]>();
  private readonly texts = new Map<string, string>();
  private readonly languages: ReadonlyMap<string, Language>;
  private readonly sources: readonly Source[];
  private readonly tree: Tree;
  private readonly target: Target;
  private readonly layouts: ReadonlyMap<string, Layout>;
  private readonly parsers: ReadonlyMap<Language, Parser>;

  private constructor(
    sources: readonly Source[],
    tree: Tree,
    target: Target,
    layouts: ReadonlyMap<string, Layout>,
    parsers: ReadonlyMap<Language, Parser>,
  ) {
    this.sources = sources;
    this.tree = tree;
    this.target = target;
    this.layouts = layouts;
    this.parsers = parsers;
    this.languages = new Map(sources.map(({ file, language }) => [file, language]));
  }

  /**
   * @param sources the files that ship
   * @param layouts of C files, as far as they are known
   */
  static async of(
    sources: readonly Source[],
    tree: Tree,
    target: Target,
    layouts: ReadonlyMap<string, Layout>,
  ): Promise<Program> {
    const parsers = new Map<Language, Parser>();
    for (const language of ['c', 'python'] as const) {
      if (sources.some((one) => one.language === language)) parsers.set(language, await parserFor(language));
    }
    return new Program(sources, tree, target, layouts, parsers);
  }

  language(file: string): Language | undefined {
    return this.languages.get(file);
  }

  /** A file's bytes as latin1. */
  text(file: string): string {
    const known = this.texts.get(file);
    if (known !== undefined) return known;
    const text = this.tree.read(file);
    this.texts.set(file, text);
    return text;
  }

  /** The body around an offset. */
  at(file: string, offset: number): Body | undefined {
    const stretch = this.stretchesOf(file).findLast(({ start }) => start <= offset);
    const bodies = stretch?.bodies() ?? [];
    return (
      bodies.find((one) => one.name !== '-' && one.start <= offset && offset < one.end) ??
      bodies.find(({ name }) => name === '-')
    );
  }

  /**
   * The bodies of the stretches of a file that hold a word.
   *
   * @param as what the word is there: a function that is called or defined, a field; unless given, anything
   */
  holding(file: string, word: string, as: keyof typeof AROUND = 'word'): readonly Body[] {
    const key = `${as} ${word} ${file}`;
    const { before, behind } = AROUND[as];
    const known = this.held.get(key);
    if (known) return known;
    const whole = this.text(file);
    const stretches = this.stretchesOf(file);
    const found = new Set<Stretch>();
    for (let at = whole.indexOf(word), next = 0; at >= 0; at = whole.indexOf(word, at + word.length)) {
      while ((stretches[next]?.end ?? Infinity) <= at) next += 1;
      const stretch = stretches[next];
      if (stretch === undefined) break;
      if (at < stretch.start || found.has(stretch)) continue;
      if (isWord(whole[at - 1]) || isWord(whole[at + word.length])) continue;
      if (before && !before.test(whole.slice(Math.max(0, at - 20), at))) continue;
      if (behind && !behind.test(whole.slice(at + word.length, at + word.length + 20))) continue;
      found.add(stretch);
    }
    const bodies = [...found].flatMap((one) => one.bodies());
    this.held.set(key, bodies);
    return bodies;
  }

  /** The bodies of a function's name in a file. */
  named(file: string, name: string): readonly Body[] {
    return this.holding(file, name, 'defined').filter((one) => one.name === name);
  }

  /** The files that define a function, or a class, of a name. */
  definers(language: Language, name: string): readonly string[] {
    let known = this.definitions.get(language);
    if (known === undefined) {
      known = this.definitionsIn(language);
      this.definitions.set(language, known);
    }
    return known.get(name) ?? [];
  }

  /** The files in which a name that some file defines stands in front of a parenthesis, or is a method. */
  callers(language: Language, name: string): readonly string[] {
    let known = this.called.get(language);
    if (known === undefined) {
      known = this.callsIn(language);
      this.called.set(language, known);
    }
    return known.get(name) ?? [];
  }

  /** The file of a module of Python by its dotted name, as a file of the tree imports it. */
  module(name: string, from: string): string | undefined {
    const path = name.replace(/^\.+/, '').replaceAll('.', '/');
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    const top = /^(?:.*\/)?Lib\//.exec(from)?.[0] ?? '';
    const starts = name.startsWith('.') ? [folder] : [top, folder];
    const names = starts.flatMap((start) => [`${start}${path}.py`, `${start}${path}/__init__.py`]);
    return names.find((one) => this.languages.has(one));
  }

  private definitionsIn(language: Language): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const { file, language: own } of this.sources) {
      if (own !== language) continue;
      for (const [, name = ''] of this.text(file).matchAll(DEFINITION[language])) {
        const files = found.get(name);
        if (files === undefined) found.set(name, [file]);
        else if (files.at(-1) !== file) files.push(file);
      }
    }
    return found;
  }

  private callsIn(language: Language): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const add = (name: string, file: string): void => {
      const files = found.get(name);
      if (files === undefined) found.set(name, [file]);
      else if (files.at(-1) !== file) files.push(file);
    };
    for (const { file, language: own } of this.sources) {
      if (own !== language) continue;
      const text = this.text(file);
      for (let at = text.indexOf('('); at > 0; at = text.indexOf('(', at + 1)) {
        const end = text.charCodeAt(at - 1) === 0x20 ? at - 1 : at;
        let start = end;
        while (start > 0 && WORD[text.charCodeAt(start - 1)] === 1) start -= 1;
        if (start < end) add(text.slice(start, end), file);
      }
      if (language === 'perl') for (const [name] of text.matchAll(/(?<=->)[A-Za-z_]\w*/g)) add(name, file);
    }
    return found;
  }

  private stretchesOf(file: string): readonly Stretch[] {
    const known = this.stretches.get(file);
    if (known) return known;
    const language = this.language(file);
    const found =
      language === 'python'
        ? this.pythonStretches(file)
        : language === 'perl'
          ? this.perlStretches(file)
          : language === 'c'
            ? this.cStretches(file)
            : [];
    this.stretches.set(file, found);
    return found;
  }

  private pythonStretches(file: string): readonly Stretch[] {
    const parser = this.parsers.get('python');
    if (parser === undefined) return [];
    const text = this.text(file);
    return partsOf(text, pythonText(text).regions).map(({ start, end, within }) => ({
      start,
      end,
      bodies: once(() => {
        const head = within === undefined ? '' : `class ${within}:\n`;
        const syntax = new Syntax(
          parser,
          head + text.slice(start, end).replace(/^\xef\xbb\xbf/, '\f\f\f'),
          0,
        );
        const bodies = pythonBodies(syntax.root, file, start - head.length, within);
        syntax.free();
        return bodies;
      }),
    }));
  }

  private cStretches(file: string): readonly Stretch[] {
    const parser = this.parsers.get('c');
    if (parser === undefined) return [];
    const text = this.text(file);
    const layout =
      this.layouts.get(file) ?? layoutOf(text, regionsOf(text, masksOf(this.target.masks, file)));
    return layout.blocks.flatMap((block): readonly Stretch[] => {
      const { name, header, body, span } = block;
      if (name === undefined) return [];
      const bodies = once(() => {
        const head = 'void f() ';
        // Without the lines of directives: both branches of a condition are read.
        const syntax = new Syntax(parser, head + layout.code.slice(body.start, body.end), 0);
        const parameters = layout.code.slice(header.start, header.end);
        const at = parameters.lastIndexOf(name, parameters.indexOf('(')) + name.length;
        const made = cBody({
          file,
          name,
          parameters: parameters.slice(at),
          root: syntax.root,
          shift: body.start - head.length,
          start: span.start,
          end: span.end,
        });
        syntax.free();
        return [made];
      });
      return [{ start: span.start, end: span.end, bodies }];
    });
  }

  private perlStretches(file: string): readonly Stretch[] {
    const text = this.text(file);
    const regions = perlRegions(text, text.length);
    const code = codeOnly(text, regions);
    const said = codeOnly(
      text,
      regions.filter(({ kind }) => kind === 'comment'),
    );
    const heads = [...code.matchAll(/^sub\s+(?:\w+::)*(\w+)/gm)];
    const stretches: Stretch[] = [];
    const add = (name: string, start: number, end: number): void => {
      if (end <= start) return;
      const bodies = once(() => [
        perlBody({ file, name, text: said.slice(start, end), code: code.slice(start, end), start }),
      ]);
      stretches.push({ start, end, bodies });
    };
    let from = 0;
    for (const [index, head] of heads.entries()) {
      add('-', from, head.index);
      const next = heads[index + 1]?.index ?? code.length;
      const brace = code.indexOf('\n}', head.index);
      from = brace < 0 || brace > next ? next : brace + 2;
      add(head[1] ?? '-', head.index, from);
    }
    add('-', from, code.length);
    return stretches;
  }
}

/** Whether a byte is one of a word: 1 where it is. */
const WORD = Uint8Array.from({ length: 256 }, (_, byte) => (/\w/.test(String.fromCharCode(byte)) ? 1 : 0));

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
