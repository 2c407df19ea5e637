import type { Language, Site } from '../target/contract.js';
import { Lines } from '../sites/site.js';
import { RETURNED } from './body.js';
import type { Body, Call, Place } from './body.js';
import type { Program } from './program.js';
import { READS } from './sinks.js';

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
  | { readonly found: 'sink'; readonly chain: readonly [Step, ...Step[]] }
  /** It leaves the site's owner, on ways that are not followed to their end. */
  | { readonly found: 'leaves'; readonly chain: readonly Step[] }
  | { readonly found: 'none' };

/** How many calls deep a value is followed: 4 found no more chains in CPython 3.11.2. */
const DEPTH = 3;
/** How often it is followed to those who call the function that gives it. */
const UP = 2;
/** How many places are looked at for one site. */
const PLACES = 500;
/** A name that more functions than this have says nothing about which of them is called. */
const NAMESAKES = 3;

/** What gives nothing of what it is given. */
const HARMLESS =
  /(?:^|\.)(?:len|isinstance|issubclass|hasattr|id|type|bool|close|f?stat|isatty|seek|tell|fileno|callable|print|ord|defined|free|fclose|feof|ferror|strlen|lseek|startswith|endswith|match|search|strcmp|strncmp|memcmp|unlink|remove|exists|join_thread|debug|info|warning|error|log)$/;

/** Methods that put what they are given into what they are called on. */
const PUTS = /(?:^|\.)(?:append|appendleft|extend|insert|add|update|setdefault|feed|put)$/;

/** Functions of C that put something of one argument into another one. */
const FILLS = /read|gets?$|getc|getline|getdelim|scanf|recv|cpy|cat$|printf|memmove/i;

interface Frame {
  readonly body: Body;
  readonly result: Place;
  readonly below: Frame | undefined;
  readonly depth: number;
}

interface Item {
  readonly body: Body;
  readonly place: Place;
  readonly frame: Frame | undefined;
  /** How often it was given to those who call. */
  readonly up: number;
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
  private readonly uses = new WeakMap<Body, ReadonlyMap<Place, Uses>>();
  private readonly lines = new Map<string, Lines>();
  private readonly program: Program;
  private readonly sinks: Readonly<Record<Language, RegExp>>;

  constructor(program: Program, sinks: Readonly<Record<Language, RegExp>>) {
    this.program = program;
    this.sinks = sinks;
  }

  /** Where what a site opened goes. */
  follow(site: Site): Evidence {
    const { file, spans } = site;
    const language = this.program.language(file);
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
    const starts = language === 'perl' ? handlesOf(site, body) : [`<${spans.call.end}>`];
    const used = this.usesOf(body);
    if (language !== 'perl' && !body.calls.some(({ result }) => result === starts[0])) return leaves;
    // An open that is itself a sink: code is loaded by name.
    if (this.sinks[language].test(site.callee)) {
      const chain: [Step, ...Step[]] = [this.stepOf(opened), this.stepOf({ ...opened, what: 'evaluated' })];
      return { found: 'sink', chain };
    }
    const queue: Item[] = starts
      .filter((place) => used.has(place))
      .map((place) => ({ body, place, frame: undefined, up: 0, step: opened }));
    return this.search(queue, language);
  }

  private search(queue: Item[], language: Language): Evidence {
    const seen = new Map<Body, Set<string>>();
    let left: Link | undefined;
    for (const item of queue) {
      if (queue.length > PLACES) {
        left ??= item.step;
        break;
      }
      const { body, place, frame, up, step } = item;
      const go = (next: Body, to: Place, changed: Partial<Item>): void => {
        const one = { body: next, place: to, frame, up, step, ...changed };
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
      if (body.name === '-' && /^\w+$/.test(place)) {
        // A variable of the file.
        for (const other of this.program.holding(body.file, place)) {
          if (other !== body && !other.own.has(place) && this.usesOf(other).has(place))
            go(other, place, { frame: undefined, step: link('kept', body.start, place) });
        }
      }
      const uses = this.usesOf(body).get(place);
      if (uses === undefined) continue;
      for (const { to, at } of uses.moves) {
        go(body, to, {});
        const name = to.startsWith('.') ? to.slice(1) : undefined;
        if (name === undefined) continue;
        for (const other of this.program.holding(body.file, name, 'field')) {
          if (other !== body && this.usesOf(other).has(to))
            go(other, to, { frame: undefined, step: link('kept', at, name) });
        }
      }
      for (const call of uses.calls) {
        const { path, at, result, given } = call;
        if (this.sinks[language].test(path)) {
          const chain = this.chainOf(link('evaluated', at, path));
          return { found: 'sink', chain };
        }
        if (HARMLESS.test(path)) continue;
        const depth = frame?.depth ?? 0;
        const known = this.calledBy(call, body, language);
        if (known.length > 0) {
          if (depth >= DEPTH) {
            left ??= link('given', at, path);
            continue;
          }
          for (const one of known) {
            const method =
              path.includes('.') || (one.within !== undefined && one.name === '__init__') ? 1 : 0;
            const shift =
              one.within !== undefined && one.parameters[0] === 'self' ? 1 : language === 'perl' ? 0 : method;
            const parameters = given.flatMap((argument, index) =>
              argument.from.includes(place) ? (parameterFor(one, argument.name, index + shift) ?? []) : [],
            );
            for (const parameter of parameters) {
              go(one, parameter, {
                frame: { body, result, below: frame, depth: depth + 1 },
                step: link('given', at, path),
              });
            }
          }
          if (language !== 'c') continue;
        } else go(body, result, READS.test(path) ? { step: link('read', at, path) } : {});
        if (PUTS.test(path)) for (const to of call.receiver) go(body, to, {});
        if (language === 'c' && FILLS.test(path)) {
          for (const argument of given) {
            if (argument.from.includes(place)) continue;
            for (const to of argument.from) {
              if (!to.startsWith('<'))
                go(body, to, { step: READS.test(path) ? link('read', at, path) : step });
            }
          }
        }
      }
    }
    return left === undefined ? { found: 'none' } : { found: 'leaves', chain: this.chainOf(left) };
  }

  /** The functions of the tree that a call may be of; none where it is of something else, or cannot be told. */
  private calledBy(call: Call, body: Body, language: Language): readonly Body[] {
    const name = call.path.slice(call.path.lastIndexOf('.') + 1).replace(/^.*::/, '');
    if (name === '') return [];
    const definers = this.program.definers(language, name);
    if (definers.length === 0) return [];
    if (definers.includes(body.file)) {
      const plain =
        language !== 'python' || !call.path.includes('.') || /^(?:self|cls|super)?\.\w+$/.test(call.path);
      if (plain) return this.bodiesNamed(body.file, name);
    }
    if (language === 'python') {
      const module = call.path.includes('.')
        ? this.program.module(call.path.slice(0, call.path.lastIndexOf('.')), body.file)
        : this.importedFrom(name, body.file);
      if (module !== undefined) return definers.includes(module) ? this.bodiesNamed(module, name) : [];
      if (!call.path.includes('.')) return [];
    }
    // Perl's methods have the names of many modules' functions.
    const most = language === 'perl' ? 1 : NAMESAKES;
    return definers.length <= most ? definers.flatMap((file) => this.bodiesNamed(file, name)) : [];
  }

  /** The functions of a name in a file; of a class what makes its objects. */
  private bodiesNamed(file: string, name: string): readonly Body[] {
    const functions = this.program.named(file, name);
    if (functions.length > 0) return functions;
    // Its methods are stretches that do not hold its name.
    if (this.program.holding(file, name, 'class').length === 0) return [];
    return this.program.named(file, '__init__').filter(({ within }) => within === name);
  }

  private importedFrom(name: string, file: string): string | undefined {
    const text = this.program.text(file);
    const found = new RegExp(`^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import\\b[^\\n]*\\b${name}\\b`, 'm').exec(
      text,
    );
    return found?.[1] === undefined ? undefined : this.program.module(found[1], file);
  }

  /** The calls of a function; undefined where they are not followed. */
  private callersOf(
    body: Body,
    language: Language,
  ): readonly { readonly from: Body; readonly call: Call }[] | undefined {
    const name = body.name === '__init__' ? (body.within ?? '') : body.name;
    if (name === '-' || name === '') return [];
    const definers = this.program.definers(language, name);
    const calls = (file: string): readonly { readonly from: Body; readonly call: Call }[] =>
      this.program
        .holding(file, name, language === 'perl' ? 'word' : 'called')
        .flatMap((from) =>
          from === body
            ? []
            : from.calls
                .filter(
                  ({ path }) => path === name || path.endsWith(`.${name}`) || path.endsWith(`::${name}`),
                )
                .map((call) => ({ from, call })),
        );
    const here = calls(body.file);
    if (definers.length > NAMESAKES) return here.length > 0 ? here : undefined;
    const module = language === 'python' ? moduleName(body.file) : undefined;
    const others = this.program
      .callers(language, name)
      .filter(
        (file) => file !== body.file && (module === undefined || this.program.text(file).includes(module)),
      );
    return [...here, ...others.flatMap(calls)];
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
    let lines = this.lines.get(file);
    if (lines === undefined) {
      lines = new Lines(this.program.text(file));
      this.lines.set(file, lines);
    }
    return { what, file, line: lines.at(at).line, name };
  }
}

/** The name that a file of Python is imported by, without those of the packages around it. */
function moduleName(file: string): string | undefined {
  return /([^/]+?)(?:\/__init__)?\.py$/.exec(file)?.[1];
}

interface Uses {
  readonly moves: { readonly to: Place; readonly at: number }[];
  readonly calls: Call[];
}

function parameterFor(body: Body, name: string | undefined, index: number): readonly Place[] | undefined {
  if (name !== undefined) return body.parameters.includes(name) ? [name] : undefined;
  const found = body.parameters[index];
  if (found !== undefined && found !== '*') return [found];
  return body.parameters.at(-1) === '*' ? body.parameters.slice(0, 1) : undefined;
}

/** What a site of Perl leaves an open file in: its first argument, or what it is assigned to. */
function handlesOf(site: Site, body: Body): readonly Place[] {
  const first =
    /^(?:\w+::)*\w+\s*\(?\s*(?:my|our|local)?\s*\(?\s*([$*\\]*)\{?\$?(?:self->\{)?['"]?((?:\w+::)*\w+)/.exec(
      site.text,
    )?.[2];
  const end = body.calls.filter(({ at }) => at <= site.spans.callee.start).at(-1)?.result;
  const places = body.moves.filter(({ from }) => from === end).map(({ to }) => to);
  return [...new Set([...(first === undefined ? [] : [first, `.${first}`]), ...places])];
}
