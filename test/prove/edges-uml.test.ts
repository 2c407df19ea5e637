import { beforeEach, describe, expect, it } from 'vitest';
import type { Bed, Policy } from '../../src/prove/bed.ts';
import { demand, gcc, root, thorough, wholeBeds } from '../needs.ts';
import { inBed } from './bed.ts';
import { answersIn, KNOWN, WHO } from './edges.ts';
import type { Answers, Asked, Difference } from './edges.ts';
import { inUml } from './uml.ts';

/*
 * What `edges` asks for is asked in a kernel with the flag and in the supervisor, and the answers are compared as they
 * are: edges.test.ts computes what is right, and could be wrong in that.
 */

beforeEach(() => {
  demand(gcc);
});

/** What the guest answers otherwise: it is another place, and no other rule. */
const GUEST: readonly Difference[] = [
  {
    who: /./,
    cell: /^temporary - here \/(?:\/|\.\.?)?$/,
    gives: 'EROFS',
    why: "the guest's root folder is the host's, mounted read-only",
  },
];

/** Cells that the two answer differently and no list has, and entries of the lists that were not met. */
function differences({ who }: Asked, guest: Answers, supervisor: Answers): readonly string[] {
  expect([...supervisor.keys()]).toEqual([...guest.keys()]);
  const wrong: string[] = [];
  const met = new Set<Difference>();
  for (const [cell, answer] of guest) {
    const other = supervisor.get(cell) ?? '';
    if (other === answer) continue;
    const is = (gives: string) => (one: Difference) =>
      one.who.test(who) && one.cell.test(cell) && one.gives === gives;
    const known = KNOWN.find(is(other)) ?? GUEST.find(is(answer));
    if (known) met.add(known);
    else wrong.push(`${cell}: ${answer} in the kernel, ${other} in the supervisor`);
  }
  // The caller `root` has a root folder of its own, where there is no such difference.
  const due = [...KNOWN, ...GUEST].filter((one) => one.who.test(who) && who !== 'root');
  wrong.push(...due.filter((one) => !met.has(one)).map(({ why }) => `never: ${why}`));
  return wrong;
}

async function both(guest: Bed, asked: Asked): Promise<readonly string[]> {
  const there = await answersIn(guest, asked);
  expect(there.size).toBeGreaterThan(asked.few ? 3_000 : 22_000);
  let here: Answers = new Map();
  await inBed('supervisor', async (bed) => {
    here = await answersIn(bed, asked);
  });
  return differences(asked, there, here);
}

describe('the supervisor answers as a kernel with the flag does', () => {
  it.each(WHO)('%s', { timeout: 300_000 }, async (who) => {
    demand(root, wholeBeds);
    await inUml(async (guest) => {
      for (const policy of [0, 1, 2, 3] as const satisfies readonly Policy[]) {
        const asked = { who, policy, flag: true, few: policy !== 2 || !thorough.met() };
        expect([policy, ...(await both(guest, asked))]).toEqual([policy]);
      }
    });
  });
});
