import type { Language, Opener } from '../target/contract.ts';

/** A place where the token of an opener occurs, whatever it turns out to be. */
export interface Hit {
  readonly file: string;
  /** Byte offsets of the token. */
  readonly start: number;
  readonly end: number;
  readonly opener: Opener;
}

/**
 * Finds every place of an opener's token in a file, by a scan of its bytes.
 *
 * Where two openers claim bytes in common, the one that begins first has them; of two that begin at the same
 * byte, the first in the target's list.
 *
 * @param file its name, by which openers are chosen
 * @param text its bytes as latin1
 */
export function hitsIn(file: string, language: Language, text: string, openers: Scanner): readonly Hit[] {
  const found: Hit[] = [];
  for (const { pattern, group } of openers.for(file, language)) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const opener = group.find((_one, index) => match[index + 1] !== undefined);
      if (opener === undefined || match[0] === '')
        throw new Error(`the token of an opener matches nothing: ${pattern.source}`);
      found.push({ file, start: match.index, end: match.index + match[0].length, opener });
    }
  }
  found.sort((a, b) => a.start - b.start || openers.rank(a.opener) - openers.rank(b.opener));
  let end = 0;
  return found.filter((hit) => {
    if (hit.start < end) return false;
    end = hit.end;
    return true;
  });
}

interface Scan {
  readonly pattern: RegExp;
  /** The opener of each capturing group. */
  readonly group: readonly Opener[];
}

/** The tokens of a target's openers, joined to one expression a kind of file, since every byte of a tree is scanned. */
export class Scanner {
  private readonly made = new Map<string, readonly Scan[]>();
  private readonly openers: readonly Opener[];

  constructor(openers: readonly Opener[]) {
    this.openers = openers;
    // Tokens are joined, and a joined expression has one set of flags.
    const flagged = openers.find((one) => one.token.flags !== '');
    if (flagged) throw new Error(`the token ${String(flagged.token)} of an opener has flags`);
  }

  /** The place of an opener in the target's list. */
  rank(opener: Opener): number {
    return this.openers.indexOf(opener);
  }

  /** The expressions to run over a file. */
  for(file: string, language: Language): readonly Scan[] {
    const mine = this.openers.filter((one) => one.lang === language && one.files.test(file));
    const key = mine.map((one) => this.openers.indexOf(one)).join(',');
    const known = this.made.get(key);
    if (known) return known;
    const names = mine.filter((one) => one.as === 'callee');
    const texts = mine.filter((one) => one.as !== 'callee');
    const join = (group: readonly Opener[], around: string): Scan[] =>
      group.length === 0
        ? []
        : [
            {
              // One boundary before all of them: measured twice as fast as one before each.
              pattern: new RegExp(
                `${around}(?:${group.map((one) => `(${noGroups(one.token.source)})`).join('|')})${around}`,
                'g',
              ),
              group,
            },
          ];
    const scans = [...join(texts, ''), ...join(names, '\\b')];
    this.made.set(key, scans);
    return scans;
  }
}

/** An expression whose groups capture nothing; what is escaped or in brackets is no group. */
function noGroups(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?<(?![=!])[^>]*>|(?!\?))/g, (found) =>
    found.startsWith('(') ? '(?:' : found,
  );
}
