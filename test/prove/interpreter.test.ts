import { describe, expect, it } from 'vitest';
import type { Bed, Outcome, Policy } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { problemOf, say } from './bed.ts';
import { toy } from './interpreter.ts';
import type { Subject } from './interpreter.ts';
import { cache } from './place.ts';

/** Runs a script that sources another; root, so that interpreters in somebody's home can be reached. */
function run(bed: Bed, subject: Subject, modes: readonly [number, number], policy: Policy): Promise<Outcome> {
  return bed.run({
    argv: [subject.patched, 'script'],
    user: 'root',
    policy,
    fixtures: [
      { kind: 'file', path: 'script', mode: modes[0], text: subject.sources('module') },
      { kind: 'file', path: 'module', mode: modes[1], text: subject.script },
    ],
  });
}

describe('a patched toy', () => {
  it('is refused a script and a sourced file where a bed refuses, and says so in its own words', async () => {
    const subject = await toy();
    await withBeds({ cache, say, interpreters: subject }, async (beds) => {
      for (const bed of beds.filter(({ mechanism }) => mechanism !== 'none')) {
        const script = await run(bed, subject, [0o644, 0o755], 3);
        expect(script.stderr.toString()).toMatch(subject.refusal('script'));
        expect(script).toMatchObject({ ended: 'exit', status: subject.status });
        expect(script.stdout.toString()).toBe('');

        const sourced = await run(bed, subject, [0o755, 0o644], 3);
        expect(sourced.stderr.toString()).toMatch(subject.refusal('module'));
        expect(sourced.stdout.toString()).toBe('before\n');
        expect(sourced.status).not.toBe(0);

        for (const [modes, policy] of [
          [[0o755, 0o755], 3],
          [[0o644, 0o644], 0],
        ] as const) {
          const runs = await run(bed, subject, modes, policy);
          expect(runs.stdout.toString()).toBe(`before\n${subject.says}`);
          expect(runs.status).toBe(0);
        }
      }
    });
  });

  it('is on record in the supervisor', async () => {
    const subject = await toy();
    await withBeds({ cache, say }, async (beds) => {
      const bed = beds.find(({ name }) => name === 'supervisor');
      if (!bed) return;
      const { opened } = await run(bed, subject, [0o755, 0o644], 2);
      const flagged = opened.filter(({ flag, path }) => flag && /(^|\/)(script|module)$/.test(path));
      expect(flagged.map(({ outcome, why, error }) => [outcome, why, error])).toEqual([
        ['allowed', undefined, undefined],
        ['refused', 'mode', 'EACCES'],
      ]);
    });
  });
});

describe('the controls', () => {
  it('call an interpreter that never asks unpatched, in every bed that refuses', async () => {
    const subject = await toy();
    const found = await problemOf(() =>
      withBeds({ cache, say, interpreters: { ...subject, patched: subject.stock } }, () => Promise.resolve()),
    );
    expect(found?.code).toBe('refused');
    expect(found?.message).toContain('supervisor: the patched interpreter runs a 0644 script');
    expect(found?.message).not.toContain('stock:');
  });

  it('call a bed dead that refuses a stock interpreter', async () => {
    const subject = await toy();
    const found = await problemOf(() =>
      withBeds({ cache, say, interpreters: { ...subject, stock: subject.patched } }, () => Promise.resolve()),
    );
    expect(found?.code).toBe('bed-dead');
    expect(found?.message).toContain('test bed supervisor failed: even a stock interpreter');
  });
});
