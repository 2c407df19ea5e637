import type { Base } from '../scan.ts';
import type { Shown } from '../report/review.ts';
import type { Finding } from '../review/finding.ts';
import { nearestOf } from '../review/near.ts';
import type { Lock } from '../target/lock.ts';

/** Lines that are shown before and behind a site. */
const AROUND = 3;
/** Lines of a function that evaluate something, at most. */
const EVALUATING = 5;

/** A finding with the code around its site, and the site of a known release that is most like it. */
export function shownOf(finding: Finding, { tree, target }: Base, locks: readonly Lock[]): Shown {
  const { site } = finding;
  if (site === undefined) return { finding, source: [], evaluates: [], near: undefined };
  const text = tree.read(site.file);
  const lines = text.split('\n');
  const numbered = (from: number, to: number): Shown['source'] =>
    lines.slice(from - 1, to).map((line, index) => ({ number: from + index, text: line }));
  const { start, end } = site.spans.owner;
  const from = text.slice(0, start).split('\n').length;
  const until = from + text.slice(start, end).split('\n').length - 1;
  const language = target.language(site.file);
  const words = (language === undefined ? undefined : target.evaluates[language]) ?? [];
  const evaluates =
    words.length === 0 || site.owner.kind === 'file'
      ? []
      : numbered(from, until)
          .filter((line) => new RegExp(`\\b(?:${words.join('|')})\\b`).test(line.text))
          .slice(0, EVALUATING);
  const source = numbered(Math.max(1, site.line - AROUND), site.line + AROUND);
  return { finding, source, evaluates, near: nearestOf(site, locks) };
}

/** What machines are told of a finding. */
export function plainOf({ finding, near }: Shown): object {
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
