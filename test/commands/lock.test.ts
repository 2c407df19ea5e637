import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { lockCommand } from '../../src/commands/lock.ts';
import type { Obtained } from '../../src/commands/subject.ts';
import { lockText } from '../../src/lock/write-lock.ts';
import { packageFolder } from '../../src/package.ts';
import { readTree } from '../../src/source/tree.ts';
import { lockOfTree } from '../locked.ts';
import { target } from '../toy/target.ts';

const path = join(packageFolder, 'test', 'toy', 'tree');
const [release] = target.releases;
if (release === undefined) throw new Error('toy has no release');

vi.mock('../../src/commands/subject.ts', async (original) => ({
  ...(await original<object>()),
  // As of a release whose lock was written before its tree had all that it has.
  subjectOf: (): Promise<Obtained> =>
    Promise.resolve({
      target,
      release: { ...release, capabilities: ['another'] },
      tree: readTree(path),
      path,
      pinned: undefined,
      version: release.version,
      quilt: undefined,
    }),
}));

afterEach(() => {
  vi.restoreAllMocks();
});

it('a lock is made again where the old one has other capabilities than the tree', async () => {
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  await lockCommand('toy', {});
  expect(said).toBe(lockText(await lockOfTree({ tree: readTree(path), target, release })));
});

it('an overlay is made for the lock that is there, and for no other tree', async () => {
  await expect(lockCommand('toy', { overlay: 'distribution' })).rejects.toMatchObject({
    code: 'capabilities',
  });
});
