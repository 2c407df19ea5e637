import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { interpreterNames } from '../../src/target/find.ts';
import { inBed } from '../prove/bed.ts';
import { toy } from '../prove/interpreter.ts';
import { demand, namespaces } from '../needs.ts';
import { attack } from './attack.ts';
import type { Run } from './attack.ts';
import { readAttempts } from './attempt.ts';
import type { Attempt } from './attempt.ts';

const FILE: Attempt = { name: 'a file', run: '{interpreter} f', hostile: { f: 'say PWNED\n' }, by: 'file' };

/** What becomes of an attempt on the toy: its placement, its policy, and what is wrong. */
async function tried(attempt: Attempt, which: 'stock' | 'patched' = 'patched'): Promise<readonly string[]> {
  demand(namespaces);
  const { [which]: path } = await toy();
  const runs: Run[] = [];
  await inBed('securebits', async (bed) => {
    runs.push(...(await attack(bed, { path, shown: path }, attempt)));
  });
  return runs.map(({ placement, policy, wrong = 'ok' }) => `${placement} ${policy}: ${wrong}`);
}

describe('an attempt', () => {
  it('is made where nothing refuses, and under each policy that must refuse it, in each placement', async () => {
    expect(await tried(FILE)).toEqual([
      ...['plain none: ok', 'plain both: ok', 'plain file: ok'],
      ...['noexec none: ok', 'noexec both: ok', 'noexec file: ok'],
    ]);
  });

  it('is a hole where its code runs', async () => {
    expect(await tried({ ...FILE, placements: ['plain'] }, 'stock')).toEqual([
      'plain none: ok',
      'plain both: IT RUNS',
      'plain file: IT RUNS',
    ]);
  });

  it('is a hole where the file that tells it is there', async () => {
    expect(await tried({ name: 'mark', run: 'touch mark' })).toEqual([
      'plain none: ok',
      'plain both: IT RUNS',
    ]);
  });

  it('shows nothing where its code does not run without a policy', async () => {
    expect(await tried({ ...FILE, run: '{interpreter} g', placements: ['plain'] })).toEqual([
      'plain none: it does not run where nothing refuses it',
    ]);
  });

  it('that is known to run must do so', async () => {
    const known: Attempt = { ...FILE, placements: ['plain'], runs: 'docs/threat-model.md' };
    expect(await tried(known, 'stock')).toEqual(['plain none: ok', 'plain both: ok', 'plain file: ok']);
    expect(await tried(known)).toContain(
      'plain both: it is refused, and docs/threat-model.md says that it runs',
    );
  });

  it('that does not end is none that was refused', async () => {
    const slow: Attempt = { name: 'slow', run: 'echo PWNED; sleep 30', seconds: 0.5 };
    expect(await tried(slow)).toEqual(['plain none: it did not end', 'plain both: it did not end']);
  });

  it('types on a terminal', async () => {
    const typed: Attempt = { name: 'typed', run: 'read line; echo "$line"NED', type: ['PW\n'] };
    expect(await tried(typed)).toEqual(['plain none: ok', 'plain both: IT RUNS']);
  });
});

describe.each(interpreterNames())('the attempts on %s', (target) => {
  const attempts = readAttempts(target);

  it('have names of their own', () => {
    const names = attempts.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('name documents that are there', () => {
    const named = attempts.flatMap(({ runs }) => runs?.split('#')[0] ?? []);
    expect(named.filter((path) => !existsSync(join(packageFolder, path)))).toEqual([]);
  });
});
