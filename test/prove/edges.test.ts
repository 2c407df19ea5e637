import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/prove/bed.ts';
import type { Harness } from '../../src/prove/local.ts';
import { demand, gcc, root, wholeBeds } from '../needs.ts';
import { inBed } from './bed.ts';
import { answersIn, KNOWN, WHO } from './edges.ts';
import type { Answers, Who } from './edges.ts';
import { nobody } from './place.ts';

/*
 * What `edges` asks for in some 20,000 ways is asked of the running kernel without the flag, and in the supervisor with
 * it. Under policy 0 both say the same; under the others, what the rules add is computed from what the kernel says.
 */

beforeEach(() => {
  demand(gcc);
});

/** The programs of a user namespace are served by a process each, so that they ask less. */
const FEW: readonly Who[] = ['mapped'];

async function answers(
  name: 'stock' | 'supervisor',
  who: Who,
  policy: Policy,
  { few, harness }: { few: boolean; harness?: Harness },
): Promise<Answers> {
  let found: Answers = new Map();
  await inBed(
    name,
    async (bed) => {
      found = await answersIn(bed, { who, policy, flag: name === 'supervisor', few });
    },
    harness && { harness },
  );
  return found;
}

/** What the flag makes of an answer of the kernel's; more than one where the kernel's own order cannot be seen. */
function withFlag(who: Who, policy: Policy, cell: string, plain: string): readonly string[] {
  const [, object = '', kind = ''] = /^ok (\S+) (\S+)/.exec(plain) ?? [];
  // Of a folder the flag is looked at before its permissions.
  if (kind === 'folder') return ['EISDIR'];
  if (plain === 'EACCES') return ['EACCES', 'EISDIR'];
  if (plain === 'EPERM') return policy === 0 ? ['EPERM', 'EISDIR'] : ['EPERM', 'EISDIR', 'EACCES'];
  if (policy === 0) return [plain];
  // A pipe that is asked for without reading and without writing.
  if (plain === 'EINVAL' && cell.startsWith('none ') && cell.endsWith('/fd/6')) return ['EACCES'];
  // On a mount that cannot be written to, the file is judged first, unless it is to be emptied.
  if (plain === 'EROFS' && !cell.includes('truncate') && /(not|closed)$/.test(cell) && cell.includes('rodir'))
    return (policy & 2) !== 0 ? ['EACCES'] : ['EROFS'];
  if (kind === '' || plain.endsWith('+created') || cell.startsWith('temporary')) return [plain];
  if (kind === 'special') return ['EACCES'];
  const noexec = object.startsWith('noexec/') || (object === 'another' && cell.includes('/proc/'));
  if ((policy & 1) !== 0 && noexec) return ['EACCES'];
  if ((policy & 2) !== 0 && (kind === 'not' || !mayExecute(who, object))) return ['EACCES'];
  return [plain];
}

/** Whether somebody may read and execute a file that has some x bit; the names say the mode and the owner. */
function mayExecute(who: Who, object: string): boolean {
  // The ACL takes the right from user 65534, or from its group; the others here are root.
  if (object.includes('/acl-') && object.endsWith('-not')) return who !== 'changed' && who !== 'executed';
  const forOther = object === 'noexec/0744' || object.endsWith('-of-other');
  if (!forOther || !(who === 'read-search' || who === 'mapped')) return true;
  return object === '0755-of-other';
}

/** Cells that are answered otherwise than they should be, and known differences that do not occur. */
function differences(who: Who, policy: Policy, plain: Answers, flagged: Answers): readonly string[] {
  const wrong: string[] = [];
  const met = new Set<unknown>();
  expect([...flagged.keys()]).toEqual([...plain.keys()]);
  for (const [cell, answer] of plain) {
    const right = withFlag(who, policy, cell, answer);
    const got = flagged.get(cell) ?? '';
    if (right.includes(got)) continue;
    const known = KNOWN.find((one) => one.who.test(who) && one.cell.test(cell) && one.gives === got);
    if (known) met.add(known);
    else wrong.push(`${cell}: ${got} instead of ${right.join(' or ')}`);
  }
  if (policy === 0)
    for (const one of KNOWN) if (one.who.test(who) && !met.has(one)) wrong.push(`never: ${one.why}`);
  return wrong;
}

describe.each(WHO)('the supervisor answers as the kernel does: %s', (who) => {
  it.each([
    [0, FEW.includes(who)],
    [1, true],
    [2, FEW.includes(who)],
    [3, true],
  ] as const)('under policy %i', { timeout: 120_000 }, async (policy, few) => {
    demand(root, wholeBeds);
    const plain = await answers('stock', who, 0, { few });
    expect(plain.size).toBeGreaterThan(few ? 2_000 : 20_000);
    expect(differences(who, policy, plain, await answers('supervisor', who, policy, { few }))).toEqual([]);
  });
});

it('the supervisor of an ordinary user answers as the kernel does', { timeout: 120_000 }, async () => {
  demand(wholeBeds);
  const as = root.met() ? { harness: nobody } : {};
  for (const policy of [0, 2] as const) {
    const plain = await answers('stock', 'self', 0, { few: true, ...as });
    const flagged = await answers('supervisor', 'self', policy, { few: true, ...as });
    expect(differences('self', policy, plain, flagged)).toEqual([]);
  }
});
