import type { Decision } from '../classify/classify.ts';
import { placeOf } from '../classify/classify.ts';
import { problem } from '../problems.ts';
import type { Rule } from '../target/contract.ts';
import { visible } from '../target/visible.ts';
import { consequence } from './consequence.ts';
import type { Finding } from './finding.ts';
import type { Reviewed, ReviewFile } from './review-file.ts';

/** The id of the rule that means a person's word. */
export const REVIEWED = 'reviewed';

/**
 * Fails where something about a tree is left to be decided.
 *
 * @param name of the release, `name@version`
 * @param review what a person decided, and the path of the file that says so
 * @throws Problem `stopped`, `unreviewed`, `to-review`, `review-file`
 */
export function settle(
  findings: readonly Finding[],
  decisions: readonly Decision[],
  name: string,
  review?: { readonly path: string; readonly file: ReviewFile },
): void {
  if (review !== undefined) {
    const { path, file } = review;
    const said = `${file.target}@${file.release}`;
    if (said !== name)
      throw problem('review-file', { path, message: `is about ${visible(said)}, not ${name}` });
  }
  const words = new Map((review?.file.sites ?? []).map((one) => [one.site, one]));
  const marked = new Set(decisions.flatMap(({ site, rule }) => (rule?.verdict === 'mark' ? [site.id] : [])));
  const wrong = (word: Reviewed, message: string): Error =>
    problem('review-file', { path: review?.path ?? '', message: `${visible(word.site)}: ${message}` });
  const stopped: Finding[] = [];
  const left: Finding[] = [];
  for (const finding of findings) {
    if (finding.level === 'note') continue;
    const word = words.get(finding.about);
    if (word === undefined) (finding.level === 'stop' ? stopped : left).push(finding);
    else {
      words.delete(finding.about);
      const message = misfit(word, finding, marked);
      if (message !== undefined) throw wrong(word, message);
    }
  }
  const [unused] = words.values();
  if (unused !== undefined) throw wrong(unused, 'needs no decision in this tree');
  if (stopped.length > 0) {
    throw problem('stopped', { release: name, count: stopped.length, list: listOf(stopped) });
  }
  const { code, count } = consequence(left, []);
  if (code !== undefined) throw problem(code, { release: name, count, list: listOf(left) });
}

/** Decisions with those of a person among them. */
export function withReview(decisions: readonly Decision[], { sites }: ReviewFile): readonly Decision[] {
  const said = new Map(sites.map((one) => [one.site, one]));
  return decisions.map((decision): Decision => {
    const word = said.get(decision.site.id);
    return word === undefined ? decision : { site: decision.site, rule: ruleOf(word, decision.rule) };
  });
}

/** Why what a person says does not fit what is seen; undefined where it does. */
function misfit(word: Reviewed, finding: Finding, marked: ReadonlySet<string>): string | undefined {
  if (finding.kind === 'lost-mark') {
    if (word.verdict !== 'gone')
      return 'the call is gone: set its verdict to gone, and name another site as its replacement';
    if (word.replacement === undefined || !marked.has(word.replacement))
      return 'its replacement is not a marked site of this tree';
    return undefined;
  }
  if (finding.level === 'stop') return 'a review cannot settle this';
  if (word.body !== finding.body) return 'its function has changed since the review';
  if (finding.rule === undefined) {
    return word.verdict === 'exempt' || word.verdict === 'policy'
      ? undefined
      : 'a review cannot mark a site: write a rule and an edit, which rewrite it';
  }
  return word.verdict === finding.rule.verdict
    ? undefined
    : `rule ${finding.rule.id} says ${finding.rule.verdict}: agree with it, or correct the rule`;
}

function ruleOf({ verdict, why, by }: Reviewed, rule: Rule | undefined): Rule | undefined {
  const words = `reviewed by ${by}: ${why}`;
  if (rule !== undefined) return { ...rule, why: `${rule.why}; ${words}` };
  if (verdict !== 'exempt' && verdict !== 'policy') return undefined;
  return {
    id: REVIEWED,
    places: [],
    verdict,
    ...(verdict === 'policy' && { default: 'exempt' as const }),
    roles: ['data'],
    why: words,
  };
}

function listOf(findings: readonly Finding[]): string {
  return findings
    .map(({ kind, about, site, says }) => `  ${kind}: ${site ? placeOf(site) : visible(about)}: ${says}`)
    .join('\n');
}
