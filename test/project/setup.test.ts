import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';

/** Stands in for the compiler: copies modules, and notes each run. */
const COMPILER = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
appendFileSync('runs', 'x');
mkdirSync('dist/src', { recursive: true });
for (const name of ['a', 'b']) {
  if (!existsSync('src/' + name + '.ts')) continue;
  const text = readFileSync('src/' + name + '.ts', 'utf8');
  if (text.includes('wrong')) { console.log('src/' + name + '.ts is wrong'); process.exit(2); }
  writeFileSync('dist/src/' + name + '.js', text);
}
`;

let clone: string;

function put(file: string, text: string): void {
  mkdirSync(dirname(join(clone, file)), { recursive: true });
  writeFileSync(join(clone, file), text);
}

function setup(): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/build/setup.mjs'], { cwd: clone });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (status) => {
      resolve({ status, said });
    });
  });
}

function runs(): number {
  return readFileSync(join(clone, 'runs'), 'utf8').length;
}

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'mayexec-setup-'));
  for (const file of ['setup.mjs', 'lock.mjs', 'ticker.mjs']) {
    cpSync(join(packageFolder, 'src/build', file), join(clone, 'src/build', file));
  }
  const about = { name: 'clone', version: '1.0.0' };
  put('package.json', JSON.stringify({ ...about, type: 'module', scripts: { build: 'node compile.js' } }));
  put('package-lock.json', JSON.stringify({ ...about, lockfileVersion: 3, packages: { '': about } }));
  put('tsconfig.json', '{}');
  put('vitest.config.ts', '');
  put('compile.js', COMPILER);
  put('src/a.ts', 'first');
  put('src/b.ts', 'second');
});

afterEach(() => {
  rmSync(clone, { recursive: true });
});

describe('set-up', () => {
  it('installs and builds a fresh clone, says so, and then has nothing to do or say', async () => {
    expect(await setup()).toEqual({ status: 0, said: 'installing packages\nbuilding\n' });
    expect(await setup()).toEqual({ status: 0, said: '' });
    expect(runs()).toBe(1);
  });

  it('builds again when a source changed, and leaves nothing of a source that is gone', async () => {
    await setup();
    put('src/a.ts', 'changed');
    expect(await setup()).toEqual({ status: 0, said: 'building\n' });
    expect(readFileSync(join(clone, 'dist/src/a.js'), 'utf8')).toBe('changed');
    rmSync(join(clone, 'src/b.ts'));
    expect(await setup()).toEqual({ status: 0, said: 'building\n' });
    expect(existsSync(join(clone, 'dist/src/b.js'))).toBe(false);
    expect(existsSync(join(clone, 'dist/src/a.js'))).toBe(true);
  });

  it('installs again when the lock changed', async () => {
    await setup();
    put('package-lock.json', `${readFileSync(join(clone, 'package-lock.json'), 'utf8')}\n`);
    expect(await setup()).toEqual({ status: 0, said: 'installing packages\nbuilding\n' });
  });

  it('shows what failed, ends with a status, and tries again the next time', async () => {
    put('src/b.ts', 'wrong');
    const { status, said } = await setup();
    expect(status).toBe(1);
    expect(said).toContain('src/b.ts is wrong\nset-up failed: npm run build: exit status 2\n');
    put('src/b.ts', 'right');
    expect(await setup()).toEqual({ status: 0, said: 'building\n' });
  });

  it('leaves a folder that node_modules is a link to, and says what to do', async () => {
    put('elsewhere/package/index.js', 'kept');
    symlinkSync('elsewhere', join(clone, 'node_modules'));
    const said = 'set-up failed: node_modules is a link: remove it, then run the command again\n';
    expect(await setup()).toEqual({ status: 1, said });
    expect(readFileSync(join(clone, 'elsewhere/package/index.js'), 'utf8')).toBe('kept');
  });

  it('is done once when two begin at once', async () => {
    const [one, two] = await Promise.all([setup(), setup()]);
    expect([one.status, two.status]).toEqual([0, 0]);
    expect(runs()).toBe(1);
    expect(existsSync(join(clone, 'dist/.setup-lock'))).toBe(false);
  });

  it('takes over the lock of a process that is gone', async () => {
    // Above the kernel's highest process number.
    put('dist/.setup-lock', '4194305');
    expect((await setup()).status).toBe(0);
  });
});
