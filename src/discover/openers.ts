import type { Program } from '../evidence/program.ts';
import { nextOf } from '../evidence/words.ts';
import { closing } from '../languages/c/balance.ts';
import { blockAt } from '../languages/c/blocks.ts';
import { guardsAt } from '../languages/c/directives.ts';
import type { Layout } from '../languages/c/layout.ts';
import { statementAround } from '../languages/c/statement.ts';
import { folded } from '../languages/folded.ts';
import type { CFile } from '../languages/c/file.ts';
import { passing } from '../languages/c/flow.ts';
import { once } from '../languages/once.ts';
import { isHeader } from '../languages/c/callers.ts';
import type { Body, Call } from '../languages/body.ts';
import type { Found } from '../languages/site.ts';
import type { Opener, Span } from '../target/contract.ts';
import type { Constants } from './constants.ts';
import { FAMILIES } from './families.ts';
import type { Kind } from './families.ts';
import type { Flows, Leaves } from './flows.ts';
import type { Memory } from './memory.ts';
import { UNKNOWN } from './unknown.ts';
import { evaluates } from './words.ts';

/** What a call opens by. */
export interface Opening {
  readonly name: string;
  readonly kind: Kind;
  readonly gives: Opener['gives'];
  /** The arguments that may name the file, from 0; undefined where that is not known. */
  readonly paths: readonly number[] | undefined;
  /** It can do nothing but write. */
  readonly writes: boolean;
  /** `library`: libc's; `wrapper`: a function or macro of the tree; `table`: called through a field; `named`: its name is handed on. */
  readonly by: 'library' | 'wrapper' | 'table' | 'named';
  /** The function or macro of the tree. */
  readonly wrapper: Wrapper | undefined;
}

/** A function, or a macro, that opens what it is given, or gives what it opens. */
export interface Wrapper {
  readonly file: string;
  readonly name: string;
  readonly macro: boolean;
  readonly span: Span;
  /** No other file can call it. */
  readonly own: boolean;
  /** Where what it opens goes; nowhere where it keeps that. */
  readonly leaves: ReadonlySet<Leaves>;
  /** Whether it opens what it is given. */
  readonly given: boolean;
  /** What it opens by. */
  readonly inner: Opening;
  /** Where it opens; undefined for one that is known by its table alone. */
  readonly open: Open | undefined;
  /** How many functions that keep what they open are between it and what opens. */
  readonly level: number;
}

/** A call that opens. */
export interface Open {
  readonly site: Found;
  readonly opening: Opening;
}

/**
 * How many functions that keep what they open, and that other files call, may be between a wrapper and the open: beyond
 * that all that prints an error with a line of its source is one.
 */
const LEVELS = 2;

/** What `evaluates` says of parsers, compilers and evaluators. */
const SURE = 3;

/** Types of what is open: what loads code and gives anything else gives what the code made, or its text. */
const HANDLE =
  /^\s*$|\b(?:int|long|FILE)\b|[Ff](?:ile|ILE)\b|IO\b|[Ss]tream|STREAM|[Hh]andle|HANDLE|[Pp]ort\b/;

/** A parameter that is the name of a file. */
const FILE_NAME = /\bchar\s*(?:const\s*)?\*+\s*(?:const\s*)?\w*(?:name|path|file|script)\w*/i;

/** A parameter that is text. */
const TEXT = /\bchar\b[^,;)]*\*/;

/** A call or a variable among arguments; macros are in capitals. */
const GIVEN = /\b[a-z_]|\w\s*\(/;

/** Whether a function takes the name of a file, and opens by one that is not written out: it may have passed through memory. */
function namesFile({ code, parameters }: Cut, { start, end }: Span): boolean {
  return FILE_NAME.test(parameters) && /\(\s*\S*\w/.test(code.slice(start, end));
}

interface Owner {
  readonly file: string;
  readonly name: string;
  readonly macro: boolean;
  readonly span: Span;
  readonly opens: Open[];
}

/** What the search for openers needs of a tree. */
export interface Read {
  readonly files: readonly string[];
  readonly program: Program;
  readonly constants: Constants;
  readonly flows: Flows;
  readonly memory: Memory;
  /** How hits in a file are judged. */
  readonly judge: (file: string) => CFile;
}

/** What a hit is judged by: the file and the name are known. */
const ANY = { files: /(?:)/, lang: 'c', token: /(?:)/ } as const;

/** The name `open` as an argument: a text, a symbol, or one that a macro makes; what may be in front of it is read back from there. */
const NAMED = /open(?:"|\s*\)|\b)(?=\s*,)/g;
const NAMED_BY = /[(,]\s*("open"|&?[A-Za-z_]\w*\s*\(\s*open\s*\)|&\w+_open)$/;
const MODES = /"[rwa][bt+]*"|\bmode\b/;

/** Finds all that opens, from the functions of the C library to whatever in the tree is between them and their callers. */
export class Openers {
  private readonly read: Read;
  private readonly known = new Map<string, Opening[]>();
  private readonly fields = new Map<string, Opening>();
  private readonly owners = new Map<string, Owner>();
  private readonly judged = new Map<string, Map<number, Open>>();
  /** What was found at the offsets of files where a name was looked for: what it opens by may be known better later. */
  private readonly hits = new Map<string, Map<number, Found | undefined>>();
  private readonly wrappers = new Map<string, Wrapper>();
  /** The parts of definitions: a function is looked at again whenever it turns out that one more call in it opens. */
  private readonly cuts = new Map<string, Cut | undefined>();

  constructor(read: Read) {
    this.read = read;
    for (const [name, { kind, gives, path, writes }] of FAMILIES) {
      const paths = path === undefined ? [] : [path];
      this.known.set(name, [{ name, kind, gives, paths, writes, by: 'library', wrapper: undefined }]);
    }
    this.close(new Set(this.withAliases([...FAMILIES.keys()])));
    this.closeOver(this.handedOn());
    for (let next = this.inTables(); next.size > 0; next = this.inTables()) this.closeOver(next);
  }

  /** Follows names to whatever opens by them, and those in turn. */
  private close(names: ReadonlySet<string>): void {
    for (let next = names; next.size > 0; next = this.settled(this.look(next)));
  }

  private closeOver(owners: ReadonlySet<Owner>): void {
    this.close(this.settled(owners));
  }

  /** The names of those that have turned out to open more than was known. */
  private settled(owners: ReadonlySet<Owner>): ReadonlySet<string> {
    const found = [...owners].flatMap((owner) => (this.settle(owner) ? [owner.name] : []));
    return new Set(this.withAliases(found));
  }

  /** All calls that open, in the order of files and offsets. */
  get opens(): readonly Open[] {
    return this.read.files.flatMap((file) =>
      [...(this.judged.get(file) ?? [])].sort(([a], [b]) => a - b).map(([, open]) => open),
    );
  }

  /** The functions and macros of the tree that open what they are given, or give what they open. */
  get found(): readonly Wrapper[] {
    return [...this.wrappers.values()];
  }

  /** The fields of tables that are called to open. */
  get tables(): readonly string[] {
    return [...this.fields.keys()];
  }

  /** What the owner of a site is as a wrapper. */
  around({ file, spans }: Found): Wrapper | undefined {
    return this.wrappers.get(keyOf(file, spans.owner));
  }

  /** Whether a function is in a table, or is given to another one: then not all who call it can be seen. */
  isTabled({ file, name, macro, own }: Wrapper): boolean {
    if (macro) return false;
    const { program, judge, files } = this.read;
    return (own ? [file] : files).some(
      (one) => program.text(one).includes(name) && isTabled(judge(one).layout.code, name),
    );
  }

  /** The calls that open in the function around one. */
  within({ file, spans }: Found): readonly Open[] {
    return this.owners.get(keyOf(file, spans.owner))?.opens ?? [];
  }

  /** Names with all others that macros give them; what is found for one is true of all. */
  private withAliases(names: readonly string[]): readonly string[] {
    const all = new Set(names);
    for (const name of all) {
      for (const alias of this.read.constants.namesOf(name)) {
        const openings = this.known.get(name);
        if (openings === undefined || FAMILIES.has(alias)) continue;
        // Where a function of that name is defined too, one branch of the preprocessor has the one and another the other.
        const others = (this.known.get(alias) ?? []).filter((one) => !openings.includes(one));
        this.known.set(alias, others.length > 0 ? [...openings, ...others] : openings);
        all.add(alias);
      }
    }
    return [...all];
  }

  /** What a name means in a file: its own function, or one that every file can call. */
  private resolve(name: string, file: string): Opening | undefined {
    const openings = this.known.get(name) ?? [];
    const own = openings.find(({ wrapper }) => wrapper?.file === file);
    if (own !== undefined) return own;
    const shared = openings.find(({ wrapper }) => wrapper?.own !== true);
    if (shared?.wrapper?.macro !== false) return shared;
    return this.read.program.definers('c', name).includes(file) ? undefined : shared;
  }

  /** Calls that hand the name `open` on with a mode: the open of another language, called from C. */
  private handedOn(): ReadonlySet<Owner> {
    const touched = new Set<Owner>();
    for (const file of this.read.files) {
      const text = this.read.program.text(file);
      for (const { 0: tail, index: at } of text.matchAll(NAMED)) {
        const end = at + tail.length;
        const found = NAMED_BY.exec(text.slice(Math.max(0, end - 200), end))?.[1];
        if (found === undefined) continue;
        const index = end - found.length;
        if (!MODES.test(text.slice(index, index + 200).split(';')[0] ?? '')) continue;
        const opening: Opening = {
          ...{ name: 'open', kind: 'file', gives: 'object', paths: undefined, writes: false },
          ...{ by: 'named', wrapper: undefined },
        };
        const opener = { ...ANY, as: 'argument' as const, gives: opening.gives };
        const judged = this.read.judge(file).judge({ file, start: index, end: index + found.length, opener });
        if (!('site' in judged) || judged.site.kind === 'text') continue;
        const { site } = judged;
        const callee = /^\w+/.exec(site.text)?.[0] ?? site.callee;
        this.add({ site: { ...site, callee }, opening }, touched);
      }
    }
    return touched;
  }

  /**
   * A function that opens, and that is in a table, is called through the field that has the end of its name. So is whatever
   * else is in such a table by such a name.
   */
  private inTables(): ReadonlySet<Owner> {
    const touched = new Set<Owner>();
    const { program, judge, files } = this.read;
    for (const wrapper of this.found) {
      const { file, name, macro, inner } = wrapper;
      const field = fieldOf(name);
      if (macro || field === undefined || !gives(wrapper)) continue;
      if (this.fields.has(field) || !isTabled(judge(file).layout.code, name)) continue;
      const opening: Opening = {
        ...{ name: field, kind: inner.kind, gives: inner.gives, paths: undefined, writes: inner.writes },
        ...{ by: 'table', wrapper: undefined },
      };
      this.fields.set(field, opening);
      const called = new RegExp(
        `(?:->|\\.)\\s*(p?${field.replaceAll('_', '_?')}${POINTER})\\s*\\)?\\s*\\(`,
        'gi',
      );
      for (const other of files) {
        const text = program.text(other);
        if (text.search(called) < 0) continue;
        for (const found of judge(other).layout.code.matchAll(called)) {
          const open = tableCall(other, text, judge(other).layout, found, opening);
          if (open !== undefined) this.add(open, touched);
        }
      }
      this.besides(field, opening);
    }
    return touched;
  }

  /** The other functions that are called through a field, as tables and the ends of their names say. */
  private besides(field: string, inner: Opening): void {
    const { program, judge, files } = this.read;
    const tabled = new RegExp(`[{,]\\s*&?(\\w*_?${field.replaceAll('_', '_?')})\\s*(?=[,}])`, 'gi');
    for (const file of files) {
      if (program.text(file).search(tabled) < 0) continue;
      const { code, blocks } = judge(file).layout;
      for (const [, name = ''] of code.matchAll(tabled)) {
        const block = blocks.find((one) => one.name === name);
        if (block === undefined || this.wrappers.has(keyOf(file, block.span))) continue;
        const wrapper: Wrapper = {
          ...{
            file,
            name,
            macro: false,
            span: block.span,
            own: false,
            leaves: new Set(['returned'] as const),
            given: true,
          },
          ...{ inner, open: undefined, level: 0 },
        };
        this.wrappers.set(keyOf(file, block.span), wrapper);
        const opening: Opening = { ...inner, name, paths: undefined, by: 'wrapper', wrapper };
        this.known.set(name, [...(this.known.get(name) ?? []), opening]);
      }
    }
  }

  /** Finds the calls of some names. */
  private look(names: ReadonlySet<string>): ReadonlySet<Owner> {
    const { program, judge } = this.read;
    const wanted = new Map<string, string[]>();
    for (const name of names) {
      for (const file of program.callers('c', name)) {
        if (this.resolve(name, file) === undefined) continue;
        const mine = wanted.get(file);
        if (mine) mine.push(name);
        else wanted.set(file, [name]);
      }
    }
    const touched = new Set<Owner>();
    for (const [file, mine] of wanted) {
      const text = program.text(file);
      const reader = judge(file);
      const hits = this.hits.get(file) ?? new Map<number, Found | undefined>();
      this.hits.set(file, hits);
      for (const { 0: name, index } of text.matchAll(new RegExp(`\\b(?:${mine.join('|')})\\b`, 'g'))) {
        const opening = this.resolve(name, file);
        if (opening === undefined) continue;
        const before = this.judged.get(file)?.get(index);
        if (before?.opening === opening) continue;
        const site = hits.has(index) ? hits.get(index) : siteAt(reader, file, index, name);
        hits.set(index, site);
        if (site !== undefined) this.add({ site: { ...site, gives: opening.gives }, opening }, touched);
      }
      reader.free();
    }
    return touched;
  }

  private add(open: Open, touched: Set<Owner>): void {
    const { site } = open;
    const { file, spans, owner, kind } = site;
    const here = this.judged.get(file) ?? new Map<number, Open>();
    this.judged.set(file, here);
    const before = here.get(spans.callee.start);
    // A macro that has the name of what it calls means that.
    if (owner.kind === 'define' && owner.name === site.callee && open.opening.wrapper !== undefined) return;
    here.set(spans.callee.start, open);
    if ((kind !== 'call' && kind !== 'macro') || (owner.kind !== 'function' && owner.kind !== 'define'))
      return;
    const key = keyOf(file, spans.owner);
    const known = this.owners.get(key) ?? {
      ...{ file, name: owner.name, macro: owner.kind === 'define', span: spans.owner, opens: [] },
    };
    this.owners.set(key, known);
    const at = before === undefined ? -1 : known.opens.indexOf(before);
    if (at >= 0) known.opens[at] = open;
    else known.opens.push(open);
    touched.add(known);
  }

  /** Looks at a function again; true where it has turned out to open more than was known. */
  private settle(owner: Owner): boolean {
    const { file, name, macro, span, opens } = owner;
    if (name === 'main') return false;
    const key = keyOf(file, span);
    const before = this.wrappers.get(key);
    const cut = this.cut(owner);
    if (cut === undefined) return false;
    const says = /open/i.test(name) ? 0 : evaluates(name);
    const evaluator = says === SURE || (says > 1 && !HANDLE.test(cut.type));
    // It is not parsed for a call that is given nothing of it and keeps what it opens.
    const body = once(() =>
      macro ? undefined : this.read.program.at(file, opens[0]?.site.spans.callee.start ?? span.start),
    );
    let best:
      { readonly open: Open; readonly leaves: ReadonlySet<Leaves>; readonly given: boolean } | undefined;
    let level = Infinity;
    for (const open of opens) {
      const inner = open.opening.wrapper;
      const passed = inner !== undefined && !gives(inner);
      const all =
        passed || isEvaluated(open, body(), this.read.flows) ? NOWHERE : this.leaves(open, cut, body());
      // What is put in an object that was put in an object is the state of the program.
      const state = inner !== undefined && !inner.leaves.has('returned');
      // What an evaluator hands out comes from the code that it runs.
      const leaves = new Set(
        [...all].filter((one) => one === 'shared' || !(evaluator || (state && one === 'object'))),
      );
      const given =
        inner?.given !== false &&
        (this.comesFrom(open, cut, body) ||
          (gives({ leaves }) && open.opening.kind === 'file' && namesFile(cut, open.site.spans.call)));
      if (!given && !gives({ leaves })) continue;
      // A macro is another name of what it calls.
      const far = passed && !inner.own && !macro ? inner.level + 1 : (inner?.level ?? 0);
      if (far > LEVELS) continue;
      level = Math.min(level, far);
      if (best === undefined || worth({ open, leaves, given }) > worth(best)) best = { open, leaves, given };
    }
    if (best === undefined) return false;
    if (before !== undefined && worth(before) >= worth(best)) return false;
    const { open, leaves, given } = best;
    const wrapper: Wrapper = {
      ...{ file, name, macro, span, own: cut.own, leaves, given, level },
      ...{ inner: open.opening, open },
    };
    this.wrappers.set(key, wrapper);
    const { kind, gives: handle, writes } = open.opening;
    const opening: Opening = {
      ...{ name, kind, gives: handle, writes, by: 'wrapper', wrapper },
      paths: given ? this.paths(open, cut, body()) : [],
    };
    const all = this.known.get(name) ?? [];
    if (!this.known.has(name)) this.known.set(name, all);
    const at = before === undefined ? -1 : all.findIndex((one) => one.wrapper === before);
    if (at >= 0) all[at] = opening;
    else all.push(opening);
    return true;
  }

  private leaves({ site }: Open, cut: Cut, body: Body | undefined): ReadonlySet<Leaves> {
    const { call } = site.spans;
    if (body === undefined) {
      // What a macro gives is what its expression gives; a block gives nothing.
      const before = cut.code.slice(cut.body.start, call.start);
      return /[{;]/.test(before) ? NOWHERE : new Set(['returned'] as const);
    }
    return this.read.flows.leaves(body, `<${call.end}>`);
  }

  /** Whether what is opened comes from the parameters of the function. */
  private comesFrom(open: Open, cut: Cut, body: () => Body | undefined): boolean {
    const { site, opening } = open;
    const words = cut.isGiven(site.spans.call);
    const inner = opening.wrapper;
    if (open.site.owner.kind === 'define') return words;
    if (!words) return cut.takesPath(site.spans.call) && this.throughMemory(open, body()).length > 0;
    if (inner === undefined || inner.own) return true;
    if (gives(inner) || !this.calledElsewhere(inner)) return true;
    const parsed = body();
    return parsed === undefined || (this.paths(open, cut, parsed)?.length ?? 0) > 0;
  }

  /** The parameters that the name of what a function opens comes from by way of memory that it shares with others. */
  private throughMemory({ site, opening }: Open, body: Body | undefined): readonly number[] {
    const call = body && callAt(body, site);
    if (body === undefined || call === undefined) return [];
    const from = (opening.paths ?? call.given.map((_one, at) => at)).flatMap(
      (at) => call.given[at]?.from ?? [],
    );
    return this.read.memory.parametersBehind(body, from);
  }

  private calledElsewhere({ file, name }: Wrapper): boolean {
    return this.read.program.callers('c', name).some((other) => other !== file && !isHeader(other));
  }

  /** The parameters of a function that the name of what it opens comes from. */
  private paths(
    { site, opening }: Open,
    { code, parameters }: Cut,
    body: Body | undefined,
  ): Opening['paths'] {
    if (body !== undefined) {
      const call = callAt(body, site);
      if (call === undefined) return undefined;
      const from = (opening.paths ?? call.given.map((_one, at) => at)).flatMap(
        (at) => call.given[at]?.from ?? [],
      );
      const found = this.read.flows.parametersBehind(body, from);
      if (found.length > 0) return found;
      const written = this.read.memory.parametersBehind(body, from);
      return written.length > 0 ? written : undefined;
    }
    const names = parameters.match(/\w+/g) ?? [];
    const given = argumentsOf(code, site.spans.call);
    const places = opening.paths ?? given.map((_one, at) => at);
    const words = new Set(places.flatMap((at) => (given[at] ?? '').match(/\w+/g) ?? []));
    return names.flatMap((name, at) => (words.has(name) ? [at] : []));
  }

  private cut(owner: Owner): Cut | undefined {
    const key = keyOf(owner.file, owner.span);
    if (!this.cuts.has(key)) this.cuts.set(key, this.newCut(owner));
    return this.cuts.get(key);
  }

  private newCut({ file, name, macro, span }: Owner): Cut | undefined {
    if (macro) {
      const code = this.read.program.text(file);
      const line = code.lastIndexOf('\n', span.start - 1) + 1;
      const parameters = /\([^()]*\)$/.exec(code.slice(line, span.start))?.[0] ?? '()';
      return cutOf({ code, type: '', parameters, body: span, own: false });
    }
    const { code } = this.read.judge(file).layout;
    const start = code.indexOf('{', span.start);
    const header = code.slice(span.start, start);
    const at = nextOf(header, name, 0);
    if (at < 0) return undefined;
    // Projects have macros of their own for it, which say so in their names.
    const own = /static/i.test(header.slice(0, at)) && !isHeader(file);
    return cutOf({
      ...{ code, own, type: header.slice(0, at), parameters: header.slice(at + name.length) },
      body: { start, end: span.end },
    });
  }
}

/** A definition in its parts. */
interface Cut {
  readonly code: string;
  /** What is in front of its name. */
  readonly type: string;
  readonly parameters: string;
  readonly body: Span;
  readonly own: boolean;
  /** Whether a call in it is given something that comes from its parameters, as far as words tell. */
  readonly isGiven: (call: Span) => boolean;
  /** Whether a parameter may be the name of a file, and a call is given something that has a name. */
  readonly takesPath: (call: Span) => boolean;
}

function cutOf(parts: Omit<Cut, 'isGiven' | 'takesPath'>): Cut {
  const given = new Map<number, boolean>();
  const parameters = once(() => passing(parts));
  const options = once(() => passing({ ...parts, parameters: optionsIn(parts) }));
  return {
    ...parts,
    takesPath: ({ start, end }) =>
      TEXT.test(parts.parameters) && GIVEN.test(parts.code.slice(parts.code.indexOf('(', start), end)),
    isGiven(call) {
      const known = given.get(call.start);
      if (known !== undefined) return known;
      const found = parameters()(call) || options()(call);
      given.set(call.start, found);
      return found;
    },
  };
}

/** The variables of getopt(3) that a function reads, as though they were parameters: they come from its arguments. */
function optionsIn({ code, parameters, body }: Omit<Cut, 'isGiven' | 'takesPath'>): string {
  if (!/[A-Za-z]/.test(parameters.replace('void', ''))) return '()';
  const found = new Set(code.slice(body.start, body.end).match(/\b\w*optarg\b/g));
  return `(${[...found].join(', ')})`;
}

const NOWHERE: ReadonlySet<Leaves> = new Set();

/** Whether what a call opens is given to an evaluator in the same function: what that hands out is what the code gave. */
function isEvaluated({ site, opening }: Open, body: Body | undefined, flows: Flows): boolean {
  const opened = `<${site.spans.call.end}>`;
  if (body === undefined) return false;
  return body.calls.some(
    ({ path, given }) =>
      path !== opening.name &&
      path !== site.callee &&
      evaluates(path) === SURE &&
      !/open/i.test(path) &&
      flows
        .behind(
          body,
          given.flatMap(({ from }) => from),
        )
        .has(opened),
  );
}

/** Whether those who call a wrapper get what it opens. */
export function gives({ leaves }: Pick<Wrapper, 'leaves'>): boolean {
  return leaves.has('returned') || leaves.has('object');
}

/**
 * Which of several opens in a function says best what that is to its callers: one of a file, where it opens a process or a
 * shared object too, since nothing else may be code that is read.
 */
function worth({ open, leaves, given }: Pick<Wrapper, 'open' | 'leaves' | 'given'>): number {
  const what = open?.opening.kind !== 'file' ? 0 : isLoader(open.opening) ? 1 : 2;
  return 8 * what + (gives({ leaves }) ? 4 : 0) + (leaves.has('shared') ? 2 : 0) + (given ? 1 : 0);
}

/** Whether something opens by dlopen(3), be it by another name. */
export function isLoader(opening: Opening): boolean {
  for (let one = opening; ; one = one.wrapper.inner) {
    if (/^dlm?open$/.test(one.name)) return true;
    if (one.wrapper === undefined) return false;
  }
}

function keyOf(file: string, { start }: Span): string {
  return `${file}#${start}`;
}

/** How the names of fields end that hold a function. */
const POINTER = '(?:_?(?:proc|fn|func|function|ptr|cb|callback|hook|handler|op|method))?';

/** The field of a table that a function is called through, as the end of its name says it: `open_file` for `NativeOpenFile`. */
function fieldOf(name: string): string | undefined {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2');
  return /(?:^|_)([a-z0-9]*open(?:_[a-z0-9]+)*)$/i.exec(words)?.[1]?.toLowerCase();
}

/** Whether the name of a function is in an initialiser, and not called there. */
function isTabled(code: string, name: string): boolean {
  return new RegExp(`[{,=(]\\s*&?${name}\\s*[,})]`).test(code);
}

/** The use of a name at an offset; undefined for a declaration, a comment, or whatever else opens nothing. */
function siteAt(reader: CFile, file: string, start: number, name: string): Found | undefined {
  const opener = { ...ANY, as: 'callee' as const, gives: 'object' as const };
  const judged = reader.judge({ file, start, end: start + name.length, opener }, 'call');
  return 'site' in judged ? judged.site : undefined;
}

/** A call through a field, which no census finds. */
function tableCall(
  file: string,
  text: string,
  { code, blocks, steps }: Layout,
  found: RegExpExecArray,
  opening: Opening,
): Open | undefined {
  const start = found.index + found[0].search(/\w/);
  const block = blockAt(blocks, start);
  const end = closing(code, [], found.index + found[0].length - 1);
  if (block?.name === undefined || start < block.body.start || end === undefined) return undefined;
  const guards = guardsAt(steps, start);
  if (UNKNOWN.dead.some((dead) => guards.some((guard) => dead.test(guard)))) return undefined;
  const call = { start, end };
  const statement = statementAround(code, block.body, start);
  const site: Found = {
    ...{ file, callee: found[1] ?? '', kind: 'call', state: 'plain', gives: opening.gives },
    text: folded(text.slice(start, end)),
    statement: folded(text.slice(statement.start, statement.end)),
    guards,
    owner: { kind: 'function', name: block.name },
    spans: { callee: { start, end: start + (found[1] ?? '').length }, call, statement, owner: block.span },
  };
  return { site, opening };
}

/** The call of a site in the body around it. */
export function callAt(body: Body, { spans }: Found): Call | undefined {
  const place = `<${spans.call.end}>`;
  return body.calls.find(({ result }) => result === place);
}

/** The arguments of a call, as they are written. */
export function argumentsOf(code: string, call: Span): readonly string[] {
  const open = code.indexOf('(', call.start);
  const found: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < call.end; at += 1) {
    const sign = code[at];
    if (sign === '"' || sign === "'") {
      for (at += 1; at < call.end && code[at] !== sign; at += 1) if (code[at] === '\\') at += 1;
      continue;
    }
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if ((sign === ',' && depth === 1) || depth === 0) {
      found.push(code.slice(from, at).trim());
      from = at + 1;
    }
    if (depth === 0) break;
  }
  return found;
}
