import { tmpdir } from 'node:os';
import { Problem, problem } from '../problems.ts';
import type { Fixture } from './bed.ts';
import { localBed } from './local.ts';
import type { Harness, Kind, Means } from './local.ts';
import { checkRunsThere, TEMPORARY_CHOICE } from './runs-there.ts';
import { sweep } from '../source/partial.ts';
import type { Tools } from './tools.ts';

/** What this machine gives, and why it gives no more. */
export interface Found extends Means {
  /** Why there are no namespaces; undefined where there are. */
  readonly reason: string | undefined;
}

/** From what gives the most to what gives the least. The first is root's. */
const CANDIDATES: readonly Means[] = [
  { namespace: 'mount', manyUsers: true },
  { namespace: 'user', manyUsers: false },
  { namespace: 'none', manyUsers: true },
  { namespace: 'none', manyUsers: false },
];

/** Nothing is refused: what is tried is the stage. */
const KIND: Kind = {
  name: 'supervisor',
  mechanism: 'none',
  policies: [0],
  supervised: () => 'none',
  restricted: () => false,
};

const FOLDER = '{folder}';

/**
 * Finds out what jobs can be given here, by running one for each possibility: a namespace may be made and be of no
 * use, as under AppArmor.
 *
 * @param harness who runs the beds; whoever runs this unless given
 * @throws Problem `noexec`, `bad-path` for a folder of temporary files that jobs cannot use, `read-only`, `disk-full`
 */
export async function findMeans(tools: Tools, harness?: Harness): Promise<Found> {
  const isRoot = (harness?.uid ?? process.getuid?.()) === 0;
  let reason: string | undefined;
  for (const means of CANDIDATES) {
    if (means.manyUsers && !isRoot) continue;
    if (means.namespace === 'none') sweep(tmpdir());
    const lacks = await trial(means, tools, harness);
    if (lacks === undefined) return { ...means, reason: means.namespace === 'none' ? reason : undefined };
    if (means.namespace !== 'none') reason = lacks;
  }
  // Each bed says itself what it lacks.
  return { namespace: 'none', manyUsers: false, reason };
}

/** What keeps a job from running that asks for all that the means are to give; undefined where nothing does. */
async function trial(means: Means, tools: Tools, harness: Harness | undefined): Promise<string | undefined> {
  const mounts: readonly Fixture[] = [
    { kind: 'noexec', path: 'noexec' },
    { kind: 'bind', path: 'bound', from: tools.probe },
  ];
  const fixtures: readonly Fixture[] = [
    { kind: 'file', path: 'file', mode: 0o755, ...(means.manyUsers && { owner: 'root' }) },
    ...(means.namespace === 'none' ? [] : mounts),
  ];
  try {
    const { status } = await localBed(KIND, tools, harness, means).run({
      argv: ['/usr/bin/test', '-x', `${FOLDER}/file`],
      place: FOLDER,
      policy: 0,
      user: 'nobody',
      fixtures,
    });
    if (status !== 0) throw unusable(means);
    return undefined;
  } catch (error) {
    if (error instanceof Problem && (error.code === 'bed-missing' || error.code === 'bed-dead'))
      return String(error.details['reason']);
    throw error;
  }
}

/** Why a job cannot run a file in its folder. */
function unusable({ namespace }: Means): Error {
  const path = tmpdir();
  // What is mounted for a job is never noexec.
  if (namespace === 'none') checkRunsThere(path, TEMPORARY_CHOICE);
  const message = 'scenarios run as uid 65534, which cannot enter it; choose another folder with TMPDIR';
  return problem('bad-path', { path, message });
}
