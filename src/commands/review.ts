import { existsSync, readFileSync } from 'node:fs';
import { assertCarried, assertSettled, findingsOf, locksFor, scan } from '../pipeline.js';
import type { Base, Review } from '../pipeline.js';
import { reviewText } from '../report/review.js';
import type { Shown } from '../report/review.js';
import type { Finding } from '../review/finding.js';
import { heldBy, toldHeld } from '../review/held.js';
import { nearestOf } from '../review/near.js';
import { reviewFrom } from '../review/review-file.js';
import { reviewTemplate } from '../review/template.js';
import { reading } from '../source/reading.js';
import { visible } from '../target/visible.js';
import { replaceFile } from '../write/file.js';
import { subjectOf } from './subject.js';
import type { SourceOptions } from './subject.js';

/** Lines that are shown before and behind a site. */
const AROUND = 3;
/** Lines of a function that evaluate something, at most. */
const EVALUATING = 5;

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
export function reviewAt(path: string | undefined): Review | undefined {
  if (path === undefined) return undefined;
  return {
    path,
    file: reviewFrom(
      reading(path, () => readFileSync(path, 'utf8')),
      path,
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
  const earlier = out !== undefined && existsSync(out) ? reviewAt(out)?.file.sites : review?.file.sites;
  const base = await assertCarried(await scan(await subjectOf(argument, options)));
  const { target, release } = base;
  const findings = findingsOf(base);
  const shown = findings.map((finding) => shownOf(finding, base));
  process.stdout.write(json ? `${JSON.stringify(shown.map(plainOf), null, 2)}\n` : reviewText(shown));
  if (out !== undefined) {
    replaceFile(out, reviewTemplate(target.name, release.version, findings, earlier ?? []));
    process.stderr.write(`${visible(out)}: written; fill in why and by, then: mayexec patch --reviewed\n`);
  }
  assertSettled(base, review);
  const held = heldBy(release.version, locksFor(target, release.version), findings, review?.file.sites ?? []);
  if (!json && findings.length === 0)
    process.stdout.write(`${target.name} ${release.version}: nothing to review; ${toldHeld(held)}\n`);
}

function shownOf(finding: Finding, { tree, target, release }: Base): Shown {
  const { site } = finding;
  if (site === undefined) return { finding, source: [], evaluates: [], near: undefined };
  const text = tree.read(site.file);
  const lines = text.split('\n');
  const numbered = (from: number, to: number): Shown['source'] =>
    lines.slice(from - 1, to).map((line, index) => ({ number: from + index, text: line }));
  const first = Math.max(1, site.line - AROUND);
  const { start, end } = site.spans.owner;
  const from = text.slice(0, start).split('\n').length;
  const language = target.language(site.file);
  const words = (language && target.evaluates[language]) ?? [];
  const evaluates =
    words.length === 0 || site.owner.kind === 'file'
      ? []
      : numbered(from, from + text.slice(start, end).split('\n').length - 1)
          .filter((line) => new RegExp(`\\b(?:${words.join('|')})\\b`).test(line.text))
          .slice(0, EVALUATING);
  const near = nearestOf(site, locksFor(target, release.version));
  return { finding, source: numbered(first, site.line + AROUND), evaluates, near };
}

/** What machines are told of a finding. */
function plainOf({ finding, near }: Shown): object {
  const { kind, level, about, site, rule, body, says } = finding;
  return {
    level,
    kind,
    about,
    ...(site && { file: site.file, line: site.line }),
    ...(rule && { rule: rule.id, verdict: rule.verdict }),
    ...(body !== undefined && { body }),
    says,
    ...(near && { near: { release: near.release, id: near.id } }),
  };
}
