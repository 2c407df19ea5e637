import type { Finding } from './finding.ts';

/** What findings mean for a series, in a sentence, and the problem that they are. */
export interface Consequence {
  readonly code: 'stopped' | 'unreviewed' | 'to-review' | undefined;
  readonly count: number;
  readonly says: string;
}

/**
 * What becomes of the series of a tree.
 *
 * @param anchors edits that do not find their text
 */
export function consequence(findings: readonly Finding[], anchors: readonly string[]): Consequence {
  const stops = findings.filter(({ level }) => level === 'stop').length;
  const reviews = findings.filter(({ level }) => level === 'review');
  const undecided = reviews.filter(({ kind }) => kind === 'undecided').length;
  const parts = [
    ...(stops > 0 ? [`${stops} that a review cannot settle`] : []),
    ...(anchors.length > 0 ? [`${anchors.length} edits whose text is missing`] : []),
    ...(reviews.length > 0
      ? [`${reviews.length} for a person to decide (no rule decides ${undecided} of them)`]
      : []),
  ];
  const count = stops + anchors.length + reviews.length;
  const says = count === 0 ? 'nothing to review' : parts.join('; ');
  if (stops + anchors.length > 0) return { code: 'stopped', count, says };
  if (reviews.length === 0) return { code: undefined, count, says };
  return { code: undecided === reviews.length ? 'unreviewed' : 'to-review', count, says };
}
