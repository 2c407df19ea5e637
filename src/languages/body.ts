/**
 * Where a value is, within a body: a variable by its name, `.name` for a field of that name, `<offset>`
 * for what the call that ends at that offset of the file gives, and {@link RETURNED}.
 */
export type Place = string;

/** What a body gives to those who call it. */
export const RETURNED: Place = '<return>';

/** One place gets what was in another one; `at` is an offset in the file, in bytes. */
export interface Move {
  readonly from: Place;
  readonly to: Place;
  readonly at: number;
}

/** A call within a body. */
export interface Call {
  /** An offset in the file, in bytes. */
  readonly at: number;
  /** What is called as it is written, for instance `self.load` or `read`; empty where it is no name. */
  readonly path: string;
  /** What a method is called on. */
  readonly receiver: readonly Place[];
  /** The places that each argument comes from, with the parameter that it names. */
  readonly given: readonly { readonly name?: string; readonly from: readonly Place[] }[];
  /** Where what it gives is. */
  readonly result: Place;
}

/** A function, or what is outside of functions, as far as it tells where values go. */
export interface Body {
  readonly file: string;
  /** Its own name, without that of a class; `-` outside of functions. */
  readonly name: string;
  /** The class around it. */
  readonly within?: string;
  /** Offsets in the file, in bytes. */
  readonly start: number;
  readonly end: number;
  /** In order; of a method the first is the object. `*` at the end takes all that are left. */
  readonly parameters: readonly Place[];
  /** Its own variables, which hide those of the file. */
  readonly own: ReadonlySet<Place>;
  readonly moves: readonly Move[];
  /**
   * How parts hang together with what they are parts of, where a language tells it: what is put in a part goes to the
   * object, and an object to each part that is taken of it. Moves are of parts alone.
   */
  readonly parts: readonly Move[];
  readonly calls: readonly Call[];
}

/** Collects what a body does. */
export class BodyMaker {
  private readonly moves: Move[] = [];
  private readonly parts: Move[] = [];
  private readonly calls: Call[] = [];

  /** Says that a value goes from each of some places to each of others. */
  move(from: readonly Place[], to: readonly Place[], at: number): void {
    for (const source of from) {
      for (const target of to) if (source !== target) this.moves.push({ from: source, to: target, at });
    }
  }

  /** Says that something is put in a part of an object, or that a part is taken of it. */
  part(from: readonly Place[], to: Place, at: number): void {
    for (const source of from) if (source !== to) this.parts.push({ from: source, to, at });
  }

  /** Adds a call. */
  call(call: Call): void {
    this.calls.push(call);
  }

  /** The body that was collected; unless said otherwise what it writes to is its own, and what it is given. */
  made(about: Omit<Body, 'moves' | 'parts' | 'calls' | 'own'> & Partial<Pick<Body, 'own'>>): Body {
    const own = new Set([...about.parameters, ...this.moves.map(({ to }) => to)]);
    return { own, ...about, moves: this.moves, parts: this.parts, calls: this.calls };
  }
}
