import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { Bed, Outcome, Policy } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { demand } from '../needs.ts';
import type { Need } from '../needs.ts';
import { say } from '../prove/bed.ts';
import { cache } from '../prove/place.ts';
import { builtInterpreter } from './built.ts';
import { trials } from './programs.ts';
import type { Trial } from './programs.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');

/** Runs the built program on a prefix. */
function deploy(
  name: string,
  ...args: readonly string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, 'deploy', name, ...args], {
    encoding: 'latin1',
    maxBuffer: 1 << 26,
  });
}

/** Gives each file the mode that it has in a package: x bits for what is started by its name, and no others. */
function asPackaged(prefix: string): void {
  execFileSync('find', [
    prefix,
    '-type',
    'f',
    '!',
    '-path',
    `${prefix}/bin/*`,
    '-exec',
    'chmod',
    'a-x',
    '{}',
    '+',
  ]);
}

describe.each(trials)('$release', (trial: Trial) => {
  const [name = ''] = trial.release.split('@');
  let work = '';
  let prefix = '';
  let lacking: Need | undefined;
  let files: readonly { readonly installed: string; readonly kind: string }[] = [];

  /** Runs the program of the trial in a bed, as somebody who owns nothing of it. */
  function run(bed: Bed, policy: Policy): Promise<Outcome> {
    const [program, ...args] = trial.argv;
    return bed.run({
      argv: [`{place}/prefix/${program}`, ...args],
      place: '{place}',
      policy,
      user: 'nobody',
      watch: true,
      timeout: 60_000,
      env: { LC_ALL: 'C', TERM: 'dumb', ...trial.env },
      fixtures: [{ kind: 'bind', path: 'prefix', from: prefix }],
    });
  }

  /** What was opened below the prefix, and is there: flagged or not. */
  function opened({ opened: all, folder }: Outcome, flag: boolean): readonly string[] {
    const inside = `${folder}/prefix/`;
    const paths = all
      .filter((one) => one.flag === flag && one.path.startsWith(inside))
      .map(({ path }) => path);
    const names = [...new Set(paths.map((path) => path.slice(inside.length)))];
    return names.filter(
      (path) => lstatSync(join(prefix, path), { throwIfNoEntry: false })?.isFile() === true,
    );
  }

  beforeAll(async () => {
    const found = await builtInterpreter(trial.release);
    if ('lacking' in found) {
      ({ lacking } = found);
      return;
    }
    const { built } = found;
    work = mkdtempSync(join(tmpdir(), 'mayexec-deployed-'));
    chmodSync(work, 0o755);
    prefix = join(work, 'prefix');
    execFileSync('cp', ['-a', join(built.tree, built.trials.prefix ?? '.'), prefix]);
    for (const [file, text] of Object.entries(trial.added)) {
      mkdirSync(dirname(join(prefix, file)), { recursive: true });
      writeFileSync(join(prefix, file), text);
    }
    asPackaged(prefix);
  }, 300_000);

  afterAll(() => {
    if (work !== '') rmSync(work, { recursive: true, force: true });
  });

  it('is refused its library as packages have it, and runs when deploy has given x bits', async () => {
    if (lacking !== undefined) demand(lacking);
    const { stdout } = deploy(name, '--prefix', prefix, '--json');
    ({ files } = JSON.parse(stdout) as { files: typeof files });
    expect(files.length).toBeGreaterThan(1000);
    const refusing = async (work: (bed: Bed, policy: Policy) => Promise<void>): Promise<number> =>
      withBeds({ cache, say }, async (beds) => {
        const some = beds.filter(({ mechanism }) => mechanism !== 'none');
        for (const bed of some) await work(bed, bed.policies.includes(2) ? 2 : 3);
        return some.length;
      });

    const count = await refusing(async (bed, policy) => {
      const refused = await run(bed, policy);
      expect(refused.stderr.toString()).toMatch(trial.refused);
      expect(refused.status).not.toBe(0);
      expect(refused.stdout.toString()).not.toContain(trial.says);
    });
    expect(count).toBeGreaterThan(0);

    const written = deploy(name, '--prefix', prefix, '--write');
    expect(written.stderr).toContain(`\n${files.length} files changed\n`);
    expect(written.status).toBe(0);
    expect(deploy(name, '--prefix', prefix).stdout).toBe('');

    await refusing(async (bed, policy) => {
      const ran = await run(bed, policy);
      expect(ran.stdout.toString() + ran.stderr.toString()).toContain(trial.says);
      expect(ran.status).toBe(0);
      if (bed.name !== 'supervisor') return;
      const byPath = new Map(files.map(({ installed, kind }) => [installed, kind]));
      const flagged = opened(ran, true).filter((path) => !path.startsWith('bin/'));
      // Whatever was opened as code is on the list, and some file of each kind was.
      expect(flagged.filter((path) => !byPath.has(`${prefix}/${path}`))).toEqual([]);
      const kinds = new Set(flagged.map((path) => byPath.get(`${prefix}/${path}`)));
      expect([...kinds].sort()).toEqual(trial.kinds);
      expect(new Set(files.map(({ kind }) => kind))).toEqual(kinds);
      // Extension modules are opened without the flag, and are not on it.
      const objects = opened(ran, false).filter((path) => path.endsWith('.so'));
      expect(objects.length).toBeGreaterThan(0);
      expect(objects.filter((path) => byPath.has(`${prefix}/${path}`))).toEqual([]);
    });
  }, 300_000);
});
