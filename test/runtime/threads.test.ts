import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../src/programs/run.ts';
import { gcc, needs, rootMounts, securebits } from '../needs.ts';
import { makeScripts } from './ground.ts';
import { build } from './lab.ts';

const scripts = makeScripts();
afterAll(() => {
  scripts.remove();
});

/** What threads that check and threads that start others saw of each other. */
async function seen(threads: boolean, count: number): Promise<Readonly<Record<string, number>>> {
  const program = await build({ source: 'threads.c', runtime: { threads } });
  const ended = await run(program, [String(count), scripts.yes], { purpose: 'a test', package: 'gcc' });
  expect(ended.status, ended.stderr.toString()).toBe(0);
  const lines = ended.stdout.toString().trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [what = '', count = ''] = line.split(' ');
      return [what, Number(count)] as const;
    }),
  );
}

describe('while threads check files, under RESTRICT_FILE', needs(gcc, securebits), () => {
  const all = { worked: 1, refused: 0, failed: 0, foreign: 0, children: 20, others: 0 };

  test.each([2, 4, 64])(
    'others of %i start threads, children and signals are seen as ever',
    async (count) => {
      expect(await seen(true, count)).toEqual(all);
    },
  );

  test(
    'a new PID namespace gets its init from the program, and not from a check',
    needs(rootMounts),
    async () => {
      expect(await seen(true, 0)).toEqual({ refused: 0, first: 1 });
    },
  );

  test('threads fail to start where the helper is built for a program without threads', async () => {
    const { failed = 0, ...rest } = await seen(false, 4);
    expect(failed).toBeGreaterThan(0);
    expect(rest['worked']).toBe(1);
  });
});
