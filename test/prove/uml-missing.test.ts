import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { umlMaker } from '../../src/commands/uml.ts';
import { lackingPrograms } from '../../src/prove/uml/needed.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { problemOf } from './bed.ts';

let cache = '';

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'mayexec-uml-missing-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

/** Why the bed is not to be had. */
async function reason(build: boolean): Promise<unknown> {
  const tools = { supervisor: '/nowhere', stage: '/nowhere', probe: '/nowhere' };
  const problem = await problemOf(() => umlMaker({ cache, build, progress: quietProgress })(tools));
  expect(problem?.code).toBe('bed-missing');
  return problem?.details['reason'];
}

it('nobody waits for a kernel that was not asked for', async () => {
  expect(await reason(false)).toBe('its kernel is not built; --bed uml builds it, which takes minutes, once');
});

it('a kernel that the kit has no series for is named, with those that it has', async () => {
  vi.stubEnv('MAYEXEC_UML', '5.0');
  expect(await reason(true)).toMatch(/^MAYEXEC_UML is 5\.0, which is none of 6\.12, 6\.1 and no path/);
});

it('an archive that is not there is named, with the package that has it', async () => {
  vi.stubEnv('MAYEXEC_UML', '/nowhere/linux-source-6.1.tar.xz');
  expect(await reason(true)).toBe(
    'there is no /nowhere/linux-source-6.1.tar.xz; on Debian: apt-get install linux-source-6.1',
  );
});

it('programs that are lacking are named all at once, with their packages', () => {
  vi.stubEnv('PATH', cache);
  expect(lackingPrograms()).toBe(
    'no bc, bison, flex, gcc, ld, make, patch, tar, xz to build a kernel with; on Debian: apt-get install bc bison flex gcc binutils make patch tar xz-utils',
  );
});
