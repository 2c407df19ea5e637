import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder, version } from '../../src/package.ts';
import { run, type Ended } from '../../src/programs/run.ts';
import { demand, given } from '../needs.ts';

const Packed = v.tuple([v.object({ filename: v.string(), files: v.array(v.object({ path: v.string() })) })]);

let folder: string;
let tarball: string;
let files: string[];

function npm(args: readonly string[], cwd: string): Promise<Ended> {
  // What a machine trusts beyond Node's own list: without it the registry cannot be asked.
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  const env = authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities };
  return run('npm', args, { cwd, env, timeout: 300_000, purpose: 'the pack', package: 'npm' });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mayexec-pack-'));
  // Nothing to do under `npm test`.
  const node = { purpose: 'the pack', package: 'nodejs', timeout: 300_000, cwd: packageFolder };
  const built = await run(process.execPath, ['src/build/setup.mjs'], node);
  expect(built.stderr.toString()).not.toContain('failed');
  const packed = await npm(['pack', '--json', '--pack-destination', folder], packageFolder);
  const [{ filename, files: listed }] = v.parse(Packed, JSON.parse(packed.stdout.toString()));
  tarball = join(folder, filename);
  files = listed.map(({ path }) => path);
}, 600_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the pack', () => {
  it('holds the program, the grammars, the templates and the licences, and nothing of the workshop', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/src/cli.js',
        'dist/grammars/tree-sitter-c.wasm',
        'dist/grammars/provenance.json',
        'src/prove/supervisor/main.c',
        'src/prove/supervisor/path.h',
        'src/runtime/c/open.ejs',
        'dist/targets/bash/target.js',
        'LICENSES/0BSD.txt',
      ]),
    );
    expect(files.filter((file) => /^dist\/(test\/|\.|vitest)|\.map$|^node_modules/.test(file))).toEqual([]);
  });

  it('is as a registry and node expect it', async () => {
    const bytes = readFileSync(tarball);
    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(bytes).buffer },
      level: 'warning',
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('runs, installed into another folder', async () => {
    const other = join(folder, 'other');
    const install = ['install', '--no-audit', '--no-fund', '--prefix', other, tarball];
    // What `npm ci` left in the cache is mostly enough.
    let installed = await npm([...install, '--offline'], folder);
    if (installed.status !== 0) installed = await npm([...install, '--prefer-offline'], folder);
    const said = installed.stderr.toString();
    if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/.test(said)) {
      demand(given('the npm registry', 'try again with a network', false, true));
    }
    expect(said).not.toContain('npm error');
    const program = join(other, 'node_modules/.bin/mayexec');
    const ran = await run(program, ['--version'], { cwd: folder, purpose: 'the pack', package: 'mayexec' });
    expect(ran.stderr.toString()).toBe('');
    expect(ran.stdout.toString()).toContain(version());
    expect(ran.status).toBe(0);
  }, 600_000);
});
