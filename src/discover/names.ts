import { SHARED, SHARING } from '../evidence/follow.ts';
import type { Program } from '../evidence/program.ts';
import type { Body, Place } from '../languages/body.ts';
import type { Span } from '../target/contract.ts';
import type { Constants } from './constants.ts';
import type { Flows } from './flows.ts';
import { argumentsOf, callAt } from './openers.ts';
import type { Open } from './openers.ts';

/** What is known of the name of a file that a call opens. */
export interface Named {
  /** Paths that are written out: in the call, or where a caller writes them. */
  readonly literals: readonly string[];
  /** Variables of the environment that the name may come from. */
  readonly environment: readonly string[];
  /** Whether an argument of the program may be the name. */
  readonly argument: boolean;
  /** Names of variables, parameters and macros on the way. */
  readonly words: readonly string[];
  /** What the call itself is given as the name. */
  readonly given: string;
}

/** How often the name of a file is followed to those who call. */
const UP = 2;
/** Functions that are called from more places than this are not followed. */
const CALLERS = 12;

/** Follows the names of files to where they come from. */
export class Namer {
  private readonly program: Program;
  private readonly flows: Flows;
  private readonly constants: Constants;

  constructor(program: Program, flows: Flows, constants: Constants) {
    this.program = program;
    this.flows = flows;
    this.constants = constants;
  }

  /** Where the name of the file that a call opens comes from. */
  of({ site, opening }: Open): Named {
    const { file, spans } = site;
    const text = this.program.text(file);
    const written = argumentsOf(text, spans.call);
    const paths = opening.paths ?? written.map((_one, at) => at);
    const given = paths.map((at) => written[at] ?? '').join(' ');
    const found = {
      literals: new Set<string>(),
      environment: new Set<string>(),
      words: new Set<string>(),
      argument: false,
    };
    this.said(given, found);
    const body = site.owner.kind === 'function' ? this.program.at(file, spans.callee.start) : undefined;
    const call = body && callAt(body, site);
    if (body !== undefined && call !== undefined) {
      const places = paths.flatMap((at) => call.given[at]?.from ?? []);
      this.look(body, places, 0, found, new Set());
    }
    return {
      literals: [...found.literals],
      environment: [...found.environment],
      argument: found.argument,
      words: [...found.words],
      given,
    };
  }

  private look(body: Body, places: readonly Place[], up: number, found: Finding, seen: Set<string>): void {
    const text = this.program.text(body.file);
    const behind = this.flows.behind(body, places);
    for (const { to, at } of body.moves) {
      if (!behind.has(to) || to.startsWith('<')) continue;
      const end = text.indexOf(';', at);
      this.said(text.slice(at, Math.min(end < 0 ? at : end, at + 400)), found);
    }
    for (const { at, result } of body.calls) {
      if (behind.has(result))
        this.said(text.slice(at, Math.min(Number(result.slice(1, -1)), at + 400)), found);
    }
    for (const place of behind) {
      if (place.startsWith('<')) continue;
      const name = place.replace(/^\./, '');
      if (/^(?:argv|optarg|av)$/.test(name)) found.argument = true;
      found.words.add(name);
    }
    if (up >= UP) return;
    this.lookShared(body, behind, up, found, seen);
    const taken = body.parameters.flatMap((name, at) => (behind.has(name) ? [at] : []));
    if (taken.length === 0) return;
    const callers = this.program
      .callers('c', body.name)
      .flatMap((file) =>
        this.program.definers('c', body.name).includes(file) && file !== body.file ? [] : [file],
      )
      .slice(0, CALLERS)
      .flatMap((file) => this.program.holding(file, body.name, 'called'))
      .filter((one) => one !== body);
    if (callers.length > CALLERS) return;
    for (const caller of callers) {
      const key = `${body.start} ${caller.file} ${caller.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const other = this.program.text(caller.file);
      for (const { path, at, result, given } of caller.calls) {
        if (path !== body.name) continue;
        const written = argumentsOf(other, spanOf(at, result));
        this.said(taken.map((one) => written[one] ?? '').join(' '), found);
        this.look(
          caller,
          taken.slice(0, 1).flatMap((one) => given[one]?.from ?? []),
          up + 1,
          found,
          seen,
        );
      }
    }
  }

  /** Goes on in the other functions that write to a variable which is not of the function alone. */
  private lookShared(
    body: Body,
    behind: ReadonlySet<Place>,
    up: number,
    found: Finding,
    seen: Set<string>,
  ): void {
    for (const place of behind) {
      if (!SHARED.test(place) || body.own.has(place)) continue;
      for (const other of this.program.sharing('c', place, body.file, SHARING)) {
        const key = `${place} ${other.file} ${other.start}`;
        if (other === body || seen.has(key)) continue;
        seen.add(key);
        const from = other.moves.flatMap((one) => (one.to === place ? [one.from] : []));
        if (from.length > 0) this.look(other, from, up + 1, found, seen);
      }
    }
  }

  /** What the text of an expression says. */
  private said(text: string, found: Finding): void {
    for (const [, variable = ''] of text.matchAll(/getenv\s*\(\s*"(\w+)"/g)) found.environment.add(variable);
    const plain = text.replace(/\b\w*getenv\s*\([^)]*\)/g, '');
    for (const [, literal = ''] of plain.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) this.path(literal, found);
    for (const [name] of plain.matchAll(/\b[A-Z_][A-Z0-9_]{2,}\b/g)) {
      const value = this.constants.value(name);
      const path = value === undefined ? undefined : /"([^"\n]+)"/.exec(value)?.[1];
      if (path !== undefined) this.path(path, found);
      if (name !== 'NULL') found.words.add(name);
    }
  }

  private path(literal: string, found: Finding): void {
    if (/^[\w./~%-]+$/.test(literal) && !/^%?[a-z]$|^[rwa][bt+e]*$/.test(literal))
      found.literals.add(literal);
  }
}

interface Finding {
  readonly literals: Set<string>;
  readonly environment: Set<string>;
  readonly words: Set<string>;
  argument: boolean;
}

function spanOf(at: number, result: Place): Span {
  return { start: at, end: Number(result.slice(1, -1)) };
}
