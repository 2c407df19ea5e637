import type { Decision } from '../classify/classify.ts';
import type { Plan, PlannedEdit } from '../edits/plan.ts';
import type { Site, Span } from '../target/contract.ts';
import { movedSpan } from './moved.ts';

/** The sites of a tree, what a series does to it, and the sites of the patched tree. */
export interface Counted {
  readonly decisions: readonly Decision[];
  readonly plan: Plan;
  readonly after: readonly Site[];
}

/**
 * What a series does to sites beyond those that it is to rewrite. Every site of the tree that is not to be rewritten is
 * in the patched tree as it was: the same call, as plain as before. Every other site of the patched tree is in the place
 * of one that is rewritten, or in text that the series puts in. So the counts of both trees agree.
 *
 * @param rewritten ids of the sites that the series is to rewrite
 * @returns what is otherwise, a line each; empty where the counts agree
 */
export function miscounted(sites: Counted, rewritten: ReadonlySet<string>): readonly string[] {
  const { decisions, plan, after } = sites;
  const lines: string[] = [];
  const counted = new Set<Site>();
  const files = new Set([...plan.edits, ...plan.files].map(({ file }) => file));
  for (const file of files) {
    const edits = plan.edits.filter((one) => one.file === file);
    const there = after.filter((one) => one.file === file);
    for (const { site, rule } of decisions) {
      if (site.file !== file) continue;
      const mine = edits.filter((one) => rewritten.has(site.id) && one.site === site.id);
      const image = movedSpan(around(site.spans.callee, mine), edits);
      const found = there.filter(({ spans: { callee } }) => overlap(callee, image));
      for (const one of found) counted.add(one);
      if (rewritten.has(site.id)) continue;
      const same = found.filter(({ callee, state }) => callee === site.callee && state === site.state);
      if (same.length > 0) continue;
      // What goes through another function may be a call of something else: that is judged where it goes.
      if (rule?.through !== undefined && edits.some((edit) => overlap(site.spans.call, edit))) continue;
      const [other] = found;
      lines.push(
        `${file}:${site.line}: ${site.owner.name}: ${site.text}: is not to be rewritten, but ` +
          (other === undefined ? 'is not in the patched tree' : `is ${other.text} in the patched tree`),
      );
    }
    const added = edits.map((one) => ({ ...textSpan(one, edits), file }));
    for (const one of there) {
      if (counted.has(one) || plan.files.some((created) => created.file === file)) continue;
      if (added.some((span) => overlap(one.spans.callee, span))) continue;
      // What was no site before: a word that the series makes one, as a name that it gives an opener.
      lines.push(
        `${file}: ${one.owner.name}: ${one.text}: is a site in the patched tree alone, where nothing was put in`,
      );
    }
  }
  return lines;
}

function around(span: Span, edits: readonly PlannedEdit[]): Span {
  return {
    start: Math.min(span.start, ...edits.map(({ start }) => start)),
    end: Math.max(span.end, ...edits.map(({ end }) => end)),
  };
}

/** Where the text of an edit is in the patched file. */
function textSpan(edit: PlannedEdit, edits: readonly PlannedEdit[]): Span {
  return movedSpan({ start: edit.start, end: edit.end }, edits);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && one.end > other.start;
}
