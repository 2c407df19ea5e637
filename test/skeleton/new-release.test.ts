import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { checkout } from './checkout.ts';
import type { Checkout } from './checkout.ts';

const source = await sourceOf('bash@5.2.15');
const NAME = 'bash@5.2.16';
const LOCK = 'targets/bash/locks/5.2.16.lock';
const DATE = '2024-02-29';

describe('mayexec new-release', needs(source.need), () => {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-release-'));
  const tree = join(work, 'bash-5.2.16');
  const archive = join(work, 'bash-5.2.16.tar.gz');
  const kit: Checkout = checkout();

  /** Puts a text into a file of the tree. */
  const change = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(join(tree, file), 'latin1');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    writeFileSync(join(tree, file), changed, 'latin1');
  };

  beforeAll(() => {
    cpSync(source.path ?? '', tree, { recursive: true });
    change('patchlevel.h', '#define PATCHLEVEL 15', '#define PATCHLEVEL 16');
    execFileSync('tar', ['-czf', archive, '-C', work, 'bash-5.2.16']);
  }, 120_000);

  afterEach(() => {
    rmSync(join(kit.folder, LOCK), { force: true });
    rmSync(join(kit.folder, 'generated'), { recursive: true, force: true });
  });

  afterAll(() => {
    rmSync(work, { recursive: true });
    kit.remove();
  });

  it('writes lock and series of a release that is as its neighbours are; its entry pasted, they are verified', () => {
    const made = kit.mayexec('new-release', NAME, tree, '--tarball', archive, '--date', DATE);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toContain('to review: nothing\nedits that do not fit: none\n');
    const entry = /^ {2}\{\n.*?^ {2}\},\n/ms.exec(made.stdout)?.[0] ?? '';
    const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    for (const part of [
      "version: '5.2.16'",
      `date: '${DATE}'`,
      `sha256: '${sum}'`,
      "file: 'bash-5.2.16.tar.gz'",
    ])
      expect(entry).toContain(part);
    // All that is other than in its neighbour is its name.
    const neighbour = kit.read('targets/bash/locks/5.2.15.lock');
    expect(kit.read(LOCK)).toBe(neighbour?.replace('bash 5.2.15', 'bash 5.2.16'));

    const built = 'dist/targets/bash/target.js';
    const before = kit.read(built) ?? '';
    const pasted = before.replace('const releases = [\n', (list) => list + entry);
    expect(pasted).not.toBe(before);
    kit.write(built, pasted);
    try {
      const verified = kit.mayexec('verify', NAME, '--tarball', archive);
      expect(verified.stdout).toContain(NAME);
      expect(verified.status).toBe(0);
      expect(kit.mayexec('new-release', NAME, tree).status).toBe(46);
    } finally {
      kit.write(built, before);
    }
  }, 300_000);

  it('says what is to be filled in where neither date nor archive is given, and can be run again', () => {
    const first = kit.mayexec('new-release', NAME, tree);
    expect(first.stdout).toContain("date: 'YYYY-MM-DD', // fill this in");
    expect(first.stdout).toContain(`sha256: '${'0'.repeat(64)}', // fill this in`);
    expect(kit.mayexec('new-release', NAME, '--tree', tree)).toEqual(first);
  });

  it('writes neither where a site is left to be decided, and says what to do', () => {
    const before = readFileSync(join(tree, 'shell.c'), 'latin1');
    writeFileSync(
      join(tree, 'shell.c'),
      `${before}\nint\nshow (char *name)\n{\n  return open (name, 0);\n}\n`,
      'latin1',
    );
    try {
      const made = kit.mayexec('new-release', NAME, tree);
      expect(made.stdout).toContain('1 undecided');
      expect(made.stdout).toContain('mayexec review');
      expect(made.stderr).toContain('show');
      expect(made.status).toBe(10);
      expect(kit.read(LOCK)).toBeUndefined();
      expect(kit.read('generated/bash/5.2.16/provenance.json')).toBeUndefined();
    } finally {
      writeFileSync(join(tree, 'shell.c'), before, 'latin1');
    }
  });

  it.each([
    ['another release', ['bash@5.2.17'], 45],
    ['a release that is pinned', ['bash@5.2.15'], 46],
    ['a target that is none', ['nothing@1.0'], 21],
    ['a day that is none', [NAME, '--date', 'today'], 2],
  ])('refuses %s', (_what, [name = '', ...more], status) => {
    expect(kit.mayexec('new-release', name, tree, ...more).status).toBe(status);
  });
});
