import { existsSync, readFileSync } from 'node:fs';
import { assertCarried, assertSettled, findingsOf, locksFor, scan } from '../scan.ts';
import type { Review } from '../scan.ts';
import { reviewText } from '../report/review.ts';
import { toldHeld } from '../review/held.ts';
import { reviewFrom } from '../review/review-file.ts';
import { reviewTemplate } from '../review/template.ts';
import { reading } from '../source/reading.ts';
import { visible } from '../target/visible.ts';
import { replaceFile } from '../write/file.ts';
import { plainOf, shownOf } from './shown.ts';
import { subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';

/** Options of `mayexec review`. */
export interface ReviewOptions extends SourceOptions {
  readonly out?: string | undefined;
  readonly reviewed?: string | undefined;
  readonly json: boolean;
}

/**
 * Reads the file of `--reviewed`.
 *
 * @throws Problem `review-file`; `bad-path` where it cannot be read
 */
export function reviewAt(path: string | undefined, state: 'filled' | 'begun' = 'filled'): Review | undefined {
  if (path === undefined) return undefined;
  return {
    path,
    file: reviewFrom(
      reading(path, () => readFileSync(path, 'utf8')),
      path,
      state,
    ),
  };
}

/**
 * `mayexec review`: shows what no known release answers for, worst first, and writes the file to decide it in. It ends as
 * `patch` would.
 *
 * @throws Problem `unreviewed`, `to-review`, `stopped`, `review-file`
 */
export async function reviewCommand(argument: string, options: ReviewOptions): Promise<void> {
  const { out, json } = options;
  const review = reviewAt(options.reviewed);
  const earlier = out !== undefined && existsSync(out) ? reviewAt(out, 'begun') : review;
  const base = await assertCarried(await scan(await subjectOf(argument, options)));
  const { target, release } = base;
  const findings = findingsOf(base);
  const shown = findings.map((finding) => shownOf(finding, base, locksFor(target, release.version)));
  process.stdout.write(json ? `${JSON.stringify(shown.map(plainOf), null, 2)}\n` : reviewText(shown));
  if (out !== undefined) {
    replaceFile(out, reviewTemplate(target.name, release.version, findings, earlier?.file.sites ?? []));
    const next = findings.some(({ level }) => level !== 'note')
      ? 'fill in why and by, then: mayexec patch --reviewed'
      : 'nothing needs a decision';
    process.stderr.write(`${visible(out)}: written; ${next}\n`);
  }
  const held = assertSettled(base, review);
  if (!json && findings.length === 0)
    process.stdout.write(`${target.name} ${release.version}: nothing to review; ${toldHeld(held)}\n`);
}
