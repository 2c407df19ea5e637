import { describe, expect, it } from 'vitest';
import { kindsFor } from '../../src/deploy/file-kinds.ts';
import { checkDeployment } from '../../src/target/define-deployment.ts';
import type { Deployment } from '../../src/target/deployment.ts';
import { interpreterNames, loadDeployment, loadTarget } from '../../src/target/find.ts';
import { flaggedRules } from '../../src/target/flagged.ts';
import { Problem } from '../../src/problems.ts';

describe.each(interpreterNames())('%s', (name) => {
  it('names files for each rule that opens code, or a reason; and only files that such a rule opens', async () => {
    const target = await loadTarget(name);
    const deployment = await loadDeployment(target);
    expect(deployment.kinds.length).toBeGreaterThan(0);
    // What the check of the target is worth: each of these must be noticed.
    const exempt = target.rules.find(({ verdict }) => verdict === 'exempt')?.id ?? '';
    const [kind, ...others] = deployment.kinds;
    if (kind === undefined) throw new Error('no kind');
    const message = (changed: Partial<Deployment>): string => {
      try {
        checkDeployment(target, { ...deployment, ...changed });
        return 'nothing';
      } catch (error) {
        return error instanceof Problem && error.code === 'target-invalid' ? error.message : String(error);
      }
    };
    expect(message({})).toBe('nothing');
    expect(message({ kinds: [{ ...kind, rules: [exempt] }, ...others] })).toContain('no patch opens as code');
    expect(message({ kinds: [{ ...kind, rules: ['none'] }, ...others] })).toContain('does not exist');
    expect(message({ kinds: [{ ...kind, rules: [] }, ...others] })).toContain('name no rule');
    expect(message({ kinds: [kind, ...deployment.kinds] })).toContain('occur twice');
    expect(message({ noFiles: {} })).toContain('or the reason why no such file');
    expect(message({ noFiles: { ...deployment.noFiles, [exempt]: '?' } })).toContain(
      `rule ${exempt} needs no reason`,
    );
    expect(message({ plain: [{ ...kind, id: 'other' }] })).toContain('are opened as before');
  });

  it('lists nothing where no patch is made', async () => {
    const target = await loadTarget(name);
    const deployment = await loadDeployment(target);
    expect(flaggedRules(target, []).size).toBe(0);
    const kindOf = kindsFor(deployment, new Set());
    const paths = ['/usr/lib/python3/a.py', '/usr/share/perl5/A.pm', '/etc/profile', '/usr/lib/bash/sleep'];
    expect(paths.filter((path) => kindOf(path)?.opened === 'as code')).toEqual([]);
    const all = kindsFor(deployment, flaggedRules(target, target.patches));
    expect(paths.filter((path) => all(path)?.opened === 'as code').length).toBeGreaterThan(0);
  });
});

/** Where distributions, and the projects themselves, put files; and what these are there. */
const LAYOUTS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  bash: {
    '/etc/bash.bashrc': 'startup',
    '/etc/bash/bashrc': 'startup',
    '/etc/bash_completion.d/git-prompt': 'completion',
    '/etc/bashrc': 'startup',
    '/etc/inputrc': 'inputrc',
    '/etc/profile.d/lang.csh': undefined,
    '/etc/profile.d/lang.sh': 'startup',
    '/etc/profile.d/sh.local': 'startup',
    '/etc/skel/.bashrc': 'home',
    '/root/.profile': 'home',
    '/srv/venv/bin/activate': 'activation',
    '/srv/venv/bin/activate.fish': undefined,
    '/usr/bin/ldd': undefined,
    '/usr/lib/bash/sleep': 'loadable',
    '/usr/lib/python3.11/venv/scripts/common/activate': 'activation',
    '/usr/lib/bash/Makefile.inc': undefined,
    '/usr/share/bash-completion/completions/ls': 'completion',
    '/usr/share/bashdb/bashdb-main.inc': 'debugger',
  },
  perl: {
    '/etc/perl/Net/libnet.cfg': 'settings',
    '/opt/perl/lib/5.36.0/strict.pm': 'module',
    '/opt/perl/lib/site_perl/5.36.0/One.pm': 'module',
    '/usr/bin/corelist': undefined,
    '/usr/lib/perl5/5.36/core_perl/auto/POSIX/load_imports.al': 'autoload',
    '/usr/lib/x86_64-linux-gnu/perl-base/strict.pm': 'module',
    '/usr/lib/x86_64-linux-gnu/perl/5.36/asm/errno.ph': 'library',
    '/usr/lib/x86_64-linux-gnu/perl5/5.36/auto/DBI/DBI.so': undefined,
    '/usr/lib64/perl5/vendor_perl/One.pm': 'module',
    '/usr/local/share/perl/5.36.0/One.pm': 'module',
    '/usr/share/doc/perl/example.pl': undefined,
    '/usr/share/perl/5.36.0/ExtUtils/typemap': undefined,
    '/usr/share/perl/5.36.0/ExtUtils/xsubpp': 'tool',
    '/usr/share/perl/5.36.0/unicore/Name.pl': 'library',
    '/usr/share/perl5/One.pod': undefined,
    '/usr/share/perl5/sitecustomize.pl': 'startup',
  },
  python: {
    '/etc/python3.11/sitecustomize.py': 'startup',
    '/opt/python/lib/python3.13t/os.py': 'module',
    '/srv/venv/lib/python3.11/site-packages/one.pth': 'pth',
    '/srv/venv/pyvenv.cfg': 'path-configuration',
    '/usr/bin/pydoc3': undefined,
    '/usr/lib/python3.11/LICENSE.txt': undefined,
    '/usr/lib/python3.11/__pycache__/os.cpython-311.opt-1.pyc': 'bytecode',
    '/usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so': undefined,
    '/usr/lib/python3.11/one.pth': undefined,
    '/usr/lib/python3/dist-packages/one-1.0.egg': 'archive',
    '/usr/lib/python3/dist-packages/one.pyc': 'sourceless',
    '/usr/lib/python311.zip': 'archive',
    '/usr/lib64/python3.11/os.py': 'module',
    '/usr/local/lib/python3.11/dist-packages/one/two.py': 'module',
    '/usr/share/app/one.py': undefined,
    '/usr/share/python-wheels/pip.whl': 'archive',
    '/usr/share/python3/debpython/version.py': 'module',
  },
};

it.each(interpreterNames())('%s: files are known where they are', async (name) => {
  const target = await loadTarget(name);
  const flagged = flaggedRules(target, target.patches, target.releases[0]);
  const kindOf = kindsFor(await loadDeployment(target), flagged);
  const paths = Object.keys(LAYOUTS[name] ?? {});
  expect(paths.length).toBeGreaterThan(0);
  const found = paths.map((path): [string, string | undefined] => {
    const kind = kindOf(path);
    return [path, kind?.opened === 'as code' ? kind.kind.id : undefined];
  });
  expect(Object.fromEntries(found)).toEqual(LAYOUTS[name]);
});
