import { driftOf } from '../classify/drift.ts';
import { assertCarried, failingAnchors, findingsOf, lockOfBase, scan } from '../scan.ts';
import { problem } from '../problems.ts';
import { driftText } from '../report/drift.ts';
import { consequence } from '../review/consequence.ts';
import { plainOf, shownOf } from './shown.ts';
import { subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';

/**
 * `mayexec drift`: what became of every open from one tree or release to another, decided or not, and what it means for
 * the series: the newer one is held against the older one alone. Worst first.
 *
 * @throws Problem `usage` when the two are not of one target; after all is shown, `stopped`, `unreviewed` or `to-review`
 */
export async function driftCommand(
  from: string,
  to: string,
  options: SourceOptions & { readonly json: boolean; readonly all: boolean },
): Promise<void> {
  const [older, newer] = [await subjectOf(from, options), await subjectOf(to, options)];
  if (older.target !== newer.target) {
    const message = `${from} is ${older.target.name}, ${to} is ${newer.target.name}: drift compares two trees of one target`;
    throw problem('usage', { message });
  }
  const [before, after] = [await scan(older), await scan(newer)];
  const [base, now] = [await assertCarried(before), await assertCarried(after)];
  const lock = lockOfBase(base);
  const shown = findingsOf(now, [lock]).map((finding) => shownOf(finding, now, [lock]));
  const anchors = failingAnchors(now).map(({ message }) => message);
  const told = consequence(
    shown.map(({ finding }) => finding),
    anchors,
  );
  const drift = driftOf(before.ledger, after.ledger);
  // Two trees of one version are told apart by their paths.
  const [old, young] =
    older.version === newer.version
      ? [from, to]
      : [older, newer].map(({ target, version }) => `${target.name} ${version}`);
  const names = { from: old ?? from, to: young ?? to };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...names, verdict: told.says, findings: shown.map(plainOf), anchors, drift }, null, 2)}\n`
      : driftText(
          { ...names, drift, shown, anchors, verdict: `compared with ${names.from} only: ${told.says}` },
          options.all,
        ),
  );
  if (told.code !== undefined)
    throw problem(told.code, {
      release: names.to,
      count: told.count,
      list: `  compared with ${names.from} only: ${told.says}`,
    });
}
