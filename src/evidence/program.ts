import type { Body } from '../languages/body.ts';
import type { Around, LanguageReader, Outline, Source, Stretch, Values } from '../languages/language.ts';
import { readerOf } from '../languages/registry.ts';
import { Lines } from '../languages/site.ts';
import type { Language, Target, Tree } from '../target/contract.ts';
import { isWord, nextOf, Words } from './words.ts';

/** A file that ships. */
export interface Shipped {
  readonly file: string;
  readonly language: Language;
}

/** The text around a word, in any of the languages; each language says what is around a definition. */
const AROUND = {
  word: {},
  called: { behind: /^\s*\(/ },
  // Where it is only written to, nothing is done with what is in it.
  field: { before: /(?:\.|->|\{\s*['"]?)\s*$/, behind: /^(?!\s*=[^=~])/ },
} as const satisfies Record<string, Around>;

type Stretcher = (source: Source, outline: Outline | undefined) => readonly Stretch[];

/** The bodies of a tree, each made when it is asked for the first time. */
export class Program {
  private readonly sources: readonly Shipped[];
  private readonly tree: Pick<Tree, 'read'>;
  private readonly outlines: Pick<ReadonlyMap<string, Outline>, 'get'>;
  private readonly readers: ReadonlyMap<Language, LanguageReader>;
  private readonly stretchers: ReadonlyMap<Language, Stretcher>;
  private readonly stretches = new Map<string, readonly Stretch[]>();
  /** The stretches of files by the functions that they are. */
  private readonly functions = new Map<string, ReadonlyMap<string, readonly Stretch[]>>();
  private readonly definitions = new Map<Language, ReadonlyMap<string, readonly string[]>>();
  private readonly called = new Map<string, readonly string[]>();
  private readonly bare = new Map<string, ReadonlySet<string>>();
  private readonly words = new Map<Language, { readonly files: readonly string[]; readonly words: Words }>();
  private readonly held = new Map<string, readonly Body[]>();
  private readonly texts = new Map<string, string>();
  private readonly lines = new Map<string, Lines>();
  private readonly statics = new Map<string, ReadonlySet<string>>();
  private readonly languages: ReadonlyMap<string, Language>;

  private constructor(
    sources: readonly Shipped[],
    tree: Pick<Tree, 'read'>,
    outlines: Pick<ReadonlyMap<string, Outline>, 'get'>,
    readers: ReadonlyMap<Language, LanguageReader>,
    stretchers: ReadonlyMap<Language, Stretcher>,
  ) {
    this.sources = sources;
    this.tree = tree;
    this.outlines = outlines;
    this.readers = readers;
    this.stretchers = stretchers;
    this.languages = new Map(sources.map(({ file, language }) => [file, language]));
  }

  /**
   * @param sources the files that ship
   * @param outlines of files, as far as they are known
   */
  static async of(
    sources: readonly Shipped[],
    tree: Pick<Tree, 'read'>,
    target: Pick<Target, 'name' | 'masks'>,
    outlines: Pick<ReadonlyMap<string, Outline>, 'get'>,
  ): Promise<Program> {
    const readers = new Map<Language, LanguageReader>();
    const stretchers = new Map<Language, Stretcher>();
    for (const language of new Set(sources.map((one) => one.language))) {
      const reader = readerOf(language, target);
      readers.set(language, reader);
      stretchers.set(language, await reader.values.stretches(target));
    }
    return new Program(sources, tree, outlines, readers, stretchers);
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

  /** The line of an offset, 1-based. */
  line(file: string, offset: number): number {
    const known = this.lines.get(file) ?? new Lines(this.text(file));
    this.lines.set(file, known);
    return known.at(offset).line;
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
   * @param as what the word is there: a function that is called, a field; unless given, anything
   */
  holding(file: string, word: string, as: keyof typeof AROUND = 'word'): readonly Body[] {
    return this.having(file, word, as, AROUND[as]);
  }

  private having(file: string, word: string, as: string, { before, behind }: Around): readonly Body[] {
    const key = `${as} ${word} ${file}`;
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
      if (isWord(whole, at - 1) || isWord(whole, at + word.length)) continue;
      if (before && !before.test(whole.slice(Math.max(0, at - 20), at))) continue;
      if (behind && !behind.test(whole.slice(at + word.length, at + word.length + 20))) continue;
      found.add(stretch);
    }
    const bodies = [...found].flatMap((one) => one.bodies());
    this.held.set(key, bodies);
    return bodies;
  }

  /**
   * The functions that may share a variable with a file: those of that file alone where it is static there.
   *
   * @param most where it stands in more places than this, none are given
   * @param within tells the files that are looked at; all unless given
   */
  sharing(
    language: Language,
    word: string,
    file: string,
    most: number,
    within?: (file: string) => boolean,
  ): readonly Body[] {
    if (this.definers(language, word).length > 0) return [];
    const own = this.staticsOf(file).has(word);
    const key = `shared ${word} ${own ? file : ''} ${within === undefined ? '' : 'within'}`;
    const known = this.held.get(key);
    if (known) return known;
    // Those of one file are known to mean the same.
    const limit = own ? 4 * most : most;
    let count = 0;
    const all = own ? [file] : this.holders(language, word);
    const files = within === undefined ? all : all.filter(within);
    for (const one of files.length > limit ? [] : files) {
      const text = this.text(one);
      for (
        let at = nextOf(text, word, 0);
        at >= 0 && count <= limit;
        at = nextOf(text, word, at + word.length)
      )
        count += 1;
    }
    const found =
      count > limit || files.length > limit ? [] : files.flatMap((one) => this.holding(one, word));
    this.held.set(key, found);
    return found;
  }

  /** The words in declarations of a file that begin with `static` in the first column. */
  private staticsOf(file: string): ReadonlySet<string> {
    const known = this.statics.get(file);
    if (known) return known;
    const declared = [...this.text(file).matchAll(/^static\b[^;(){}]*/gm)];
    const found = new Set(declared.flatMap(([text]) => text.match(/\w+/g) ?? []));
    this.statics.set(file, found);
    return found;
  }

  /** The functions of a name in a file; of a class what makes its objects. */
  named(file: string, name: string): readonly Body[] {
    const values = this.readerAt(file)?.values;
    if (values === undefined) return [];
    const { maker, defined: around } = values;
    if (around === undefined) return this.stretchesNamed(file, name).flatMap((one) => one.bodies());
    const defined = (wanted: string): readonly Body[] =>
      this.having(file, wanted, 'defined', around).filter((one) => one.name === wanted);
    const functions = defined(name);
    if (functions.length > 0 || maker === undefined) return functions;
    // Its methods are stretches that do not hold its name.
    if (this.having(file, name, 'class', maker.named).length === 0) return [];
    return defined(maker.name).filter(({ within }) => within === name);
  }

  private stretchesNamed(file: string, name: string): readonly Stretch[] {
    const known = this.functions.get(file);
    if (known) return known.get(name) ?? [];
    const found = new Map<string, Stretch[]>();
    for (const stretch of this.stretchesOf(file)) {
      const { name: own = '' } = stretch;
      const others = found.get(own);
      if (others) others.push(stretch);
      else found.set(own, [stretch]);
    }
    this.functions.set(file, found);
    return found.get(name) ?? [];
  }

  /** How values go through the code of a file; undefined for one that does not ship. */
  valuesOf(file: string): Values | undefined {
    return this.readerAt(file)?.values;
  }

  private readerAt(file: string): LanguageReader | undefined {
    const language = this.languages.get(file);
    return language === undefined ? undefined : this.readers.get(language);
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

  /** The files in which a name comes before a parenthesis, or is a method. */
  callers(language: Language, name: string): readonly string[] {
    const key = `${language} ${name}`;
    const known = this.called.get(key);
    if (known) return known;
    const bare = this.readers.get(language)?.values.bare;
    const found = this.holders(language, name).filter(
      (file) => isCalled(this.text(file), name) || (bare && this.bareIn(file, bare).has(name)),
    );
    this.called.set(key, found);
    return found;
  }

  /** The names in a file that are called without a parenthesis. */
  private bareIn(file: string, bare: RegExp): ReadonlySet<string> {
    const known = this.bare.get(file);
    if (known) return known;
    const found = new Set([...this.text(file).matchAll(bare)].map(([name]) => name));
    this.bare.set(file, found);
    return found;
  }

  /** Whether a file ships. */
  ships(file: string): boolean {
    return this.languages.has(file);
  }

  /** The files that hold a word. */
  holders(language: Language, word: string): readonly string[] {
    let known = this.words.get(language);
    if (known === undefined) {
      const files = this.sources.flatMap((one) => (one.language === language ? [one.file] : []));
      known = { files, words: new Words(files.map((file) => this.text(file))) };
      this.words.set(language, known);
    }
    const { files, words } = known;
    return words.in(word).map((at) => files[at] ?? '');
  }

  /** The files of a language by the names that they define. */
  private definitionsIn(language: Language): ReadonlyMap<string, readonly string[]> {
    const pattern = this.readers.get(language)?.values.definition;
    const found = new Map<string, string[]>();
    for (const { file, language: own } of this.sources) {
      if (own !== language || pattern === undefined) continue;
      for (const [, name = ''] of this.text(file).matchAll(pattern)) {
        const files = found.get(name);
        if (files === undefined) found.set(name, [file]);
        else if (files.at(-1) !== file) files.push(file);
      }
    }
    return found;
  }

  private stretchesOf(file: string): readonly Stretch[] {
    const known = this.stretches.get(file);
    if (known) return known;
    const language = this.language(file);
    const stretcher = language === undefined ? undefined : this.stretchers.get(language);
    const found = stretcher?.({ file, text: this.text(file) }, this.outlines.get(file)) ?? [];
    this.stretches.set(file, found);
    return found;
  }
}

/** Whether a name comes before a parenthesis, or a blank and a parenthesis. */
function isCalled(text: string, name: string): boolean {
  for (let at = nextOf(text, name, 0); at >= 0; at = nextOf(text, name, at + name.length)) {
    const end = at + name.length;
    if (text[end] === '(' || (text[end] === ' ' && text[end + 1] === '(')) return true;
  }
  return false;
}
