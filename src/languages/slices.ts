import type { Syntax } from '../parse/syntax.ts';

/** The parsed stretches of one file, each parsed when it is asked for the first time. */
export class Slices {
  private readonly parsed = new Map<string, Syntax>();

  /** How many there are so far. */
  get count(): number {
    return this.parsed.size;
  }

  /**
   * A stretch.
   *
   * @param key what no other stretch of the file has
   * @param parse makes it
   */
  of(key: string, parse: () => Syntax): Syntax {
    const known = this.parsed.get(key);
    if (known) return known;
    const syntax = parse();
    this.parsed.set(key, syntax);
    return syntax;
  }

  /** Frees them. */
  free(): void {
    for (const syntax of this.parsed.values()) syntax.free();
    this.parsed.clear();
  }
}
