import type { Program } from '../evidence/program.ts';
import { RETURNED } from '../languages/body.ts';
import type { Body, Call, Place } from '../languages/body.ts';
import { byName } from '../languages/candidates.ts';
import type { Constants } from './constants.ts';

/** Where a function leaves what it has: with those who call it, in what they gave it, or where all functions see it. */
export type Leaves = 'returned' | 'object' | 'shared';

/** How many calls deep a value is followed into functions that may give it back. */
const DEPTH = 3;

/** What gives its argument on, as far as an open file is meant, where its definition is not seen. */
const CARRIES =
  /(?:^|_)(?:dup\w*|fdopen|\w*open|new|make|create|alloc|from|wrap|move)(?=_|$|[A-Z0-9])|(?:Dup|New|Make|Create|From|Wrap|Open)/;

/** Functions that make an object. */
const MAKES = /alloc|(?:^|_)(?:new|create|make)(?:_|$)|(?:New|Create|Make)(?![a-z])/i;

/** Functions that write something of their arguments into the first of them. */
const WRITES = /printf|cpy|cat$|memmove|append|concat|join|expand|make|build|add|path/i;

/** Where values of one function end, and where they come from. */
export class Flows {
  private readonly program: Program;
  private readonly constants: Constants;
  private readonly summaries = new WeakMap<Body, Map<Place, ReadonlySet<Leaves | number>>>();
  private readonly uses = new WeakMap<Body, Uses>();
  private readonly callees = new Map<string, readonly Body[]>();
  private readonly origins = new WeakMap<Body, ReadonlyMap<Place, readonly Place[]>>();

  constructor(program: Program, constants: Constants) {
    this.program = program;
    this.constants = constants;
  }

  /** Where a body leaves what is in a place: all that is found. */
  leaves(body: Body, place: Place): ReadonlySet<Leaves> {
    return new Set(
      [...this.ends(body, place, DEPTH)].map((end) => (typeof end === 'number' ? 'object' : end)),
    );
  }

  /** Where a macro puts what is in a place that it is given; of a part of an object the object as well. */
  assigned(body: Body, { path, given }: Call, place: Place): readonly Place[] {
    const places = this.constants
      .assignedBy(path)
      .flatMap(({ from, to }) => (given[from]?.from.includes(place) === true ? (given[to]?.from ?? []) : []));
    const uses = this.usesOf(body);
    return places.flatMap((one) => [one, ...(one.startsWith('.') ? (uses.into.get(one) ?? []) : [])]);
  }

  /** Whether a name may be that of a variable: one in capitals is where it is no macro. */
  isVariable(name: string): boolean {
    return /[a-z]/.test(name) || (/^[A-Z]/.test(name) && name !== 'NULL' && !this.constants.isMacro(name));
  }

  /** The positions of the parameters that some places get their value from. */
  parametersBehind(body: Body, places: readonly Place[]): readonly number[] {
    const found = this.behind(body, places);
    return body.parameters.flatMap((name, at) => (found.has(name) ? [at] : []));
  }

  /** The places within a body that some places may have their value from, these included. */
  behind(body: Body, places: readonly Place[]): ReadonlySet<Place> {
    const from = this.originsOf(body);
    const seen = new Set<Place>(places);
    // A set that grows while it is gone through.
    for (const place of seen) {
      for (const one of from.get(place) ?? []) seen.add(one);
      if (seen.size > 200) break;
    }
    return seen;
  }

  /** The places that are assigned to a place. */
  movedTo(body: Body, place: Place): readonly Place[] {
    return this.usesOf(body).movedTo.get(place) ?? [];
  }

  /** The call that gives what is in a place; undefined where none does. */
  giving(body: Body, place: Place): Call | undefined {
    return this.usesOf(body).giving.get(place);
  }

  /** The calls of a body that are given what is in a place. */
  callsWith(body: Body, place: Place): readonly Call[] {
    return this.usesOf(body).calls.get(place) ?? [];
  }

  /** A place and all others of a body that it is assigned to. */
  copies(body: Body, place: Place): ReadonlySet<Place> {
    const seen = new Set<Place>([place]);
    const { moves } = this.usesOf(body);
    for (const one of seen) for (const to of moves.get(one) ?? []) seen.add(to);
    return seen;
  }

  /** The places of a body that point to where strcpy(3) and its like write what is in a place. */
  writtenTo(body: Body, place: Place): readonly Place[] {
    return this.callsWith(body, place).flatMap(({ path, given }) =>
      WRITES.test(path) && given.slice(1).some(({ from }) => from.includes(place))
        ? (given[0]?.from ?? [])
        : [],
    );
  }

  private ends(body: Body, start: Place, depth: number): ReadonlySet<Leaves | number> {
    const known = this.summaries.get(body)?.get(start);
    if (known) return known;
    const ends = new Set<Leaves | number>();
    const kept = this.summaries.get(body) ?? new Map<Place, ReadonlySet<Leaves | number>>();
    this.summaries.set(body, kept.set(start, ends));
    const seen = new Set<Place>([start]);
    const uses = this.usesOf(body);
    for (const place of seen) {
      if (place === RETURNED) ends.add('returned');
      if (place !== start && !place.startsWith('<') && !place.startsWith('.')) {
        const at = body.parameters.indexOf(place);
        if (at >= 0) ends.add(at);
        else if (!body.own.has(place) && this.isVariable(place)) ends.add('shared');
      }
      for (const to of uses.moves.get(place) ?? []) seen.add(to);
      for (const to of uses.parts.get(place) ?? []) {
        // What is put in an object is in whatever that object was taken from.
        if (!to.startsWith('.')) for (const one of this.takenFrom(body, to, depth)) seen.add(one);
      }
      for (const call of uses.calls.get(place) ?? []) {
        const { path, given, result } = call;
        const at = given.findIndex(({ from }) => from.includes(place));
        if (this.constants.returns(path)) seen.add(RETURNED);
        for (const to of this.assigned(body, call, place)) seen.add(to);
        const called = this.called(path, body.file);
        if (called.length === 0 && CARRIES.test(path)) seen.add(result);
        if (depth === 0) continue;
        for (const other of called) {
          const parameter = other.parameters[at];
          if (parameter === undefined || other === body) continue;
          for (const end of this.ends(other, parameter, depth - 1)) {
            if (end === 'returned') seen.add(result);
            else if (end === 'shared') ends.add('shared');
            else if (typeof end === 'number') for (const to of given[end]?.from ?? []) seen.add(to);
          }
        }
      }
    }
    return ends;
  }

  /** The variables that an object was taken from, as a pointer to it or to a part of it; itself as well. */
  private takenFrom(body: Body, object: Place, depth: number): ReadonlySet<Place> {
    const seen = new Set<Place>([object]);
    const uses = this.usesOf(body);
    for (const one of seen) {
      for (const from of uses.into.get(one) ?? []) seen.add(from);
      if (!one.startsWith('<')) continue;
      const call = uses.giving.get(one);
      // An object that is made is no part of what it is made with.
      if (call !== undefined && MAKES.test(call.path)) continue;
      const called = call === undefined ? [] : this.called(call.path, body.file);
      call?.given.forEach(({ from }, at) => {
        const gives = (other: Body): boolean =>
          depth > 0 && this.ends(other, other.parameters[at] ?? '', depth - 1).has('returned');
        // Of a macro nothing is known: as a rule it is a cast.
        if (called.length > 0 ? called.some(gives) : /[A-Z]/.test(call.path))
          from.forEach((place) => seen.add(place));
      });
    }
    return seen;
  }

  /** The functions that a name may mean where it is called in a file. */
  called(name: string, file: string): readonly Body[] {
    if (name === '') return [];
    const key = `${name} ${file}`;
    const known = this.callees.get(key);
    if (known) return known;
    const meant = this.program.definers('c', name).length > 0 ? name : this.constants.meant(name);
    const found = byName(file, this.program.definers('c', meant)).flatMap((one) =>
      this.program.named(one, meant),
    );
    this.callees.set(key, found);
    return found;
  }

  private usesOf(body: Body): Uses {
    const known = this.uses.get(body);
    if (known) return known;
    const { moves, parts, calls } = body;
    const made: Uses = {
      moves: grouped(
        moves,
        ({ from }) => [from],
        ({ to }) => to,
      ),
      parts: grouped(
        parts,
        ({ from }) => [from],
        ({ to }) => to,
      ),
      movedTo: grouped(
        moves,
        ({ to }) => [to],
        ({ from }) => from,
      ),
      // What is put in an object is not what the object was taken from.
      into: grouped(
        [...moves, ...parts.filter(({ to }) => to.startsWith('.'))],
        ({ to }) => [to],
        ({ from }) => from,
      ),
      calls: grouped(
        calls,
        ({ given }) => new Set(given.flatMap(({ from }) => from)),
        (call) => call,
      ),
      giving: new Map(calls.map((call) => [call.result, call])),
    };
    this.uses.set(body, made);
    return made;
  }

  private originsOf(body: Body): ReadonlyMap<Place, readonly Place[]> {
    const known = this.origins.get(body);
    if (known) return known;
    const found = new Map<Place, Place[]>();
    const add = (to: Place, from: readonly Place[]): void => {
      const all = found.get(to);
      if (all === undefined) found.set(to, [...from]);
      else all.push(...from);
    };
    for (const { from, to } of body.moves) add(to, [from]);
    for (const { from, to } of body.parts) add(to, [from]);
    for (const { path, given, result } of body.calls) {
      add(
        result,
        given.flatMap(({ from }) => from),
      );
      for (const { from, to } of this.constants.assignedBy(path))
        for (const one of given[to]?.from ?? []) add(one, given[from]?.from ?? []);
      if (!WRITES.test(path)) continue;
      const others = given.slice(1).flatMap(({ from }) => from);
      for (const to of given[0]?.from ?? []) add(to, others);
    }
    this.origins.set(body, found);
    return found;
  }
}

/** What a body does with each of its places. */
interface Uses {
  /** Where what is in a place is moved. */
  readonly moves: ReadonlyMap<Place, readonly Place[]>;
  /** What is moved to a place. */
  readonly movedTo: ReadonlyMap<Place, readonly Place[]>;
  /** What a place is put into as a part, or what is a part of it. */
  readonly parts: ReadonlyMap<Place, readonly Place[]>;
  /** Where what is in a place comes from. */
  readonly into: ReadonlyMap<Place, readonly Place[]>;
  /** The calls that are given what is in a place. */
  readonly calls: ReadonlyMap<Place, readonly Call[]>;
  /** The call that gives what is in a place. */
  readonly giving: ReadonlyMap<Place, Call>;
}

function grouped<T, V>(
  all: readonly T[],
  keys: (one: T) => Iterable<Place>,
  value: (one: T) => V,
): ReadonlyMap<Place, readonly V[]> {
  const found = new Map<Place, V[]>();
  for (const one of all) {
    for (const key of keys(one)) {
      const known = found.get(key);
      if (known) known.push(value(one));
      else found.set(key, [value(one)]);
    }
  }
  return found;
}
