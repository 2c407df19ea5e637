import { assertCarried, assertSettled, scan } from '../scan.ts';
import { assertAnswered, doubtsIn, doubtsText } from '../evidence/answers.ts';
import { keptEvidence } from './kept-evidence.ts';
import { openCache } from '../source/cache.ts';
import { assertClosed } from '../sites/closure.ts';
import { scanText } from '../report/scan.ts';
import { visible } from '../target/visible.ts';
import { absences } from './notes.ts';
import { subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';

/**
 * `mayexec scan`: prints every open of a tree with its verdict, and fails where something is undecided, or patches are there
 * otherwise than this kit writes them; with `evidence` also where what evaluates something gets what a site opens that is
 * said to be no code.
 */
export async function scanCommand(
  argument: string,
  options: SourceOptions & { readonly json: boolean; readonly all: boolean; readonly evidence: boolean },
): Promise<void> {
  const subject = await subjectOf(argument, options);
  const scanned = await scan(subject);
  const { ends, census, target, release } = scanned;
  if (ends.count() * 2 > census.files)
    process.stderr.write(
      `${visible(subject.path)}: the lines of ${ends.count()} files end with CR LF: read as if it were LF\n`,
    );
  // The ledger is shown first: it is what tells why the checks below fail.
  const evidence = options.evidence
    ? await keptEvidence(census, ends.tree, target, openCache(options.cache).folder)
    : undefined;
  const found = evidence && { evidence: Object.fromEntries(evidence) };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...scanned.ledger, ...found }, null, 2)}\n`
      : scanText(scanned.ledger, options.all),
  );
  const base = await assertCarried(scanned);
  await assertClosed(census, ends.tree, target, release);
  const label = visible(`${target.name} ${release.version}`);
  if (evidence !== undefined) {
    const doubts = doubtsIn(scanned.decisions, evidence, target.answers ?? []);
    if (!options.json) process.stdout.write(doubtsText(doubts, evidence));
    assertAnswered(doubts, `${target.name}@${release.version}`, target.name);
  }
  for (const line of absences(label, assertSettled(base))) process.stderr.write(`${line}\n`);
}
