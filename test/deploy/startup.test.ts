import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { Bed, Outcome } from '../../src/prove/bed.ts';
import { inBed } from '../prove/bed.ts';
import { demand, gcc, root } from '../needs.ts';
import { builtInterpreter } from './built.ts';
import { install, modesIn } from './installation.ts';

let work = '';

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-startup-'));
  chmodSync(work, 0o755);
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The files of a system that a login shell reads, and what each says. */
const SYSTEM = {
  'etc/profile':
    'echo profile; . /etc/profile.d/one.sh; . /usr/share/bash-completion/bash_completion; bind -f /etc/inputrc\n',
  'etc/profile.d/one.sh': 'echo profile.d\n',
  'etc/inputrc': 'set bell-style none\n',
  'usr/share/bash-completion/bash_completion':
    'echo completion; . /usr/share/bash-completion/completions/ls\n',
  'usr/share/bash-completion/completions/ls': 'echo ls\n',
};

it('a login shell is refused the startup files of a system, and reads them after deploy', async () => {
  demand(gcc, root);
  const found = await builtInterpreter('bash@5.2.15');
  if ('lacking' in found) {
    demand(found.lacking);
    return;
  }
  install(work, Object.fromEntries(Object.keys(SYSTEM).map((name) => [name, 0o644])));
  for (const [name, text] of Object.entries(SYSTEM)) writeFileSync(join(work, name), text);

  /** In a mount namespace that the bed made, so that nothing of the machine is changed. */
  const login = (bed: Bed): Promise<Outcome> =>
    bed.run({
      argv: [
        '/bin/sh',
        '-c',
        'mount --bind etc /etc && mount --bind share /usr/share && exec ./bash --login -c "echo done"',
      ],
      policy: 2,
      user: 'root',
      watch: true,
      fixtures: [
        { kind: 'bind', path: 'bash', from: found.built.binary },
        { kind: 'bind', path: 'etc', from: join(work, 'etc') },
        { kind: 'bind', path: 'share', from: join(work, 'usr/share') },
      ],
    });

  await inBed('supervisor', async (bed) => {
    const refused = await login(bed);
    expect(refused.stderr.toString()).toContain('/etc/profile: Permission denied');
    expect(refused.stdout.toString()).toBe('done\n');

    const cli = join(packageFolder, 'dist', 'src', 'cli.js');
    spawnSync(process.execPath, [cli, 'deploy', 'bash', '--prefix', work, '--write']);
    expect(modesIn(work)).toEqual(
      Object.fromEntries(
        Object.keys(SYSTEM)
          .sort()
          .map((name) => [name, '755']),
      ),
    );

    const ran = await login(bed);
    expect(ran.stdout.toString()).toBe('profile\nprofile.d\ncompletion\nls\ndone\n');
    // Those of a home are looked for as well, and are not there.
    const opened = ran.opened.filter(({ flag, outcome }) => flag && outcome === 'allowed');
    expect([...new Set(opened.map(({ path }) => path.slice(1)))].sort()).toEqual(Object.keys(SYSTEM).sort());
  });
});
