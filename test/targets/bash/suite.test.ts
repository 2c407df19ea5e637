import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/programs/run.ts';
import { fillTemplate } from '../../../src/render/template.ts';
import { renderRuntime } from '../../../src/runtime/render.ts';
import { loadTarget } from '../../../src/target/find.ts';
import { needs, tool } from '../../needs.ts';

const SUITES = ['mayexec', 'inputrc', 'enable-f'];

/**
 * What the patches add to bash's own tests holds for the bash of the system too: it asks no kernel, and on one that
 * has no policy a patched shell must do as it does.
 */
describe("the series' tests with a stock bash", needs(tool('bash')), () => {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-suite-'));

  beforeAll(async () => {
    const target = await loadTarget('bash');
    const [release] = target.releases;
    if (release === undefined) throw new Error('no release');
    for (const name of SUITES) {
      for (const file of [`run-${name}`, `${name}.tests`, `${name}.right`]) {
        const text = fillTemplate(target, `${file}.ejs`, { release, runtime: renderRuntime });
        writeFileSync(join(work, file), text, { encoding: 'latin1', mode: 0o644 });
      }
    }
    mkdirSync(join(work, 'tmp'));
  });

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  /** What a test prints: nothing, if all is as it was. */
  const printed = async (name: string, env: Readonly<Record<string, string>>): Promise<string> => {
    const found = await run('bash', ['-c', 'command -v bash'], { purpose: 'a test', package: 'bash' });
    const ended = await run('sh', [`./run-${name}`], {
      purpose: 'a test',
      package: 'dash',
      cwd: work,
      env: {
        THIS_SH: found.stdout.toString().trim(),
        BASH_TSTOUT: join(work, 'out'),
        TMPDIR: join(work, 'tmp'),
        ...env,
      },
    });
    return `${ended.stdout.toString()}${ended.stderr.toString()}`;
  };

  it.each(SUITES)('run-%s', async (name) => {
    expect(await printed(name, {})).toBe('');
  });

  it.each(SUITES)('run-%s where variables of the environment would get in the way', async (name) => {
    const env = {
      BASH_ENV: '/nowhere',
      CDPATH: '/usr',
      LANG: 'de_DE.UTF-8',
      PATH: `:${process.env['PATH'] ?? ''}`,
    };
    expect(await printed(name, env)).toBe('');
  });

  it('run-mayexec tells a kernel without a policy where one is demanded', async () => {
    expect(await printed('mayexec', { MAYEXEC_POLICY: 'on' })).toContain('< policy is off');
  });
});
