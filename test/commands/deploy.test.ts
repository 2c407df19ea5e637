import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { install, modesIn } from '../deploy/installation.ts';
import { demand, reachable, root } from '../needs.ts';
import { nobody } from '../prove/place.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
let work = '';

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-deploy-'));
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program in the folder of the test; its output as bytes. */
function deploy(...args: readonly string[]): Told {
  return spawnSync(process.execPath, [cli, 'deploy', ...args], {
    cwd: work,
    env: { ...process.env, NO_COLOR: '1' },
    encoding: 'latin1',
  });
}

/** The same, by somebody who owns nothing of it. */
function asNobody(...args: readonly string[]): Told {
  const who = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
  return spawnSync('setpriv', [...who, process.execPath, cli, 'deploy', ...args], {
    cwd: work,
    encoding: 'latin1',
    env: { PATH: process.env['PATH'], HOME: work },
  });
}

/** What is listed, relative to the folder of the test. */
function listed(...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = deploy(...args);
  expect(stderr).not.toMatch(/^mayexec:/m);
  expect(status).toBe(0);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(work.length + 1));
}

function fails(code: ProblemCode, ...args: readonly string[]): string {
  const { status, stderr } = deploy(...args);
  expect(stderr).toMatch(/^mayexec: .+\n/m);
  expect(status).toBe(PROBLEMS[code].exit);
  return stderr;
}

/** What a package of Python is built from, in small. */
const PYTHON = {
  'tmp/etc/python3.11/sitecustomize.py': 0o644,
  'tmp/usr/bin/python3.11': 0o755,
  'tmp/usr/lib/python311.zip': 0o644,
  'tmp/usr/lib/python3.11/__pycache__/os.cpython-311.pyc': 0o644,
  'tmp/usr/lib/python3.11/lib-dynload/_ssl.so': 0o644,
  'tmp/usr/lib/python3.11/os.py': 0o644,
  'tmp/usr/lib/python3.11/pdb.py': 0o755,
  'tmp/usr/lib/python3.11/sitecustomize.py': '-> /etc/python3.11/sitecustomize.py',
  'tmp/usr/lib/python3.11/turtledemo/turtle.cfg': 0o644,
  'tmp/usr/lib/python3/dist-packages/a.pth': 0o644,
  'tmp/usr/lib/python3/dist-packages/late.pyc': 0o644,
  'tmp/usr/share/doc/python3.11/example.py': 0o644,
} as const;

describe('the list', () => {
  it('has what is opened as code and has no x bits, sorted by bytes', () => {
    install(work, PYTHON);
    expect(listed('python', '--prefix', 'tmp')).toEqual([
      'tmp/etc/python3.11/sitecustomize.py',
      'tmp/usr/lib/python3.11/__pycache__/os.cpython-311.pyc',
      'tmp/usr/lib/python3.11/os.py',
      'tmp/usr/lib/python3/dist-packages/a.pth',
      'tmp/usr/lib/python3/dist-packages/late.pyc',
      'tmp/usr/lib/python311.zip',
    ]);
  });

  it('comes with a count of each kind, of what has x bits already, and of what is opened as before', () => {
    install(work, PYTHON);
    const { stderr } = deploy('python', '--prefix', 'tmp');
    expect(stderr).toMatch(/^ {2}module +1 +1 +modules/m);
    expect(stderr).toMatch(/^ {2}1 of extension modules \(\.so\): ld\.so opens them/m);
    expect(stderr).toMatch(/^ {2}sourceless +1 +0 +bytecode without a source/m);
    expect(stderr).toContain('executable-not-elf-or-script');
    expect(stderr).toContain('dpkg-statoverride');
    expect(stderr).toContain('rpm -V');
  });

  it('is the same for a folder within the root, and for a prefix of its own', () => {
    install(work, PYTHON);
    const library = ['__pycache__/os.cpython-311.pyc', 'os.py'];
    expect(listed('python', '--prefix', 'tmp/usr/lib/python3.11')).toEqual(
      library.map((name) => `tmp/usr/lib/python3.11/${name}`),
    );
    install(work, { 'opt/python/bin/python3': 0o755, 'opt/python/lib/python3.13/os.py': 0o644 });
    expect(listed('python', '--prefix', 'opt/python')).toEqual(['opt/python/lib/python3.13/os.py']);
  });

  it('has the kinds of the patches that are chosen by --roles', () => {
    install(work, {
      'root/etc/inputrc': 0o644,
      'root/etc/profile': 0o644,
      'root/etc/profile.d/a.sh': 0o755,
      'root/usr/lib/bash/Makefile.inc': 0o644,
      'root/usr/lib/bash/sleep': 0o644,
      'root/usr/share/bash-completion/completions/ls': 0o644,
    });
    const always = ['root/etc/profile', 'root/usr/share/bash-completion/completions/ls'];
    expect(listed('bash', '--prefix', 'root')).toEqual(['root/etc/inputrc', ...always]);
    expect(listed('bash', '--prefix', 'root', '--roles', 'script')).toEqual(always);
    expect(listed('bash', '--prefix', 'root', '--roles', 'loadable')).toEqual([
      always[0],
      'root/usr/lib/bash/sleep',
      always[1],
    ]);
  });

  it('of a Perl has no bootstrap file without content, and no documentation', () => {
    install(work, {
      'r/usr/lib/x86_64-linux-gnu/perl/5.36/auto/POSIX/POSIX.bs': 0o644,
      'r/usr/lib/x86_64-linux-gnu/perl/5.36/auto/POSIX/POSIX.so': 0o644,
      'r/usr/share/perl/5.36.0/pod/perlfunc.pod': 0o644,
      'r/usr/share/perl/5.36.0/unicore/Name.pl': 0o644,
      'r/usr/share/perl5/One.pm': 0o644,
    });
    writeFileSync(join(work, 'r/usr/lib/x86_64-linux-gnu/perl/5.36/auto/Empty.bs'), '');
    expect(listed('perl', '--prefix', 'r')).toEqual([
      'r/usr/lib/x86_64-linux-gnu/perl/5.36/auto/POSIX/POSIX.bs',
      'r/usr/share/perl/5.36.0/unicore/Name.pl',
      'r/usr/share/perl5/One.pm',
    ]);
  });

  it('has what --also names: a file, and of a folder what would be code in the library', () => {
    install(work, {
      'r/usr/share/app/app.py': 0o644,
      'r/usr/share/app/app.so': 0o644,
      'r/usr/share/app/app.txt': 0o644,
      'r/usr/share/app/deep/one.py': 0o644,
      'r/usr/share/other/functions.sh': 0o644,
      'r/usr/share/other/other.py': 0o644,
    });
    const also = ['--also', '/usr/share/app', '--also', 'usr/share/other/functions.sh'];
    expect(listed('python', '--prefix', 'r', ...also)).toEqual([
      'r/usr/share/app/app.py',
      'r/usr/share/app/deep/one.py',
      'r/usr/share/other/functions.sh',
    ]);
    expect(fails('usage', 'bash', '--prefix', 'r', '--also', '/usr/share/app')).toContain('name those');
    expect(fails('bad-path', 'bash', '--prefix', 'r', '--also', '/usr/none')).toContain('/usr/none');
  });

  it('says as JSON what becomes of each file, on which system', () => {
    install(work, { 'r/usr/lib/python3/dist-packages/é.py': 0o640 });
    const odd = Buffer.concat([Buffer.from(`${work}/r/usr/lib/python3/dist-packages/`), Buffer.from([0xe9])]);
    writeFileSync(Buffer.concat([odd, Buffer.from('.py')]), '\n', { mode: 0o644 });
    const { stdout } = deploy('python', '--prefix', 'r', '--json');
    const { root, files } = JSON.parse(Buffer.from(stdout, 'latin1').toString()) as {
      readonly root: string;
      readonly files: readonly unknown[];
    };
    expect(root).toBe(join(work, 'r'));
    const folder = '/usr/lib/python3/dist-packages';
    expect(files).toEqual([
      {
        path: `${work}/r${folder}/é.py`,
        installed: `${folder}/é.py`,
        kind: 'module',
        mode: '0640',
        becomes: '0750',
      },
      {
        path: `${work}/r${folder}/\ufffd.py`,
        installed: `${folder}/\ufffd.py`,
        bytes: Buffer.from(`${folder}/\xe9.py`, 'latin1').toString('base64'),
        kind: 'module',
        mode: '0644',
        becomes: '0755',
      },
    ]);
  });
});

describe('links and what else stands there', () => {
  it('links are followed below the prefix, as the installed system resolves them, and no further', () => {
    install(work, {
      'outside/secret.py': 0o644,
      'r/usr/lib/python3/dist-packages/away.py': '-> ../../../../../outside/secret.py',
      'r/usr/lib/python3/dist-packages/circle': '-> .',
      'r/usr/lib/python3/dist-packages/here.py': '-> /srv/here.txt',
      'r/usr/lib/python3/dist-packages/one': '-> ../../../share/one',
      'r/srv/here.txt': 0o644,
      'r/usr/share/one/module.py': 0o644,
      'r/usr/share/two/module.py': 0o644,
    });
    expect(listed('python', '--prefix', 'r', '--write')).toEqual([]);
    expect(modesIn(work)).toEqual({
      'outside/secret.py': '644',
      'r/srv/here.txt': '755',
      'r/usr/share/one/module.py': '755',
      'r/usr/share/two/module.py': '644',
    });
    const { stderr } = deploy('python', '--prefix', 'r');
    expect(stderr).toContain(
      'warning: /usr/lib/python3/dist-packages/away.py: a link that leaves what is searched',
    );
  });

  it('what everybody may write, other names and what is no file are warned of', () => {
    install(work, {
      'r/usr/lib/python3.11/open.py': 0o666,
      'elsewhere.py': 0o644,
      'r/usr/lib/python3.11/hard.py': '= elsewhere.py',
      'r/usr/share/doc/a\nb': '= elsewhere.py',
      'r/usr/lib/python3.11/all/a.py': 0o644,
    });
    execFileSync('chmod', ['777', join(work, 'r/usr/lib/python3.11/all')]);
    execFileSync('mkfifo', [join(work, 'r/usr/lib/python3.11/pipe.py')]);
    const { stderr, status } = deploy('python', '--prefix', 'r', '--write');
    expect(status).toBe(0);
    const warnings = stderr.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings.map((line) => line.slice('warning: /usr/lib/python3.11/'.length))).toEqual([
      'open.py: everybody may write to it, so execute permission means nothing',
      'hard.py: changes the mode of its other names too: /usr/share/doc/a\\x0ab, 1 more outside the root',
      'all: everybody may write to this folder',
      'pipe.py: not a regular file: refused whatever its mode',
    ]);
  });

  it('a file whose text cannot be read may name others, which makes the list one that is not whole', () => {
    demand(root, reachable);
    install(work, { 'r/usr/lib/python3/a.py': 0o644, 'r/usr/lib/python3/shut.py': 0o600 });
    execFileSync('chmod', ['755', work]);
    const list = asNobody('python', '--prefix', 'r');
    expect(list.stderr).toContain('/usr/lib/python3/shut.py: EACCES');
    expect(list.stdout).toContain(`${work}/r/usr/lib/python3/a.py\n`);
    expect(list.status).toBe(PROBLEMS.unlisted.exit);
  });

  it('a folder that cannot be read makes the list one that is not whole, and nothing is written', () => {
    demand(root, reachable);
    install(work, { 'r/usr/lib/python3/a.py': 0o644, 'r/usr/lib/python3/shut/b.py': 0o644 });
    execFileSync('chmod', ['700', join(work, 'r/usr/lib/python3/shut')]);
    execFileSync('chmod', ['755', work]);
    const as = (...args: readonly string[]): Told => asNobody('python', '--prefix', 'r', ...args);
    const list = as();
    expect(list.stderr).toContain('/usr/lib/python3/shut: EACCES');
    expect(list.stdout).toBe(`${work}/r/usr/lib/python3/a.py\n`);
    expect(list.status).toBe(PROBLEMS.unlisted.exit);
    expect(as('--write').status).toBe(PROBLEMS.unlisted.exit);
    expect(modesIn(work)['r/usr/lib/python3/a.py']).toBe('644');
  });
});

describe('names of every byte', () => {
  it('those that a list cannot hold are left out of it, named, and a failure; the others are there', () => {
    install(work, { 'r/usr/share/perl5/new\nline.pm': 0o644, 'r/usr/share/perl5/Plain.pm': 0o644 });
    const { stdout } = deploy('perl', '--prefix', 'r');
    expect(stdout).toBe(`${work}/r/usr/share/perl5/Plain.pm\n`);
    expect(fails('unnameable', 'perl', '--prefix', 'r')).toContain('new\\nline.pm');
    const json = JSON.parse(deploy('perl', '--prefix', 'r', '--json').stdout) as {
      readonly files: unknown[];
    };
    expect(json.files.length).toBe(2);
    expect(deploy('perl', '--prefix', 'r', '--write').status).toBe(0);
    expect(Object.values(modesIn(join(work, 'r')))).toEqual(['755', '755']);
  });
});

describe('guides to hardening', () => {
  const HOMES = {
    'r/etc/skel/.bashrc': 0o644,
    'r/etc/profile': 0o644,
    'r/root/.profile': 0o600,
    'r/usr/x': 0o644,
  };

  it('what one forbids is left as it is, in each form, and named with who forbids it', () => {
    install(work, HOMES);
    expect(listed('bash', '--prefix', 'r')).toEqual(['r/etc/profile']);
    for (const format of ['statoverride', 'rpm'])
      expect(deploy('bash', '--prefix', 'r', '--format', format).stdout).not.toMatch(/skel|root\/\./);
    const { stderr } = deploy('bash', '--prefix', 'r', '--write');
    expect(stderr).toMatch(/^warning: \/etc\/skel\/\.bashrc: left as it is, .*CIS/m);
    expect(stderr).toContain('\n2 left as they are');
    expect(modesIn(join(work, 'r'))).toEqual({
      'etc/profile': '755',
      'etc/skel/.bashrc': '644',
      'root/.profile': '600',
      'usr/x': '644',
    });
  });

  it('with --despite-guides the owner gets x, and nobody else: nobody else reads it', () => {
    install(work, HOMES);
    const { stderr } = deploy('bash', '--prefix', 'r', '--write', '--despite-guides');
    expect(stderr).toMatch(/^warning: \/root\/\.profile: gets execute permission: CIS/m);
    expect(stderr).not.toContain('STIG');
    expect(modesIn(join(work, 'r'))).toMatchObject({ 'etc/skel/.bashrc': '744', 'root/.profile': '700' });
    expect(deploy('bash', '--prefix', 'r', '--write', '--despite-guides').stderr).toContain(
      '\n0 files changed\n',
    );
  });
});

describe('--write', () => {
  it('gives x to whom may read, and to nobody else; a second run changes nothing', () => {
    install(work, {
      'r/usr/share/perl5/A.pm': 0o644,
      'r/usr/share/perl5/B.pm': 0o600,
      'r/usr/share/perl5/C.pm': 0o444,
      'r/usr/share/perl5/D.pm': 0o640,
      'r/usr/share/perl5/E.pm': 0o744,
      'r/usr/share/perl5/data.txt': 0o644,
    });
    expect(deploy('perl', '--prefix', 'r', '--write').stderr).toContain('\n5 files changed\n');
    expect(Object.values(modesIn(join(work, 'r')))).toEqual(['755', '700', '555', '750', '755', '644']);
    expect(deploy('perl', '--prefix', 'r', '--write').stderr).toContain('\n0 files changed\n');
  });
});

describe('what cannot be done is said', () => {
  it('in a problem with a status of its own', () => {
    install(work, { 'empty/usr/bin/true': 0o755 });
    expect(fails('usage', 'python')).toContain('--prefix');
    expect(fails('usage', 'python', '--prefix', 'empty', '--format', 'git')).toContain('statoverride');
    expect(fails('usage', 'python', '--prefix', 'empty', '--roles', 'frob')).toContain('frob is not a role');
    expect(fails('unknown-release', 'ruby', '--prefix', 'empty')).toContain('python@');
    expect(fails('bad-path', 'python', '--prefix', 'nowhere')).toContain('no such folder');
    expect(fails('bad-path', 'python', '--prefix', 'empty/usr/bin/true')).toContain('not a folder');
    expect(fails('bad-path', 'python', '--prefix', 'empty', '--root', 'empty/usr')).toContain('--root');
    expect(fails('no-code', 'python', '--prefix', 'empty')).toContain('modules (.py)');
  });
});
