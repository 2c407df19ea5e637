import { createHash } from 'node:crypto';
import type { Site, Target } from '../target/contract.ts';

/** What a site's owner is made of, and whether that evaluates anything. */
export interface Body {
  /** The first 12 hexadecimal digits of the SHA-256 of its text, white space folded. */
  readonly hash: string;
  /** Whether one of the target's words for evaluating is in it. */
  readonly evaluates: boolean;
}

/**
 * The body of a site's owner. Outside of functions it is the statement that holds the site.
 *
 * @param text of the site's file (latin1)
 * @param words of the target, for the language of the file
 */
export function bodyOf(site: Site, text: string, words: readonly string[]): Body {
  const { start, end } = site.owner.kind === 'file' ? site.spans.statement : site.spans.owner;
  const body = text.slice(start, end).replace(/\s+/g, ' ');
  return {
    hash: createHash('sha256').update(body, 'latin1').digest('hex').slice(0, 12),
    evaluates: words.length > 0 && new RegExp(`\\b(?:${words.join('|')})\\b`).test(body),
  };
}

/** Bodies of the sites of a tree: see {@link bodyOf}. */
export function bodiesIn(target: Target, read: (file: string) => string): (site: Site) => Body {
  return (site) => {
    const language = target.language(site.file);
    return bodyOf(
      site,
      read(site.file),
      (language === undefined ? undefined : target.evaluates[language]) ?? [],
    );
  };
}
