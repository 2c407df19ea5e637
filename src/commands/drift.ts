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
  options: SourceOptions & { readonly json: boolean },
): Promise<void> {
  const [older, newer] = [await subjectOf(from, options), await subjectOf(to, options)];
  if (older.target !== newer.target) {
    const message = `${from} is ${older.target.name}, ${to} is ${newer.target.name}: drift compares trees of one target`;
    throw problem('usage', { message });
  }
  const [before, after] = [await scan(older), await scan(newer)];
  const drift = driftOf(before.ledger, after.ledger);
  const name = (version: string): string => `${older.target.name} ${version}`;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ from: name(older.version), to: name(newer.version), drift }, null, 2)}\n`
      : driftText(drift, name(older.version), name(newer.version)),
  );
}
