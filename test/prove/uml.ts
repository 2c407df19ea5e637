import { UML, umlMaker } from '../../src/commands/uml.ts';
import type { Bed } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import type { Tools } from '../../src/prove/tools.ts';
import { openCache } from '../../src/source/cache.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { demand, gcc, given } from '../needs.ts';
import { cache } from './place.ts';

/**
 * Does something in the bed `uml`, whose kernel is not built for this: where no run of `mayexec prove --bed uml` has, the
 * running test is one that is not run.
 */
export async function inUml(work: (bed: Bed, tools: Tools) => Promise<void>): Promise<void> {
  demand(gcc);
  let lack = '';
  const make = umlMaker({ cache: openCache().folder, build: false, progress: quietProgress });
  const found = await withBeds(
    { cache, only: [], more: [make], say: (line) => void (lack = line) },
    async ([bed], tools) => {
      if (bed) await work(bed, tools);
      return bed !== undefined;
    },
  );
  const brings = `mayexec prove bash@5.2.15 --bed ${UML} builds it; here: ${lack}`;
  demand(given(`the kernel of the bed ${UML}`, brings, found, true));
}
