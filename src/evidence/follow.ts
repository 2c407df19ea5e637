import type { Language, Site } from '../target/contract.ts';
import { RETURNED } from '../languages/body.ts';
import type { Body, Call, Place } from '../languages/body.ts';
import { NAMESAKES } from '../languages/candidates.ts';
import type { Values } from '../languages/language.ts';
import type { Program } from './program.ts';
import { READS } from './sinks.ts';

/** A step on the way of what a site opened. */
export interface Step {
  readonly what: 'opened' | 'read' | 'given' | 'returned' | 'kept' | 'evaluated';
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is called there, or what it is kept in. */
  readonly name: string;
}

/** Where what a site opened goes, as far as it was followed. */
export type Evidence =
  | {
      readonly found: 'sink';
      readonly chain: readonly [Step, ...Step[]];
      /** How much its end says that something is evaluated, where that was asked. */
      readonly strength?: number;
    }
  /** It leaves the site's owner, on ways that are not followed to their end. */
  | { readonly found: 'leaves'; readonly chain: readonly Step[] }
  | { readonly found: 'none' };

/** How many calls deep a value is followed: 4 found no more chains in CPython 3.11.2. */
const DEPTH = 3;
/** How often it is followed to those who call the function that gives it. */
const UP = 2;
/** How many places are looked at for one site. */
const PLACES = 500;

/** A name that may be one of a variable that functions share: no macro, and none of the C library's. */
export const SHARED = /^(?!(?:std(?:in|out|err)|errno)$)[A-Za-z_]*[a-z]\w*$/;
/** A variable that stands in more places than this tells nothing about what is done with it. */
export const SHARING = 40;

/** What gives nothing of what it is given. */
const HARMLESS =
  /(?:^|\.)(?:len|isinstance|issubclass|hasattr|id|type|bool|close|f?stat|isatty|seek|tell|fileno|callable|print|ord|defined|free|fclose|feof|ferror|strlen|lseek|startswith|endswith|match|search|strcmp|strncmp|memcmp|unlink|remove|exists|join_thread|debug|info|warning|error|log)$/;

/** Functions that put what they are given into the argument before it. */
const APPENDS = /append|concat/i;

/** Methods that put what they are given into what they are called on. */
const PUTS = /(?:^|\.)(?:append|appendleft|extend|insert|add|update|setdefault|feed|put)$/;

/** Tells by a name, as it is written in a call, whether that call evaluates what it is given. */
type Sinks = Pick<RegExp, 'test'>;

/** What is followed beside what every search follows. */
export interface Wide {
  /** How many places are looked at for one site: a wide search has many that tell nothing. */
  readonly places: number;
  /** How much a name says that a call of it evaluates: 3 ends a search, with less it goes on for more. */
  readonly strength: (path: string) => number;
  /** Whether a name says of a function that it opens and hands on what it opened, whatever else it says. */
  readonly opens: (name: string) => boolean;
  /** How much a function says that it evaluates what it takes from a variable. */
  readonly takes: (body: Body, variable: Place) => number;
  /** Whether the name of a file says that its functions read code. */
  readonly isReader: (file: string) => boolean;
  /** How much a variable says that whatever is put into it is evaluated. */
  readonly input: (variable: Place) => number;
  /** Whether a name in capitals is that of a variable. */
  readonly isVariable: (name: string) => boolean;
  /** Where a macro puts what is in a place that it is given. */
  readonly assigned: (body: Body, call: Call, place: Place) => readonly Place[];
  /** Whether a name says that a call of it gives nothing of what it is given. */
  readonly harmless: (path: string) => boolean;
  /** The function that a macro calls which stands for it, or the name itself. */
  readonly meant: (name: string) => string;
  /** The macros that stand for a function. */
  readonly namesOf: (name: string) => readonly string[];
}

/** A language, as far as values are followed in it. */
interface Followed {
  readonly name: Language;
  readonly sinks: Sinks;
  readonly values: Values;
}

interface Frame {
  readonly body: Body;
  readonly result: Place;
  readonly below: Frame | undefined;
  readonly depth: number;
  /** The call by which the body was entered. */
  readonly call: Call;
}

interface Item {
  readonly body: Body;
  readonly place: Place;
  readonly frame: Frame | undefined;
  /** How often it was given to those who call. */
  readonly up: number;
  /** Whether it is a parameter as it was given. */
  readonly entered?: boolean;
  /** Whether it is a variable that another function has put something in. */
  readonly shared?: boolean;
  readonly step: Link | undefined;
}

interface Link {
  readonly what: Step['what'];
  readonly file: string;
  readonly at: number;
  readonly name: string;
  readonly before: Link | undefined;
}

/** Follows what sites open. */
export class Follower {
  private readonly program: Program;
  private readonly sinks: ReadonlyMap<Language, Sinks>;
  private readonly wide: Wide | undefined;
  private readonly uses = new WeakMap<Body, ReadonlyMap<Place, Uses>>();
  /** The functions that calls in files may be of, by how these are written. */
  private readonly meant = new Map<string, Map<string, readonly Body[]>>();

  /** @param wide follows what is put in a part of an object with that object too, variables that functions share, and macros */
  constructor(program: Program, sinks: ReadonlyMap<Language, Sinks>, wide?: Wide) {
    this.program = program;
    this.sinks = sinks;
    this.wide = wide;
  }

  /**
   * Where what a site opened goes.
   *
   * @param stays does not follow it to those who call the function around the site
   */
  follow(site: Site, stays = false): Evidence {
    const { file, spans } = site;
    const language = this.languageOf(file);
    const body = this.program.at(file, spans.callee.start);
    const opened: Link = {
      what: 'opened',
      file,
      at: spans.callee.start,
      name: site.callee,
      before: undefined,
    };
    const leaves: Evidence = { found: 'leaves', chain: [this.stepOf(opened)] };
    if (body === undefined || language === undefined || site.kind === 'macro') return leaves;
    const starts = language.values.opened(site, body);
    if (starts === undefined) return leaves;
    const used = this.usesOf(body);
    // An open that is itself a sink: code is loaded by name.
    if (language.sinks.test(site.callee) && this.wide?.opens(site.callee) !== true) {
      const chain: [Step, ...Step[]] = [this.stepOf(opened), this.stepOf({ ...opened, what: 'evaluated' })];
      const strength = this.wide?.strength(site.callee);
      return { found: 'sink', chain, ...(strength !== undefined && { strength }) };
    }
    const queue: Item[] = starts
      .filter((place) => used.has(place))
      .map((place) => ({ body, place, frame: undefined, up: stays ? UP : 0, step: opened }));
    return this.search(queue, language);
  }

  private search(queue: Item[], language: Followed): Evidence {
    const { values } = language;
    const seen = new Map<Body, Set<string>>();
    let left: Link | undefined;
    let best: { readonly link: Link; readonly strength: number } | undefined;
    for (const item of queue) {
      if (best !== undefined && best.strength >= 3) break;
      if (queue.length > (this.wide?.places ?? PLACES)) {
        left ??= item.step;
        break;
      }
      const { body, place, frame, up, step } = item;
      const go = (next: Body, to: Place, changed: Partial<Item>): void => {
        const one: Item = { body: next, place: to, frame, up, step, ...changed };
        const key = `${to} ${one.frame?.result ?? ''} ${one.frame?.body.start ?? ''}`;
        const known = seen.get(next) ?? new Set();
        seen.set(next, known);
        if (known.has(key)) return;
        known.add(key);
        queue.push(one);
      };
      const link = (what: Step['what'], at: number, name: string, file = body.file): Link => ({
        what,
        file,
        at,
        name,
        before: step,
      });
      if (place === RETURNED) {
        if (frame) go(frame.body, frame.result, { frame: frame.below });
        else if (up < UP) {
          const callers = this.callersOf(body, language);
          if (callers === undefined) left ??= link('returned', body.end - 1, body.name);
          for (const { from, call } of callers ?? [])
            go(from, call.result, { up: up + 1, step: link('returned', call.at, body.name, from.file) });
        }
        continue;
      }
      if (this.wide !== undefined && frame !== undefined && item.entered !== true) {
        // What is put where a parameter points to is where the caller has it.
        const at = body.parameters.indexOf(place);
        for (const to of frame.call.given[at]?.from ?? []) go(frame.body, to, { frame: frame.below });
      }
      if (this.wide !== undefined && frame === undefined && up < UP && step?.what === 'read') {
        const at = body.parameters.indexOf(place);
        for (const { from, call } of at < 0 ? [] : (this.callersOf(body, language) ?? [])) {
          const given = link('returned', call.at, body.name, from.file);
          for (const to of call.given[at]?.from ?? []) go(from, to, { up: up + 1, step: given });
        }
      }
      for (const other of item.shared === true ? [] : this.sharing(place, body, language.name)) {
        const kept = link('kept', step?.file === body.file ? step.at : body.start, place);
        go(other, place, { frame: undefined, step: kept, shared: true });
        // One whose name says that it evaluates takes what it evaluates from there: less sure than what is given to it.
        const strength = this.wide?.takes(other, place) ?? 0;
        if (strength <= (best?.strength ?? 0)) continue;
        const { file, start: at, name } = other;
        best = { link: { what: 'evaluated', file, at, name, before: kept }, strength };
      }
      const input = body.own.has(place) ? 0 : (this.wide?.input(place) ?? 0);
      if (input > (best?.strength ?? 0)) {
        best = {
          link: link('evaluated', step?.file === body.file ? step.at : body.start, place),
          strength: input,
        };
      }
      if (body.name === '-' && /^\w+$/.test(place)) {
        // A variable of the file.
        for (const other of this.program.holding(body.file, place)) {
          if (other !== body && !other.own.has(place) && this.usesOf(other).has(place))
            go(other, place, { frame: undefined, step: link('kept', body.start, place) });
        }
      }
      const uses = this.usesOf(body).get(place);
      if (uses === undefined) continue;
      for (const { to, at, part } of uses.moves) {
        go(body, to, {});
        const name = to.startsWith('.') ? to.slice(1) : undefined;
        if (name === undefined || part === true) continue;
        for (const other of this.program.holding(body.file, name, 'field')) {
          if (other !== body && this.usesOf(other).has(to))
            go(other, to, { frame: undefined, step: link('kept', at, name) });
        }
      }
      for (const call of uses.calls) {
        const { path, at, result, given } = call;
        for (const to of this.wide?.assigned(body, call, place) ?? []) go(body, to, {});
        if (this.wide !== undefined) {
          for (const name of given.flatMap(({ from }) => from)) {
            // What reads a file may be given the function that takes what it reads.
            if (name === place || body.own.has(name) || !this.isFunction(name, language.name)) continue;
            const strength = this.wide.strength(name);
            if (strength > (best?.strength ?? 1)) best = { link: link('evaluated', at, name), strength };
          }
          const index = APPENDS.test(path) ? given.findIndex(({ from }) => from.includes(place)) : 0;
          for (const to of index > 0 ? (given[index - 1]?.from ?? []) : []) go(body, to, {});
        }
        if (language.sinks.test(path)) {
          const strength = this.wide?.strength(path) ?? 3;
          if (strength > (best?.strength ?? 0)) best = { link: link('evaluated', at, path), strength };
          if (strength >= 3) break;
        }
        if (HARMLESS.test(path) || this.wide?.harmless(path) === true) continue;
        const depth = frame?.depth ?? 0;
        const known = this.calledBy(call, body, language);
        if (known.length > 0) {
          if (depth >= DEPTH) {
            left ??= link('given', at, path);
            continue;
          }
          for (const one of known) {
            const shift = values.before?.(path, one) ?? 0;
            const parameters = given.flatMap((argument, index) =>
              argument.from.includes(place) ? (parameterFor(one, argument.name, index + shift) ?? []) : [],
            );
            for (const parameter of parameters) {
              go(one, parameter, {
                entered: true,
                frame: { body, result, below: frame, depth: depth + 1, call },
                step: link('given', at, path),
              });
            }
          }
          if (values.fills === undefined) continue;
        } else go(body, result, READS.test(path) ? { step: link('read', at, path) } : {});
        if (PUTS.test(path)) for (const to of call.receiver) go(body, to, {});
        if (values.fills?.test(path) === true) {
          for (const argument of given) {
            if (argument.from.includes(place)) continue;
            for (const to of argument.from) {
              if (!to.startsWith('<'))
                for (const one of [to, ...this.pointers(body, to)])
                  go(body, one, { step: READS.test(path) ? link('read', at, path) : step });
            }
          }
        }
      }
    }
    if (best !== undefined)
      return {
        found: 'sink',
        chain: this.chainOf(best.link),
        ...(this.wide !== undefined && { strength: best.strength }),
      };
    return left === undefined ? { found: 'none' } : { found: 'leaves', chain: this.chainOf(left) };
  }

  /** The other functions that use a variable which is not of the function alone, where they are few. */
  private sharing(place: Place, body: Body, language: Language): readonly Body[] {
    if (this.wide === undefined || body.own.has(place)) return [];
    if (!SHARED.test(place) && !(/^[A-Z]\w+$/.test(place) && this.wide.isVariable(place))) return [];
    const { isReader } = this.wide;
    const all = this.program.sharing(language, place, body.file, SHARING);
    // One that is used everywhere may still be what a parser reads from.
    const some = all.length > 0 ? all : this.program.sharing(language, place, body.file, SHARING, isReader);
    return some.filter((one) => one !== body && !one.own.has(place) && this.usesOf(one).has(place));
  }

  /** The variables that a pointer was made from: what is read into the one is in the others. */
  private pointers(body: Body, pointer: Place): readonly Place[] {
    if (this.wide === undefined) return [];
    return body.moves.flatMap(({ from, to }) => (to === pointer && /^\w+$/.test(from) ? [from] : []));
  }

  private isFunction(name: Place, language: Language): boolean {
    return /^\w+$/.test(name) && this.program.definers(language, name).length > 0;
  }

  private languageOf(file: string): Followed | undefined {
    const name = this.program.language(file);
    const sinks = name === undefined ? undefined : this.sinks.get(name);
    const values = this.program.valuesOf(file);
    return name === undefined || sinks === undefined || values === undefined
      ? undefined
      : { name, sinks, values };
  }

  /** The functions of the tree that a call may be of; none where it is of something else, or cannot be told. */
  private calledBy({ path }: Call, { file }: Body, language: Followed): readonly Body[] {
    const inFile = this.meant.get(file) ?? new Map<string, readonly Body[]>();
    this.meant.set(file, inFile);
    const known = inFile.get(path);
    if (known) return known;
    const found = this.calledFrom(path, file, language);
    inFile.set(path, found);
    return found;
  }

  private calledFrom(path: string, file: string, language: Followed): readonly Body[] {
    const written = path.slice(path.lastIndexOf('.') + 1).replace(/^.*::/, '');
    if (written === '') return [];
    const name = this.wide?.meant(written) ?? written;
    const definers = this.program.definers(language.name, name);
    if (definers.length === 0) return [];
    const asked = {
      ...{ path, name, from: file, definers },
      text: (other: string) => this.program.text(other),
      ships: (other: string) => this.program.ships(other),
    };
    return language.values.candidates(asked).flatMap((one) => this.program.named(one, name));
  }

  /** The calls of a function; undefined where they are not followed. */
  private callersOf(
    body: Body,
    { name: language, values }: Followed,
  ): readonly { readonly from: Body; readonly call: Call }[] | undefined {
    const name = body.name === values.maker?.name ? (body.within ?? '') : body.name;
    if (name === '-' || name === '') return [];
    const definers = this.program.definers(language, name);
    const names = [name, ...(this.wide?.namesOf(name) ?? [])];
    const calls = (file: string): readonly { readonly from: Body; readonly call: Call }[] =>
      names.flatMap((one) => this.callsIn(file, one, body, values));
    const here = calls(body.file);
    if (definers.length > NAMESAKES) return here.length > 0 ? here : undefined;
    const module = values.mention?.(body.file);
    const others = new Set(
      names
        .flatMap((one) => this.program.callers(language, one))
        .filter(
          (file) => file !== body.file && (module === undefined || this.program.text(file).includes(module)),
        ),
    );
    return [...here, ...[...others].flatMap(calls)];
  }

  /** The calls by a name in a file, outside of the function itself. */
  private callsIn(
    file: string,
    name: string,
    body: Body,
    values: Values,
  ): readonly { readonly from: Body; readonly call: Call }[] {
    return this.program
      .holding(file, name, values.bare === undefined ? 'called' : 'word')
      .flatMap((from) =>
        from === body
          ? []
          : from.calls
              .filter(({ path }) => path === name || path.endsWith(`.${name}`) || path.endsWith(`::${name}`))
              .map((call) => ({ from, call })),
      );
  }

  private usesOf(body: Body): ReadonlyMap<Place, Uses> {
    const known = this.uses.get(body);
    if (known) return known;
    const found = new Map<Place, Uses>();
    const at = (place: Place): Uses => {
      const uses = found.get(place) ?? { moves: [], calls: [] };
      found.set(place, uses);
      return uses;
    };
    for (const move of body.moves) at(move.from).moves.push(move);
    if (this.wide !== undefined)
      for (const move of body.parts) at(move.from).moves.push({ ...move, part: true });
    for (const call of body.calls) {
      for (const place of new Set([...call.receiver, ...call.given.flatMap(({ from }) => from)]))
        at(place).calls.push(call);
    }
    this.uses.set(body, found);
    return found;
  }

  private chainOf(link: Link): readonly [Step, ...Step[]] {
    const steps: Link[] = [];
    for (let at: Link | undefined = link; at !== undefined; at = at.before) steps.unshift(at);
    const [first = link, ...rest] = steps;
    return [this.stepOf(first), ...rest.map((one) => this.stepOf(one))];
  }

  private stepOf({ what, file, at, name }: Link): Step {
    return { what, file, line: this.program.line(file, at), name };
  }
}

interface Uses {
  readonly moves: { readonly to: Place; readonly at: number; readonly part?: boolean }[];
  readonly calls: Call[];
}

function parameterFor(body: Body, name: string | undefined, index: number): readonly Place[] | undefined {
  if (name !== undefined) return body.parameters.includes(name) ? [name] : undefined;
  const found = body.parameters[index];
  if (found !== undefined && found !== '*') return [found];
  return body.parameters.at(-1) === '*' ? body.parameters.slice(0, 1) : undefined;
}
