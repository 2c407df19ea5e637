import { driftOf } from '../classify/drift.js';
import { scan } from '../pipeline.js';
import { problem } from '../problems.js';
import { driftText } from '../report/drift.js';
import { subjectOf } from './subject.js';
import type { SourceOptions } from './subject.js';

/**
 * `mayexec drift`: what became of every open from one tree or release to another, decided or not.
 *
 * @throws Problem `usage` when the two are not of one target
 */
export async function driftCommand(
  from: string,
  to: string,
  options: SourceOptions & { readonly json: boolean; readonly all: boolean },
): Promise<void> {
  const [older, newer] = [await subjectOf(from, options), await subjectOf(to, options)];
  if (older.target !== newer.target) {
    const message = `${from} is ${older.target.name}, ${to} is ${newer.target.name}: drift compares trees of one target`;
    throw problem('usage', { message });
  }
  const [before, after] = [await scan(older), await scan(newer)];
  const drift = driftOf(before.ledger, after.ledger);
  // Two trees of one version are told apart by their paths.
  const [old, now] =
    older.version === newer.version
      ? [from, to]
      : [older, newer].map(({ target, version }) => `${target.name} ${version}`);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ from: old, to: now, drift }, null, 2)}\n`
      : driftText(drift, old ?? from, now ?? to, options.all),
  );
}
