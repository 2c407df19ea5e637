import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { bedDead } from '../../src/prove/dead.ts';
import type { Bed } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { fixtureList, IDS } from '../../src/prove/fixtures.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import type { Tools } from '../../src/prove/tools.ts';
import { say } from './bed.ts';
import { cache, isRoot } from './place.ts';
import { demand, gcc, needs, wholeBeds } from '../needs.ts';

beforeEach(() => {
  demand(gcc);
});

/**
 * A bed as a booted kernel is one: it gets a script's name, sees the host's files, and gives back one text with a
 * status in it. The supervisor plays the kernel.
 */
function farBed(tools: Tools): Bed {
  return {
    name: 'far',
    mechanism: 'flag',
    policies: [0, 1, 2, 3],
    manyUsers: isRoot,
    namespaces: true,
    run(job) {
      const folder = mkdtempSync(join(tmpdir(), 'mayexec-far-'));
      const file = (name: string, text: Buffer | string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      try {
        const id = String(IDS[job.user]);
        const stage = [
          ...[
            tools.stage,
            '--work',
            '/mnt',
            '--fixtures',
            file('fixtures', fixtureList(job.fixtures ?? [], job.user)),
          ],
          ...[
            '--user',
            `${id}:${id}`,
            ...(job.user === 'bare-root' ? ['--no-capabilities'] : []),
            '--',
            ...job.argv,
          ],
        ];
        const words = stage.map((word) => `'${word}'`).join(' ');
        const [input, output] = [file('input', job.input ?? ''), file('output', '')];
        const script = file('job', `${words} <${input} >${output} 2>&1\necho UML-EXIT-STATUS $?\n`);
        const kernel = ['--policy', String(job.policy), '--', '/bin/sh', script];
        const { stdout } = spawnSync(tools.supervisor, kernel, { encoding: 'latin1' });
        const status = /^UML-EXIT-STATUS (\d+)\r?$/m.exec(stdout)?.[1];
        if (status === undefined) throw bedDead('far', 'it gave no status');
        const answer = { stdout: readFileSync(output), stderr: Buffer.alloc(0), opened: [], folder: '/mnt' };
        return Promise.resolve({ ended: 'exit', status: Number(status), ...answer });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

it(
  'a bed that is another kernel fits the interface: files in, a status and a text out',
  needs(wholeBeds),
  async () => {
    await withBeds(
      { cache, say, more: [(tools) => Promise.resolve(farBed(tools))] },
      async (beds, { probe }) => {
        const bed = beds.find(({ name }) => name === 'far');
        if (!bed) throw new Error('it was not started');
        const { deviations, asked } = await runTable(bed, probe, TABLE, DIFFERENCES, say);
        expect(deviations).toEqual([]);
        expect(asked).toBeGreaterThan(300);
      },
    );
  },
);
