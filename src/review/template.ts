import type { Finding } from './finding.ts';
import { REVIEW_SCHEMA } from './review-file.ts';
import type { Reviewed } from './review-file.ts';

/** What a person has to fill in. */
const TO_FILL = '';

/**
 * The text of a review file in which a person decides what is left: what is not said yet is empty, and does not pass.
 *
 * @param findings what is left to be decided
 * @param said what an earlier file says, and still fits
 */
export function reviewTemplate(
  target: string,
  release: string,
  findings: readonly Finding[],
  said: readonly Reviewed[],
): string {
  const words = new Map(said.map((one) => [one.site, one]));
  const sites = findings.flatMap((finding): readonly Reviewed[] => {
    if (finding.level === 'note' || (finding.level === 'stop' && finding.kind !== 'lost-mark')) return [];
    const { about, rule, body } = finding;
    const known = words.get(about);
    if (known !== undefined && known.body === body) return [known];
    if (finding.kind === 'lost-mark') {
      return [{ site: about, verdict: 'gone', replacement: TO_FILL, why: TO_FILL, by: TO_FILL }];
    }
    const verdict = rule?.verdict ?? 'exempt';
    return [{ site: about, verdict, why: TO_FILL, by: TO_FILL, ...(body !== undefined && { body }) }];
  });
  return `${JSON.stringify({ schema: REVIEW_SCHEMA, target, release, sites }, null, 2)}\n`;
}
