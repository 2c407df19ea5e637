import { lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { executableMode, isExecutable } from '../../src/deploy/executable-mode.ts';
import { Problem } from '../../src/problems.ts';
import { changeModes } from '../../src/write/change-modes.ts';
import type { ModeChange } from '../../src/write/change-modes.ts';
import { install, modesIn } from './installation.ts';

let work = '';

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-modes-'));
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

function change(name: string): ModeChange {
  const { dev, ino, mode } = lstatSync(join(work, name));
  return {
    path: join(work, name),
    device: dev,
    inode: ino,
    before: mode & 0o7777,
    after: executableMode(mode & 0o7777),
  };
}

it('x follows r in each class, and the other bits stay', () => {
  const pairs = [0o644, 0o600, 0o444, 0o4755, 0o2664, 0o020].map((mode) => [mode, executableMode(mode)]);
  expect(pairs.map((pair) => pair.map((mode) => mode.toString(8)))).toEqual([
    ['644', '755'],
    ['600', '700'],
    ['444', '555'],
    ['4755', '4755'],
    ['2664', '2775'],
    ['20', '20'],
  ]);
  expect([0o755, 0o700, 0o711].every((mode) => isExecutable(mode))).toBe(true);
  expect([0o744, 0o644].some((mode) => isExecutable(mode))).toBe(false);
});

it('all modes change, or none: where one fails, those before it are as they were', () => {
  install(work, { a: 0o644, b: 0o600, c: 0o644 });
  const changes = ['a', 'b', 'c'].map(change);
  const gone = changes.map((one, index) => (index === 2 ? { ...one, inode: one.inode + 1 } : one));
  let found: unknown;
  try {
    changeModes(gone);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(Problem);
  expect((found as Problem).code).toBe('not-marked');
  expect((found as Problem).message).toContain('another file is there');
  expect((found as Problem).message).toContain('no mode was changed');
  expect(modesIn(work)).toEqual({ a: '644', b: '600', c: '644' });
  changeModes(changes);
  expect(modesIn(work)).toEqual({ a: '755', b: '700', c: '755' });
});

it('a link that came into the place of a file is not followed', () => {
  install(work, { target: 0o644, link: '-> target' });
  const { dev, ino } = statSync(join(work, 'link'));
  const path = join(work, 'link');
  expect(() => {
    changeModes([{ path, device: dev, inode: ino, before: 0o644, after: 0o755 }]);
  }).toThrow(/ELOOP/);
  expect(modesIn(work)).toEqual({ target: '644' });
});
