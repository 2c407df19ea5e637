import type { Program } from '../evidence/program.ts';
import { RETURNED } from '../languages/body.ts';
import type { Body, Place } from '../languages/body.ts';
import type { Constants } from './constants.ts';
import type { Flows } from './flows.ts';

/** How many calls deep is looked for what a function writes into memory, and for whose memory one gives. */
const DEPTH = 3;

/** The variables of a tree that functions share, by the positions of the parameters that a function puts in their memory. */
type Puts = ReadonlyMap<number, ReadonlySet<Place>>;

/**
 * Values that go from one function to another through memory that both of them know: the one writes its argument to where
 * a variable of the file points, or into an array, and the other one reads it there. Nothing of it is seen in a call.
 */
export class Memory {
  private readonly program: Program;
  private readonly constants: Constants;
  private readonly flows: Flows;
  private readonly given = new Map<Body, ReadonlySet<Place>>();
  /** What {@link isText} said of names. */
  private readonly texts = new Map<Place, boolean>();
  private readonly puts = new Map<Body, Puts>();

  constructor(program: Program, constants: Constants, flows: Flows) {
    this.program = program;
    this.constants = constants;
    this.flows = flows;
  }

  /**
   * The positions of the parameters of a body that some places may have their value from, where it went through memory.
   *
   * @param places as those of {@link Body}
   */
  parametersBehind(body: Body, places: readonly Place[]): readonly number[] {
    if (body.parameters.length === 0) return [];
    const variables = this.pointedAt(body, places, DEPTH);
    if (variables.size === 0) return [];
    const found = new Set<number>();
    const behind = this.flows.behind(body, places);
    for (const { path, given, result } of body.calls) {
      // What the name itself is made by is given all that it needs.
      if (behind.has(result)) continue;
      given.forEach(({ from }, at) => {
        if (from.length === 0) return;
        const put = this.flows
          .called(path, body.file)
          .some((other) => [...(this.putsOf(other, DEPTH).get(at) ?? [])].some((one) => variables.has(one)));
        if (put) for (const one of this.flows.parametersBehind(body, from)) found.add(one);
      });
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The shared variables whose memory some places of a body are in, or point at. */
  private pointedAt(body: Body, places: readonly Place[], depth: number): ReadonlySet<Place> {
    const found = new Set<Place>();
    const seen = new Set<Place>(places);
    // A set that grows while it is gone through.
    for (const place of seen) {
      if (this.isShared(body, place)) found.add(place);
      for (const from of this.flows.movedTo(body, place)) seen.add(from);
      const call = this.flows.giving(body, place);
      if (call === undefined || depth === 0) continue;
      for (const one of this.givenBy(call.path, body.file, depth - 1)) found.add(one);
    }
    return found;
  }

  /** The shared variables whose memory a function, or a macro, gives. */
  private givenBy(name: string, file: string, depth: number): Iterable<Place> {
    const variable = this.constants.variableOf(name);
    if (variable !== undefined) return this.isText(variable) ? [variable] : [];
    return this.flows.called(name, file).flatMap((body) => {
      const known = this.given.get(body);
      if (known) return [...known];
      // A function that calls itself gives nothing new.
      this.given.set(body, new Set());
      const found = this.pointedAt(body, [RETURNED], depth);
      this.given.set(body, found);
      return [...found];
    });
  }

  /** What a function puts in memory of shared variables, be it through others. */
  private putsOf(body: Body, depth: number): Puts {
    const known = this.puts.get(body);
    if (known) return known;
    const found = new Map<number, Set<Place>>();
    this.puts.set(body, found);
    body.parameters.forEach((name, at) => {
      const variables = this.written(body, name, depth);
      if (variables.size > 0) found.set(at, variables);
    });
    return found;
  }

  /** The shared variables in whose memory a body writes what is in one of its places. */
  private written(body: Body, start: Place, depth: number): Set<Place> {
    const found = new Set<Place>();
    for (const place of this.flows.copies(body, start)) {
      for (const to of this.flows.writtenTo(body, place))
        for (const one of this.pointedAt(body, [to], depth)) found.add(one);
      if (depth === 0) continue;
      for (const { path, given } of this.flows.callsWith(body, place)) {
        const at = given.findIndex(({ from }) => from.includes(place));
        for (const other of this.flows.called(path, body.file))
          if (other !== body) for (const one of this.putsOf(other, depth - 1).get(at) ?? []) found.add(one);
      }
    }
    return found;
  }

  private isShared(body: Body, place: Place): boolean {
    if (place.startsWith('<') || place.startsWith('.') || body.own.has(place)) return false;
    return this.isText(place);
  }

  /** Whether a name is that of a variable which points to text that may be written. */
  private isText(place: Place): boolean {
    const known = this.texts.get(place);
    if (known !== undefined) return known;
    // What is declared constant nobody writes to, and what is no text is no name of a file.
    const declared = new RegExp(`(?<!\\bconst\\s+)\\b(?:char|void)\\s*\\*?\\s*${place}\\b\\s*[[;=,]`);
    const found =
      this.flows.isVariable(place) &&
      this.program.definers('c', place).length === 0 &&
      this.program.holders('c', place).some((file) => declared.test(this.program.text(file)));
    this.texts.set(place, found);
    return found;
  }
}
