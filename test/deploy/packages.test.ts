import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { demand, root, tool } from '../needs.ts';
import { install, modesIn } from './installation.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
let work = '';

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-packages-'));
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Runs a program in the folder of the test; both its streams, as bytes. */
function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: work,
    encoding: 'latin1',
    env: { PATH: process.env['PATH'], HOME: work, LC_ALL: 'C.UTF-8', ...env },
  });
  if (error) throw error;
  return `${stdout}${stderr}status ${String(status)}\n`;
}

/** What `mayexec deploy` prints on its standard output, when it ends well. */
function deploy(...args: readonly string[]): string {
  return told(0, ...args).stdout;
}

/** What `mayexec deploy` prints, when it ends with a status. */
function told(
  status: number,
  ...args: readonly string[]
): { readonly stdout: string; readonly stderr: string } {
  const ended = spawnSync(process.execPath, [cli, 'deploy', ...args], { cwd: work, encoding: 'latin1' });
  expect(ended.status, ended.stderr).toBe(status);
  return ended;
}

/** Makes a package of what is in `tree`. */
function deb(version: string): string {
  const control = `Package: probe\nVersion: ${version}\nArchitecture: all\nMaintainer: P <p@example.org>\nDescription: a probe\n`;
  mkdirSync(join(work, 'tree/DEBIAN'), { recursive: true });
  writeFileSync(join(work, 'tree/DEBIAN/control'), control);
  const file = join(work, `probe_${version}.deb`);
  expect(run('dpkg-deb', ['--root-owner-group', '--build', 'tree', file])).toContain('status 0');
  return file;
}

describe('dpkg', () => {
  /** An empty system of its own, in `root`. */
  function system(): Record<string, string> {
    const admin = join(work, 'root/var/lib/dpkg');
    for (const folder of ['info', 'updates']) mkdirSync(join(admin, folder), { recursive: true });
    mkdirSync(join(work, 'root/usr'));
    for (const file of ['status', 'statoverride']) writeFileSync(join(admin, file), '');
    return { DPKG_ROOT: join(work, 'root'), DPKG_ADMINDIR: admin };
  }

  function unpack(file: string): void {
    const options = ['--root=root', '--force-not-root', '--force-depends', '--log=/dev/null'];
    expect(run('dpkg', [...options, '--install', file])).toContain('status 0');
  }

  it('keeps the modes of the script over an upgrade, and those of chmod it does not', () => {
    demand(tool('dpkg-statoverride', 'dpkg'), root);
    const env = system();
    install(work, { 'tree/usr/share/perl5/Kept.pm': 0o644 });
    const first = deb('1');
    appendFileSync(join(work, 'tree/usr/share/perl5/Kept.pm'), '# new\n');
    const second = deb('2');

    unpack(first);
    writeFileSync(
      join(work, 'script'),
      deploy('perl', '--prefix', 'root', '--format', 'statoverride'),
      'latin1',
    );
    expect(deploy('perl', '--prefix', 'root', '--write')).toBe('');
    expect(modesIn(join(work, 'root/usr'))).toEqual({ 'share/perl5/Kept.pm': '755' });
    unpack(second);
    expect(modesIn(join(work, 'root/usr'))).toEqual({ 'share/perl5/Kept.pm': '644' });

    unpack(first);
    expect(run('sh', ['script'], env)).toBe('status 0\n');
    expect(modesIn(join(work, 'root/usr'))).toEqual({ 'share/perl5/Kept.pm': '755' });
    unpack(second);
    expect(modesIn(join(work, 'root/usr'))).toEqual({ 'share/perl5/Kept.pm': '755' });
    expect(readFileSync(join(work, 'root/usr/share/perl5/Kept.pm'), 'utf8')).toContain('# new');
  });

  it('is given the name that it has a file by, where /lib is a link to /usr/lib', () => {
    demand(tool('dpkg-statoverride', 'dpkg'), root);
    const env = system();
    mkdirSync(join(work, 'root/usr/lib'));
    symlinkSync('usr/lib', join(work, 'root/lib'));
    install(work, { 'tree/lib/python3/moved.py': 0o644, 'tree/usr/lib/python3/own.py': 0o644 });
    const first = deb('1');
    for (const name of ['lib/python3/moved.py', 'usr/lib/python3/own.py'])
      appendFileSync(join(work, 'tree', name), '# new\n');
    const second = deb('2');
    unpack(first);
    install(work, { 'root/usr/lib/python3/local.py': 0o644 });
    const script = deploy('python', '--prefix', 'root', '--format', 'statoverride');
    expect(script.match(/ '\/.*'$/gm)).toEqual([
      " '/usr/lib/python3/local.py'",
      " '/lib/python3/moved.py'",
      " '/usr/lib/python3/own.py'",
    ]);
    writeFileSync(join(work, 'script'), script, 'latin1');
    expect(run('sh', ['script'], env)).toBe('status 0\n');
    unpack(second);
    expect(modesIn(join(work, 'root/usr/lib'))).toEqual({
      'python3/local.py': '755',
      'python3/moved.py': '755',
      'python3/own.py': '755',
    });
  });

  it('is given every name as it is, and an override that is there stays', () => {
    demand(tool('dpkg-statoverride', 'dpkg'), root);
    const env = system();
    const names = [
      "it's.pm",
      'two words.pm',
      '$(touch x).pm',
      'a*b.pm',
      'axb.pm',
      'back\\slash.pm',
      '[a].pm',
      'é.pm',
    ];
    install(work, Object.fromEntries(names.map((name) => [`root/usr/share/perl5/${name}`, 0o644])));
    install(work, { 'root/usr/share/perl5/new\nline.pm': 0o644, 'root/usr/share/perl5/Own.pm': 0o640 });
    const own = ['--update', '--add', 'root', 'root', '0600', '/usr/share/perl5/Own.pm'];
    run('dpkg-statoverride', own, env);
    install(work, { 'root/usr/share/perl5/Gone.pm': 0o644 });
    const { stdout, stderr } = told(
      PROBLEMS.unnameable.exit,
      'perl',
      '--prefix',
      'root',
      '--format',
      'statoverride',
    );
    expect(stderr).toContain('new\\nline.pm');
    writeFileSync(join(work, 'script'), stdout, 'latin1');
    rmSync(join(work, 'root/usr/share/perl5/Gone.pm'));

    expect(run('sh', ['script'], env)).toBe(
      'no such file: /usr/share/perl5/Gone.pm\nleft as it is: root root 600 /usr/share/perl5/Own.pm\nstatus 0\n',
    );
    expect(modesIn(join(work, 'root/usr/share/perl5'))).toEqual({
      ...Object.fromEntries(names.map((name) => [name, '755'])),
      'Own.pm': '600',
      'new\nline.pm': '644',
    });
    const again = run('sh', ['script'], env);
    expect(again.match(/^left as it is/gm)?.length).toBe(names.length + 1);
  });
});

/** The rule for debian/rules that docs/deploy.md gives. */
function documentedRule(): string {
  const page = readFileSync(join(packageFolder, 'docs/deploy.md'), 'utf8');
  const rule = /```make\n(execute_after_dh_fixperms:[^]*?)```/.exec(page)?.[1];
  if (rule === undefined) throw new Error('docs/deploy.md has no rule for debian/rules');
  return rule;
}

describe('dpkg-buildpackage', () => {
  it('keeps x bits that the rule of docs/deploy.md sets for each package, and none that are set in debian/tmp', () => {
    demand(tool('dh_fixperms', 'debhelper'));
    install(work, {
      'source/debian/source/format': 0o644,
      'source/One.pm': 0o644,
      'source/Two.pm': 0o644,
      'source/one.py': 0o644,
    });
    const packages = ['one', 'two', 'doc'].map(
      (name) => `\nPackage: probe-${name}\nArchitecture: all\nDescription: a probe\n A probe.\n`,
    );
    const debian = {
      control: `Source: probe\nMaintainer: P <p@example.org>\nBuild-Depends: debhelper-compat (= 13)\nRules-Requires-Root: no\n${packages.join('')}`,
      changelog:
        'probe (1) unstable; urgency=low\n\n  * One.\n\n -- P <p@example.org>  Mon, 02 Jan 2023 00:00:00 +0000\n',
      'source/format': '3.0 (native)\n',
      'probe-one.install': 'usr/share/perl5/One.pm\n',
      'probe-two.install': 'usr/share/perl5/Two.pm\nusr/lib/python3/dist-packages/one.py\n',
      rules:
        '#!/usr/bin/make -f\n%:\n\tdh $@\noverride_dh_auto_install:\n' +
        '\tinstall -D -m 644 -t debian/tmp/usr/share/perl5 One.pm Two.pm\n' +
        '\tinstall -D -m 644 -t debian/tmp/usr/lib/python3/dist-packages one.py\n' +
        documentedRule().replace('deploy python', 'deploy perl') +
        '\tmayexec deploy python --prefix debian/tmp --write\n',
    };
    for (const [name, text] of Object.entries(debian)) writeFileSync(join(work, 'source/debian', name), text);
    chmodSync(join(work, 'source/debian/rules'), 0o755);
    mkdirSync(join(work, 'bin'));
    writeFileSync(join(work, 'bin/mayexec'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {
      mode: 0o755,
    });

    const build = spawnSync(
      'dpkg-buildpackage',
      ['--unsigned-source', '--unsigned-changes', '--build=binary', '--no-check-builddeps'],
      {
        cwd: join(work, 'source'),
        encoding: 'utf8',
        env: { PATH: `${join(work, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: work, LC_ALL: 'C.UTF-8' },
      },
    );
    expect(build.status, build.stdout + build.stderr).toBe(0);
    const modes = ['one', 'two', 'doc'].flatMap((name) =>
      run('dpkg-deb', ['--contents', `probe-${name}_1_all.deb`])
        .split('\n')
        .flatMap((line) => {
          const [, mode, file] = /^-(\S{9}) .*\/(\w+\.p[my])$/.exec(line) ?? [];
          return mode === undefined || file === undefined ? [] : [`${mode} ${name}: ${file}`];
        }),
    );
    expect(modes).toEqual(['rwxr-xr-x one: One.pm', 'rw-r--r-- two: one.py', 'rwxr-xr-x two: Two.pm']);
  }, 120_000);
});

describe('debhelper', () => {
  it('takes x bits from Perl modules, and from no Python ones, and is followed by deploy for that reason', () => {
    demand(tool('dh_fixperms', 'debhelper'));
    install(work, {
      'debian/probe/usr/share/perl5/One.pm': 0o644,
      'debian/probe/usr/lib/python3/dist-packages/one.py': 0o644,
    });
    writeFileSync(
      join(work, 'debian/control'),
      'Source: probe\nMaintainer: P <p@example.org>\nBuild-Depends: debhelper-compat (= 13)\n\nPackage: probe\nArchitecture: all\nDescription: a probe\n',
    );
    const modes = (): Record<string, string> => modesIn(join(work, 'debian/probe/usr'));
    const [perl, python] = ['share/perl5/One.pm', 'lib/python3/dist-packages/one.py'];
    for (const name of ['perl', 'python']) deploy(name, '--prefix', 'debian/probe', '--write');
    expect(modes()).toEqual({ [perl]: '755', [python]: '755' });
    expect(run('dh_fixperms', [])).toContain('status 0');
    expect(modes()).toEqual({ [perl]: '644', [python]: '755' });
    deploy('perl', '--prefix', 'debian/probe', '--write');
    expect(modes()).toEqual({ [perl]: '755', [python]: '755' });
  });
});

describe('lintian', () => {
  it('warns of each file that is executable and no script, unless the package says that it means it', () => {
    demand(tool('lintian'));
    install(work, {
      'tree/usr/lib/python3/dist-packages/one.py': 0o644,
      'tree/usr/lib/python3/dist-packages/one.pth': 0o644,
      'tree/usr/share/perl5/One.pm': 0o644,
    });
    const tags = (file: string): readonly string[] =>
      run('lintian', ['--allow-root', '--tags', 'executable-not-elf-or-script,script-not-executable', file])
        .split('\n')
        .filter((line) => line.includes('executable'));
    expect(tags(deb('1'))).toEqual([]);
    deploy('python', '--prefix', 'tree', '--write');
    deploy('perl', '--prefix', 'tree', '--write');
    const files = [
      'usr/lib/python3/dist-packages/one.pth',
      'usr/lib/python3/dist-packages/one.py',
      'usr/share/perl5/One.pm',
    ];
    expect(tags(deb('2'))).toEqual(files.map((file) => `W: probe: executable-not-elf-or-script [${file}]`));
    mkdirSync(join(work, 'tree/usr/share/lintian/overrides'), { recursive: true });
    writeFileSync(
      join(work, 'tree/usr/share/lintian/overrides/probe'),
      'probe: executable-not-elf-or-script [usr/lib/python3/*]\nprobe: executable-not-elf-or-script [usr/share/perl5/*]\n',
    );
    expect(tags(deb('3'))).toEqual([]);
  });
});

describe('rpm', () => {
  it('takes modes from %attr lines, and shows one that was changed afterwards', () => {
    demand(tool('rpmbuild', 'rpm'), root);
    mkdirSync(join(work, 'SPECS'));
    install(work, {
      'stage/usr/lib/python3/dist-packages/one.py': 0o644,
      "stage/usr/lib/python3/dist-packages/it's two.py": 0o644,
      'stage/usr/lib/python3/dist-packages/100%.py': 0o644,
    });
    const { stdout, stderr } = told(
      PROBLEMS.unnameable.exit,
      'python',
      '--prefix',
      'stage',
      '--format',
      'rpm',
    );
    expect(stderr).toContain('/usr/lib/python3/dist-packages/100%.py');
    writeFileSync(join(work, 'list'), stdout);
    expect(readFileSync(join(work, 'list'), 'utf8')).toBe(
      `%attr(0755, root, root) "/usr/lib/python3/dist-packages/it's two.py"\n` +
        '%attr(0755, root, root) /usr/lib/python3/dist-packages/one.py\n',
    );
    writeFileSync(
      join(work, 'SPECS/probe.spec'),
      'Name: probe\nVersion: 1\nRelease: 1\nSummary: a probe\nLicense: MIT\nBuildArch: noarch\n%description\nA probe.\n' +
        `%install\ncp -a ${work}/stage/. %{buildroot}\n%files -f ${work}/list\n/usr/lib/python3\n`,
    );
    const build = [
      '--define',
      `_topdir ${work}`,
      '--define',
      '__os_install_post %{nil}',
      '-bb',
      'SPECS/probe.spec',
    ];
    expect(run('rpmbuild', build)).toContain('File listed twice');
    mkdirSync(join(work, 'root'));
    const rpm = (...args: readonly string[]): string =>
      run('rpm', ['--root', join(work, 'root'), '--dbpath', '/db', ...args]);
    expect(rpm('--install', '--nodeps', 'RPMS/noarch/probe-1-1.noarch.rpm')).toContain('status 0');
    const modes = (): Record<string, string> => modesIn(join(work, 'root/usr/lib/python3/dist-packages'));
    expect(modes()).toEqual({ '100%.py': '644', "it's two.py": '755', 'one.py': '755' });
    expect(rpm('--verify', '--nodeps', 'probe')).toBe('status 0\n');
    chmodSync(join(work, 'root/usr/lib/python3/dist-packages/100%.py'), 0o755);
    expect(rpm('--verify', '--nodeps', 'probe')).toBe(
      '.M.......    /usr/lib/python3/dist-packages/100%.py\nstatus 1\n',
    );
    rpm('--upgrade', '--replacepkgs', '--nodeps', 'RPMS/noarch/probe-1-1.noarch.rpm');
    expect(modes()['100%.py']).toBe('644');
  });
});

describe('rpmlint', () => {
  it('calls each executable file without a shebang an error, those of profile.d twice, unless it is told', () => {
    demand(tool('rpmbuild', 'rpm'));
    demand(tool('rpmlint'));
    mkdirSync(join(work, 'SPECS'));
    install(work, {
      'stage/etc/profile.d/one.sh': 0o644,
      'stage/usr/lib/python3/dist-packages/one.py': 0o644,
      'stage/usr/share/bash-completion/completions/one': 0o644,
      'stage/usr/share/perl5/One.pm': 0o644,
    });
    writeFileSync(
      join(work, 'SPECS/probe.spec'),
      'Name: probe\nVersion: 1\nRelease: 1\nSummary: a probe\nLicense: MIT\nBuildArch: noarch\n%description\nA probe.\n' +
        `%install\ncp -a ${work}/stage/. %{buildroot}\n%files\n/usr/lib/python3\n/usr/share/perl5\n/usr/share/bash-completion\n%config /etc/profile.d/one.sh\n`,
    );
    const rules = [
      '--define',
      `_topdir ${work}`,
      '--define',
      '__os_install_post %{nil}',
      '-bb',
      'SPECS/probe.spec',
    ];
    const opinion = (...args: readonly string[]): readonly string[] => {
      expect(run('rpmbuild', rules)).toContain('status 0');
      return run('rpmlint', [...args, 'RPMS/noarch/probe-1-1.noarch.rpm'])
        .split('\n')
        .filter((line) => /executable|shebang/.test(line))
        .map((line) => line.replace(/^probe\.noarch: /, ''));
    };
    expect(opinion()).toEqual([]);
    for (const name of ['bash', 'perl', 'python']) deploy(name, '--prefix', 'stage', '--write');
    expect([...opinion()].sort()).toEqual([
      'E: executable-marked-as-config-file /etc/profile.d/one.sh',
      'E: executable-sourced-script /etc/profile.d/one.sh 755',
      'E: script-without-shebang /usr/lib/python3/dist-packages/one.py',
      'E: script-without-shebang /usr/share/bash-completion/completions/one',
      'E: script-without-shebang /usr/share/perl5/One.pm',
    ]);
    const page = readFileSync(join(packageFolder, 'docs/deploy.md'), 'utf8');
    const filters = page.match(/^ {4}addFilter\(.*\)$/gm) ?? [];
    writeFileSync(join(work, 'probe.rpmlintrc'), filters.map((line) => `${line.trim()}\n`).join(''));
    expect(opinion('--rpmlintrc', 'probe.rpmlintrc')).toEqual([]);
  }, 60_000);
});
