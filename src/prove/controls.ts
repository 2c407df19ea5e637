import { problem } from '../problems.ts';
import type { Bed, Fixture, Policy } from './bed.ts';
import { bedDead } from './dead.ts';

/** An interpreter before and after its patches, and how one sees that it ran something. */
export interface Interpreters {
  /** Absolute path of the one as released. */
  readonly stock: string;
  /** Absolute path of the patched one. */
  readonly patched: string;
  /** A script that prints `says`. */
  readonly script: string;
  readonly says: string;
}

/** What is tried before any scenario counts. */
interface Control {
  readonly which: 'stock' | 'patched';
  readonly mode: number;
  readonly in: readonly Bed['mechanism'][];
  readonly policy: Policy;
  readonly runs: boolean;
  readonly otherwise: string;
}

const CONTROLS: readonly Control[] = [
  {
    which: 'stock',
    mode: 0o644,
    in: ['flag', 'check', 'none'],
    policy: 3,
    runs: true,
    otherwise: 'even a stock interpreter fails to run a 0644 script: the bed refuses what it should not',
  },
  {
    which: 'patched',
    mode: 0o644,
    in: ['none'],
    policy: 3,
    runs: true,
    otherwise: 'the patched interpreter does not fall back to a plain open on a stock kernel',
  },
  {
    which: 'patched',
    mode: 0o755,
    in: ['flag', 'check', 'none'],
    policy: 3,
    runs: true,
    otherwise: 'the patched interpreter fails to run a 0755 script',
  },
  {
    which: 'patched',
    mode: 0o644,
    in: ['flag', 'check'],
    policy: 3,
    runs: false,
    otherwise: 'the patched interpreter runs a 0644 script',
  },
];

/**
 * The negative controls, with real interpreters: without them a bed that does nothing, or an interpreter that never
 * asks, looks like a pass.
 *
 * @throws Problem `bed-dead` where a stock interpreter was refused, `refused` with the controls that failed
 */
export async function checkInterpreters(beds: readonly Bed[], interpreters: Interpreters): Promise<void> {
  const failed: string[] = [];
  for (const bed of beds) {
    for (const control of CONTROLS) {
      if (!control.in.includes(bed.mechanism) || (await holds(bed, control, interpreters))) continue;
      if (control.which === 'stock') throw bedDead(bed.name, control.otherwise);
      failed.push(`  ${bed.name}: ${control.otherwise}`);
    }
  }
  if (failed.length > 0) throw problem('refused', { count: failed.length, list: failed.join('\n') });
}

async function holds(bed: Bed, control: Control, interpreters: Interpreters): Promise<boolean> {
  const fixtures: readonly Fixture[] = [
    { kind: 'file', path: 'script', mode: control.mode, text: interpreters.script },
  ];
  const { stdout, status } = await bed.run({
    argv: [interpreters[control.which], 'script'],
    fixtures,
    policy: control.policy,
    // Root is refused too, and can reach an interpreter that lies in somebody's home.
    user: 'root',
  });
  const ran = status === 0 && stdout.toString().includes(interpreters.says);
  return ran === control.runs;
}
