import { beforeEach, describe, expect, it } from 'vitest';
import type { Bed } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import { demand, gcc, needs, partly, root, wholeBeds } from '../needs.ts';
import { say } from './bed.ts';
import { cache, nobody } from './place.ts';

beforeEach(() => {
  demand(gcc);
});

describe('the table', () => {
  it(
    'is answered by every bed at hand, with no difference outside the list',
    { timeout: 30_000, ...needs(wholeBeds) },
    async () => {
      const asked = await withBeds({ cache, say }, async (beds, { probe }) => {
        const counts: Record<string, number> = {};
        for (const bed of beds) {
          const { asked, deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, say);
          expect(deviations).toEqual([]);
          counts[bed.name] = asked;
        }
        return counts;
      });
      if (partly(root)) {
        expect(asked['supervisor']).toBe(TABLE.length * 4 * 3);
        expect(asked['stock']).toBe(TABLE.length * 3);
      }
    },
  );

  it('is answered the same when the beds have no root at all', async () => {
    demand(root);
    const lines: string[] = [];
    await withBeds({ cache, say: (line) => lines.push(line), harness: nobody }, async (beds, { probe }) => {
      for (const bed of beds) {
        const { deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, (line) => lines.push(line));
        expect(deviations).toEqual([]);
        expect(bed.manyUsers).toBe(false);
      }
    });
    const devices = TABLE.filter(({ needsRoot }) => needsRoot).length;
    expect(lines).toContain(`not run: ${devices} rows of the table in bed supervisor need root`);
  });

  it('fails on an answer that is not expected, and on a difference that does not occur', async () => {
    const swapped = (bed: Bed): Bed => ({ ...bed, run: (job) => bed.run({ ...job, policy: 0 }) });
    await withBeds({ cache, say }, async ([bed], { probe }) => {
      if (!bed) return;
      const { deviations } = await runTable(swapped(bed), probe, TABLE, [], () => undefined);
      expect(deviations).toContainEqual({
        ...{ bed: bed.name, row: '0644', user: 'nobody', policy: 2 },
        ...{ expected: 'EACCES', got: 'ok' },
      });
      const invented = {
        bed: bed.name,
        row: /^0644$/,
        policies: [3],
        gives: 'ELOOP',
        why: 'made up',
      } as const;
      const stale = await runTable(bed, probe, TABLE, [invented], () => undefined);
      expect(new Set(stale.deviations.map(({ row, policy }) => `${row} ${policy}`))).toEqual(
        new Set(['0644 3']),
      );
    });
  });

  it('has a name of its own for each row, and four answers for each user', () => {
    expect(new Set(TABLE.map(({ name }) => name)).size).toBe(TABLE.length);
    for (const { answers } of TABLE) {
      for (const words of typeof answers === 'string' ? [answers] : Object.values(answers))
        expect(words.split(' ')).toHaveLength(4);
    }
  });
});
