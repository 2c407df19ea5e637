import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { demand, namespaces } from '../needs.ts';
import type * as Cleanup from '../../src/programs/cleanup.ts';
import type * as Run from '../../src/programs/run.ts';
import type * as Partials from '../../src/source/partial.ts';

let top: string;
let cleanup: typeof Cleanup;
let run: typeof Run;
let partial: typeof Partials;

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'whole-'));
  // Modules of its own for each test: they remember that a signal came.
  vi.resetModules();
  cleanup = await import('../../src/programs/cleanup.ts');
  run = await import('../../src/programs/run.ts');
  partial = await import('../../src/source/partial.ts');
});
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  rmSync(top, { recursive: true, force: true });
});

const never = new Promise<void>(() => undefined);

it('a signal removes what is half-made, ends the programs, and lets nothing new begin', async () => {
  const half = partial.allOrNothing(join(top, 'tree'), async (path) => {
    mkdirSync(path);
    writeFileSync(join(path, 'file'), '');
    await never;
  });
  half.catch(() => undefined);
  expect(readdirSync(top)).toHaveLength(1);
  const program = run.run('sleep', ['100'], { purpose: 'a test', package: 'coreutils' });
  const work = cleanup.runWithInterrupts(() => never);
  process.emit('SIGTERM', 'SIGTERM');
  await expect(work).rejects.toMatchObject({
    code: 'interrupted',
    exit: 130,
    details: { signal: 'SIGTERM' },
  });
  expect(readdirSync(top)).toEqual([]);
  expect((await program).signal).toBe('SIGKILL');
  await expect(partial.allOrNothing(join(top, 'x'), () => undefined)).rejects.toMatchObject({
    code: 'interrupted',
  });
});

it('clean-ups run latest first, all of them, and none that was taken off', async () => {
  const ran: string[] = [];
  cleanup.onInterrupt(() => ran.push('first'));
  const forget = cleanup.onInterrupt(() => ran.push('taken off'));
  cleanup.onInterrupt(() => {
    ran.push('failing');
    throw new Error('in a clean-up');
  });
  forget();
  const work = cleanup.runWithInterrupts(() => never);
  process.emit('SIGINT', 'SIGINT');
  await expect(work).rejects.toMatchObject({ code: 'interrupted' });
  expect(ran).toEqual(['failing', 'first']);
});

it('without a signal the work is all there is, and no listener stays', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await cleanup.runWithInterrupts(() => Promise.resolve(7))).toBe(7);
  await expect(cleanup.runWithInterrupts(() => Promise.reject(new Error('of the work')))).rejects.toThrow(
    'of the work',
  );
  expect(process.listenerCount('SIGINT')).toBe(before);
});

it('what fails half-way is removed', async () => {
  const attempt = partial.allOrNothing(join(top, 'tree'), (path) => {
    mkdirSync(path);
    throw new Error('half-way');
  });
  await expect(attempt).rejects.toThrow('half-way');
  expect(readdirSync(top)).toEqual([]);
});

it('what a dead process left is swept, and what a living one makes is not', async () => {
  const dead = spawnSync('true').pid;
  let mine = '';
  await partial.allOrNothing(join(top, 'tree'), (path) => {
    mkdirSync(path);
    mine = path;
    const name = (pid: number): string => path.replace(/-\d+-\d+$/, `-${String(pid)}-1`);
    for (const path of [name(dead), `${name(dead)}.d`]) mkdirSync(path);
    const foreign = path.replace(/partial-[0-9a-f]{8}/, 'partial-00000000');
    mkdirSync(foreign);
    mkdirSync(`${foreign}0`);
    utimesSync(`${foreign}0`, 0, 0);
    mkdirSync(join(top, 'another-tree'));
    partial.sweep(top);
    expect(readdirSync(top).sort()).toEqual(
      [foreign, path, 'another-tree'].map((one) => one.replace(`${top}/`, '')).sort(),
    );
  });
  expect(existsSync(mine)).toBe(false);
  expect(existsSync(join(top, 'tree'))).toBe(true);
  partial.sweep(join(top, 'none'));
});

it("what a process of another namespace makes is not swept, though its number is nobody's here", async () => {
  demand(namespaces);
  await partial.allOrNothing(join(top, 'tree'), (path) => {
    mkdirSync(path);
    const module = pathToFileURL(join(packageFolder, 'dist/src/source/partial.js')).href;
    const code = `const { sweep } = await import(${JSON.stringify(module)}); sweep(${JSON.stringify(top)});`;
    const node = [process.execPath, '--input-type=module', '-e', code];
    expect(spawnSync('unshare', ['-Urpf', '--kill-child', ...node]).status).toBe(0);
    expect(existsSync(path)).toBe(true);
  });
});
