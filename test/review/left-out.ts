import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { assertCarried, findingsOf, locksFor, scan } from '../../src/scan.ts';
import type { Review } from '../../src/scan.ts';
import { Problem } from '../../src/problems.ts';
import type { Finding } from '../../src/review/finding.ts';
import { REVIEW_SCHEMA } from '../../src/review/review-file.ts';
import { capabilitiesOf } from '../../src/target/capabilities.ts';
import type { PinnedRelease, Release, Target, Tree } from '../../src/target/contract.ts';

/** What becomes of a pinned release whose lock is hidden. */
export interface LeftOut {
  readonly release: string;
  /** The releases that it is held against. */
  readonly against: readonly string[];
  /** How many sites a person would be asked about, by the kind of the finding. */
  readonly review: ReadonlyMap<string, number>;
  /** What no review lets pass. */
  readonly stops: readonly string[];
  /** Whether its series is the one that is committed, once a person has agreed; or why there is none: `same`, `other`, or the code of a problem. */
  readonly series: string;
}

/**
 * Meets a pinned release as one that nobody has seen: its lock is hidden, and it is held against its neighbours. A person
 * who agrees with every rule is imitated, so that the series can be compared.
 *
 * @param tree its source, unpatched
 */
export async function leftOut(target: Target, pinned: PinnedRelease, tree: Tree): Promise<LeftOut> {
  const { locks } = target;
  const others: Target = {
    ...target,
    releases: target.releases.filter((one) => one !== pinned),
    locks: { releases: locks.releases.filter((one) => one !== pinned.version), of: (one) => locks.of(one) },
  };
  const { version, date } = pinned;
  const release: Release = { version, date, capabilities: capabilitiesOf(tree, target) };
  const subject = { tree, target: others, release };
  const findings = findingsOf(await assertCarried(await scan(subject)));
  const asked = findings.filter(({ level }) => level === 'review');
  const review = new Map<string, number>();
  for (const { kind } of asked) review.set(kind, (review.get(kind) ?? 0) + 1);
  return {
    release: `${target.name}@${version}`,
    against: [...new Set(locksFor(others, version).map((one) => one.release))],
    review,
    stops: findings.flatMap(({ level, kind, about }) => (level === 'stop' ? [`${kind} ${about}`] : [])),
    series: await seriesOf(subject, asked),
  };
}

async function seriesOf(
  subject: Parameters<typeof makeSeries>[0],
  asked: readonly Finding[],
): Promise<LeftOut['series']> {
  const { target, release } = subject;
  try {
    const { series } = await makeSeries(subject, { review: agreed(target.name, release.version, asked) });
    const folder = join(packageFolder, 'generated', target.name, release.version, 'patches');
    const same = series.patches.every(({ name, text }) => {
      const file = join(folder, name);
      return existsSync(file) && readFileSync(file, 'latin1') === text;
    });
    const names = readFileSync(join(folder, 'series'), 'latin1').trimEnd().split('\n');
    return same && names.length === series.patches.length ? 'same' : 'other';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** The review of a person who agrees with every rule, and takes what none decides for data. */
function agreed(target: string, release: string, asked: readonly Finding[]): Review {
  const words = { why: 'agreed, to see what comes of it', by: 'a test' };
  const sites = asked.map(({ about, rule, body }) => ({
    site: about,
    verdict: rule?.verdict ?? ('exempt' as const),
    ...words,
    ...(body !== undefined && { body }),
  }));
  return { path: 'agreed', file: { schema: REVIEW_SCHEMA, target, release, sites } };
}

/** A row of the table. */
export function rowOf({ release, against, review, stops, series }: LeftOut): string {
  const count = [...review.values()].reduce((sum, one) => sum + one, 0);
  const kinds = [...review].map(([kind, number]) => `${kind} ${number}`).join(', ');
  const asked = count === 0 ? '0' : `${count} (${kinds})`;
  return `| ${release} | ${against.join(', ')} | ${asked} | ${stops.join(', ') || '-'} | ${series} |`;
}

/** The head of the table. */
export const HEAD =
  '| left out | held against | to review | stopped by | series in the end |\n|---|---|---|---|---|';
