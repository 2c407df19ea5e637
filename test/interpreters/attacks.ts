import { withBeds } from '../../src/prove/beds.ts';
import { programOf } from '../../src/prove/build.ts';
import type { Build } from '../../src/prove/build.ts';
import { programIn } from '../../src/prove/scene.ts';
import { isFor } from '../../src/target/capabilities.ts';
import { attack } from '../attack/attack.ts';
import type { Run } from '../attack/attack.ts';
import { readAttempts } from '../attack/attempt.ts';
import type { Outcome } from './checks.ts';
import { bedOptions } from './in-beds.ts';
import { loadDialect } from './subjects.ts';
import type { Subject } from './subjects.ts';

/** How many are made at a time: those on a terminal wait most of their time. */
const AT_A_TIME = 4;

/** Characters of what an attempt printed that are shown where it is not as it must be. */
const SHOWN = 200;

/** Makes all attempts of an interpreter on a build; see test/attack/README.md. */
export async function attackAll(subject: Subject, patched: Build): Promise<Outcome> {
  const { target, release } = subject;
  const { env } = await loadDialect(target.name);
  const only = process.env['MAYEXEC_ATTEMPT'] ?? '';
  const attempts = readAttempts(target.name).filter((one) => isFor(one, release) && one.name.includes(only));
  return withBeds({ ...bedOptions(), only: ['securebits'] }, async ([bed]) => {
    if (bed === undefined) return { ok: true, said: 'not run: Linux 6.14 has the securebits' };
    const program = programIn(bed, programOf(subject, patched));
    const runs: Run[] = [];
    const queue = attempts.entries();
    const work = async (): Promise<void> => {
      for (const [, attempt] of queue) runs.push(...(await attack(bed, program, attempt, env)));
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    const wrong = runs.filter((run) => run.wrong !== undefined);
    return {
      ok: wrong.length === 0 && runs.length > 0,
      said: `${attempts.length} attempts, ${runs.length} runs, ${runs.filter(({ ran, policy }) => !ran && policy !== 'none').length} refused`,
      lines: wrong.map(line),
    };
  });
}

function line({ attempt, placement, policy, wrong = '', output }: Run): string {
  return `${attempt}, ${placement}, ${policy}: ${wrong}: ${JSON.stringify(output.slice(-SHOWN))}`;
}
