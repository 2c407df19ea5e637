import { RETURNED } from '../languages/body.ts';
import type { Call, Place } from '../languages/body.ts';
import { FAMILIES, MODE } from './families.ts';
import type { Gives } from './families.ts';
import type { Definition, Sources } from './program.ts';
import { textAt } from './reader.ts';
import type { ReadBody } from './reader.ts';

/** What is called to open a file: a function of the C library, or one of the tree that stands before it. */
export interface Opening {
  readonly name: string;
  readonly gives: Gives;
  /** The arguments that may name the file, from 0. */
  readonly paths: readonly number[];
  /** The argument with flags or a mode. */
  readonly how: number | undefined;
  /** It can do nothing but write. */
  readonly writes: boolean;
  /** Undefined for the library's own. */
  readonly definition: Definition | undefined;
  /** `library`: libc's; `wrapper`: of the tree; `table`: called through a field; `named`: its name is handed on as a value. */
  readonly by: 'library' | 'wrapper' | 'table' | 'named';
}

/** A function, or a macro, that opens what it is given. */
export interface Wrapper {
  readonly definition: Definition;
  /** Whether those who call it get what was opened; else it goes into its own hands. */
  readonly hands: boolean;
  readonly opening: Opening;
  /** The call in it that opens. */
  readonly call: Call;
  /** What is called there. */
  readonly inner: Opening;
}

/** A call that opens. */
export interface OpenCall {
  readonly definition: Definition;
  readonly call: Call;
  readonly opening: Opening;
}

/** A function is looked at again as often as this, when what it calls has turned out to open. */
const ROUNDS = 12;

/** The names under which languages have an `open` of their own. */
const NAMED = 'open';

/** What gives its argument on, as far as an open file is meant. */
const CARRIES =
  /(?:^|_)(?:dup\w*|fdopen|\w*open|new|make|create|alloc|from|wrap|move)(?=_|$|[A-Z0-9])|(?:Dup|New|Make|Create|From|Wrap|Open)/;
/** What puts one of its arguments into another one. */
const PUTS = /(?:set|push|init|put|attach|store|add)(?:_|$|[A-Z]|fd|file|fp|stream)/i;

/** Finds all that opens, from the C library's functions to whatever in the tree stands before them. */
export class Openers {
  private readonly wrappers = new Map<number, Wrapper>();
  private readonly fields = new Map<string, Opening>();

  private readonly sources: Sources;

  constructor(sources: Sources) {
    this.sources = sources;
    const { fields } = sources;
    const looked = new Map<number, number>();
    let queue: string[] = [...FAMILIES.keys()];
    const seeds = sources.using(NAMED, undefined);
    for (const definition of [...seeds, ...this.aliasUsers()]) this.look(definition);
    queue.push(...[...this.wrappers.values()].map(({ definition }) => definition.name));
    while (queue.length > 0) {
      const next = new Set<string>();
      for (const name of queue) {
        for (const definition of sources.calling(name)) {
          const rounds = looked.get(definition.index) ?? 0;
          if (rounds > ROUNDS) continue;
          looked.set(definition.index, rounds + 1);
          if (!this.look(definition)) continue;
          next.add(definition.name);
          for (const field of this.tabled(definition, fields)) next.add(field);
        }
      }
      queue = [...next];
    }
  }

  /** All functions and macros of the tree that open what they are given. */
  get found(): readonly Wrapper[] {
    return [...this.wrappers.values()].sort((a, b) => a.definition.index - b.definition.index);
  }

  /** The fields of tables that are called to open, with the dot before them. */
  get tables(): ReadonlyMap<string, Opening> {
    return this.fields;
  }

  /** What a definition is as a wrapper. */
  wrapper(definition: Definition): Wrapper | undefined {
    return this.wrappers.get(definition.index);
  }

  /** The calls of a function that open, those of functions that keep what they open as well. */
  callsIn(definition: Definition): readonly OpenCall[] {
    const body = this.sources.body(definition);
    return body.calls.flatMap((call) => {
      const opening = this.openingOf(call, body, definition);
      return opening === undefined ? [] : [{ definition, call, opening }];
    });
  }

  /** Every definition that may hold a call that opens, in the order of the tree. */
  holders(): readonly Definition[] {
    const names = new Set([
      ...FAMILIES.keys(),
      ...this.fields.keys(),
      ...this.found.map(({ definition }) => definition.name),
    ]);
    const all = new Map<number, Definition>();
    const add = (definition: Definition): void => {
      all.set(definition.index, definition);
    };
    for (const name of names) this.sources.calling(name).forEach(add);
    this.sources.using(NAMED, undefined).forEach(add);
    this.aliasUsers().forEach(add);
    return [...all.values()].sort((a, b) => a.index - b.index);
  }

  /** What a call opens by. */
  openingOf(call: Call, body: ReadBody, from: Definition): Opening | undefined {
    const { path } = call;
    if (path.startsWith('.')) return this.fields.get(path);
    if (path !== '') {
      const direct = this.byName(path, from);
      if (direct !== undefined) return direct;
    }
    return this.handedOn(call, body);
  }

  private byName(path: string, from: Definition): Opening | undefined {
    let name = path;
    for (let depth = 0; depth < 4; depth += 1) {
      for (const one of this.sources.named(name, from.file)) {
        // A macro that has the name of what it calls means that.
        if (one.index === from.index) continue;
        const wrapper = this.wrappers.get(one.index);
        if (wrapper !== undefined) return wrapper.opening;
      }
      const family = FAMILIES.get(name);
      if (family !== undefined)
        return {
          name,
          gives: family.gives,
          paths: family.path === undefined ? [] : [family.path],
          how: family.how,
          writes: family.writes === true,
          definition: undefined,
          by: 'library',
        };
      const other = this.sources.constant(name);
      if (other === undefined || !/^\(?\s*[A-Za-z_]\w*\s*\)?$/.test(other)) return undefined;
      name = other.replace(/[()\s]/g, '');
    }
    return undefined;
  }

  /** Functions that call an opener by another name that a macro gives it. */
  private aliasUsers(): readonly Definition[] {
    return this.sources.aliases([...FAMILIES.keys()]).flatMap((name) => this.sources.calling(name));
  }

  /** A call that hands the name `open` on with a mode: the open of another language, called from C. */
  private handedOn({ path, given }: Call, body: ReadBody): Opening | undefined {
    if (path === '' || FAMILIES.has(path)) return undefined;
    const at = given.findIndex(
      ({ from }, index) => index > 0 && from.some((one) => MODE.test(textAt(one) ?? '')),
    );
    if (at < 0) return undefined;
    const inner = (place: Place): readonly Place[] =>
      place.startsWith('<')
        ? (body.calls.find(({ result }) => result === place)?.given.flatMap(({ from }) => from) ?? [])
        : [place];
    const named = given.some(({ from }) =>
      from.flatMap(inner).some((one) => one === NAMED || textAt(one) === NAMED),
    );
    if (!named || body.locals.has(NAMED) || body.parameters.includes(NAMED)) return undefined;
    return {
      name: path,
      gives: 'object',
      paths: [at - 1],
      how: at,
      writes: false,
      definition: undefined,
      by: 'named',
    };
  }

  /** Looks at a function again: whether it has turned out to open more than was known. */
  private look(definition: Definition): boolean {
    if (definition.name === 'main') return false;
    const before = this.wrappers.get(definition.index);
    if (before?.hands === true) return false;
    const body = this.sources.body(definition);
    let found = before;
    for (const call of body.calls) {
      const inner = this.openingOf(call, body, definition);
      if (inner === undefined) continue;
      const [how] = inner.how === undefined ? [] : parametersBehind(body, call.given[inner.how]?.from ?? []);
      const paths = parametersBehind(
        body,
        inner.paths.flatMap((at) => call.given[at]?.from ?? []),
      ).filter((at) => at !== how);
      if (paths.length === 0) continue;
      const handle =
        inner.by === 'table' ||
        inner.definition === undefined ||
        this.wrappers.get(inner.definition.index)?.hands === true;
      const hands = handle && givesOn(body, call.result);
      if (!hands && (found !== undefined || inner.name === 'fdopen')) continue;
      const { name } = definition;
      const opening: Opening = {
        name,
        gives: inner.gives,
        paths,
        how,
        writes: inner.writes,
        definition,
        by: 'wrapper',
      };
      found = { definition, hands, opening, call, inner };
      if (hands) break;
    }
    if (found === before || found === undefined) return false;
    this.wrappers.set(definition.index, found);
    return true;
  }

  /** The fields by which a function that opens is called, where it stands in a table: those that it has the name of. */
  private tabled(definition: Definition, fields: readonly string[]): readonly string[] {
    if (definition.macro || !this.sources.inTables(definition.name, definition.file)) return [];
    const name = letters(definition.name);
    const wrapper = this.wrappers.get(definition.index);
    if (wrapper === undefined) return [];
    return fields.filter((field) => {
      if (field.length < 5 || !name.endsWith(letters(field)) || this.fields.has(field)) return false;
      this.fields.set(field, { ...wrapper.opening, name: field.slice(1), by: 'table' });
      return true;
    });
  }
}

function letters(name: string): string {
  return name.replace(/[^A-Za-z]/g, '').toLowerCase();
}

/** The parameters of a body that some places get their value from, by their positions. */
export function parametersBehind(body: ReadBody, places: readonly Place[]): readonly number[] {
  return [
    ...new Set(
      behind(body, places).flatMap((place) => {
        const at = body.parameters.indexOf(place.replace(/^\*/, ''));
        return at >= 0 ? [at] : [];
      }),
    ),
  ];
}

/** Functions that write something of their arguments into the first of them. */
const WRITES = /printf|cpy|cat$|memmove|append|concat|join|expand|make|build|add|path/i;

/** For each place of a body the places that its value may come from; made once a body. */
const origins = new WeakMap<ReadBody, ReadonlyMap<Place, readonly Place[]>>();

function originsOf(body: ReadBody): ReadonlyMap<Place, readonly Place[]> {
  const known = origins.get(body);
  if (known) return known;
  const found = new Map<Place, Place[]>();
  const add = (to: Place, from: readonly Place[]): void => {
    const all = found.get(to);
    if (all === undefined) found.set(to, [...from]);
    else all.push(...from);
  };
  for (const { from, to } of body.moves) add(to, [from]);
  for (const { path, given, result, receiver } of body.calls) {
    add(result, [...receiver, ...given.flatMap(({ from }) => from)]);
    if (!WRITES.test(path)) continue;
    const others = given.slice(1).flatMap(({ from }) => from);
    for (const to of given[0]?.from ?? []) if (!to.startsWith('"')) add(to, others);
  }
  origins.set(body, found);
  return found;
}

/** The places within a body that some places may have their value from, these included. */
export function behind(body: ReadBody, places: readonly Place[]): readonly Place[] {
  const from = originsOf(body);
  const seen = new Set<Place>(places);
  // A set that grows while it is gone through.
  for (const place of seen) {
    for (const one of from.get(place) ?? []) seen.add(one);
    if (seen.size > 200) break;
  }
  return [...seen];
}

/** Whether a body gives what is in a place to those who call it: by its value, or where a parameter points to. */
function givesOn(body: ReadBody, place: Place): boolean {
  const seen = new Set<Place>([place]);
  for (const one of seen) {
    if (one === RETURNED) return true;
    if (one.startsWith('*') && body.parameters.includes(one.slice(1))) return true;
    for (const { from, to } of body.moves) if (from === one) seen.add(to);
    for (const { path, given, result } of body.calls) {
      if (!given.some(({ from }) => from.includes(one))) continue;
      if (CARRIES.test(path)) seen.add(result);
      else if (PUTS.test(path)) {
        const first = given.find(
          ({ from }) => !from.includes(one) && from.some((other) => /^\w/.test(other)),
        );
        for (const other of first?.from ?? []) seen.add(other);
      }
    }
  }
  return false;
}
