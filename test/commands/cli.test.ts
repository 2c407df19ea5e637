import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFolder, version } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { kitWith } from '../check/kit.ts';
import type { Kit } from '../check/kit.ts';
import { demand, namespaces, reachable } from '../needs.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
let work = '';
let tree = '';

/** What is left of a shell that opens one file by name. */
const SHELL = `static int
open_shell_script (script_name)
     char *script_name;
{
  int fd;

  fd = open (filename, O_RDONLY);
  return fd;
}
`;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-cli-'));
  tree = join(work, 'tree');
  mkdirSync(join(tree, 'builtins'), { recursive: true });
  writeFileSync(join(tree, 'shell.c'), SHELL);
  writeFileSync(join(tree, 'builtins/evalfile.c'), '/* opens nothing */\n');
  writeFileSync(join(tree, 'patchlevel.h'), '#define PATCHLEVEL 15\n');
  writeFileSync(join(tree, 'configure.ac'), 'define(bashvers, 5.2)\n');
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Runs the built program, with no network to ask and a cache of its own. */
function mayexec(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, MAYEXEC_CACHE: join(work, 'cache'), NO_COLOR: '1' };
  return spawnSync(process.execPath, [cli, ...args], { cwd: work, env, encoding: 'latin1' });
}

/** As one who may not enter every folder. */
function asNobody(...args: readonly string[]): ReturnType<typeof mayexec> {
  demand(reachable);
  if (process.getuid?.() !== 0) return mayexec(...args);
  const env = { ...process.env, MAYEXEC_CACHE: join(work, 'cache'), NO_COLOR: '1' };
  return spawnSync(process.execPath, [cli, ...args], {
    cwd: '/',
    env,
    encoding: 'latin1',
    uid: 65534,
    gid: 65534,
  });
}

function fails(code: ProblemCode, ...args: readonly string[]): string {
  const ended = mayexec(...args);
  expect(ended.stderr).toMatch(/^mayexec: .+\n {2}\S/m);
  expect(ended.status).toBe(PROBLEMS[code].exit);
  return ended.stderr;
}

test('--version and --help need no command', () => {
  expect(mayexec('--version').stdout).toBe(`${version()}\n`);
  const help = mayexec('--help');
  expect(help.status).toBe(0);
  for (const command of ['scan', 'why', 'patch', 'fetch'])
    expect(help.stdout).toContain(`mayexec ${command}`);
});

test('what cannot be understood is said with its exit status', () => {
  expect(fails('usage', 'frobnicate')).toContain('frobnicate');
  expect(fails('usage', 'scan')).toContain('one tree or release');
  expect(fails('usage', 'scan', '--frob', tree)).toContain('--frob');
  expect(fails('usage', 'patch', '--author', 'nobody', tree)).toContain("'Name <mail>'");
  expect(fails('usage', 'why', tree, 'shell.c')).toContain('FILE:LINE');
  expect(fails('unknown-release', 'scan', 'bash@0.1')).toContain('bash@5.2.15');
  expect(fails('unknown-release', 'scan', 'no-such-folder')).toContain('no-such-folder');
  expect(fails('bad-path', 'scan', join(tree, 'shell.c'))).toContain('not a folder');
});

test('a folder that is no source tree is named, with what is known', () => {
  const empty = join(work, 'empty');
  mkdirSync(empty);
  expect(fails('not-a-tree', 'scan', empty)).toContain('holds no files');
  writeFileSync(join(empty, 'main.c'), 'int main () { return 0; }\n');
  expect(fails('not-a-tree', 'scan', empty)).toMatch(/known targets: .*bash/);
});

test('a loop of symbolic links is named', () => {
  symlinkSync(join(work, 'loop'), join(work, 'loop'));
  expect(fails('symlink-loop', 'scan', '--tree', join(work, 'loop'), 'bash@5.2.15')).toContain('loop');
});

test('a path that cannot be reached is said to be so, by every command', () => {
  const closed = join(work, 'closed');
  mkdirSync(join(closed, 'tree'), { recursive: true });
  chmodSync(closed, 0);
  const inside = join(closed, 'tree');
  const long = 'x'.repeat(300);
  try {
    for (const args of [
      ['scan', inside],
      ['scan', '--tree', inside, 'bash@5.2.15'],
      ['patch', inside],
      ['why', inside, 'shell.c:1'],
      ['why', `${inside}/shell.c:1`],
      ['drift', inside, inside],
      ['fetch', '--sources', inside, 'bash@5.2.15'],
      ['fetch', '--tarball', join(inside, 'x.tar.gz'), 'bash@5.2.15'],
      ['deploy', 'bash', '--prefix', inside],
    ]) {
      const ended = asNobody(...args);
      expect([args, ended.stderr]).toEqual([args, expect.stringMatching(/^mayexec: .*permission denied/)]);
      expect([args, ended.status]).toEqual([args, PROBLEMS['bad-path'].exit]);
    }
  } finally {
    chmodSync(closed, 0o755);
  }
  expect(fails('bad-path', 'scan', long)).toContain('name too long');
  expect(fails('bad-path', 'scan', 'no/such/folder')).toContain('does not exist');
  expect(fails('bad-path', 'scan', '--tree', 'nothing', 'bash@5.2.15')).toContain('does not exist');
  expect(fails('usage', 'scan', '')).toContain('empty');
  expect(fails('usage', 'patch', '--out', '', tree)).toContain('--out takes a path');
});

test('what could be source and is not read is named, for people and for machines', () => {
  symlinkSync('/nowhere/at-all.c', join(tree, 'gone.c'));
  symlinkSync('/nowhere/at-all', join(tree, 'README'));
  try {
    const ended = mayexec('scan', '--json', tree);
    expect(ended.stderr).toContain(
      `not read: ${join(tree, 'gone.c')}: a link to /nowhere/at-all.c, which does not exist\n`,
    );
    expect(ended.stderr).not.toContain('README');
    const ledger = JSON.parse(ended.stdout) as { census: { unread: unknown } };
    expect(ledger.census.unread).toEqual([
      { file: 'gone.c', why: 'a link to /nowhere/at-all.c, which does not exist' },
    ]);
  } finally {
    rmSync(join(tree, 'gone.c'));
    rmSync(join(tree, 'README'));
  }
  const farm = join(work, 'farm');
  mkdirSync(farm);
  for (const name of readdirSync(tree)) symlinkSync(join(tree, name), join(farm, name));
  expect(fails('not-a-tree', 'scan', farm)).toContain('outside the tree; cp -rL turns links into files');
});

describe('a tree in which nothing but a site is new', () => {
  let kit: Kit;
  const toy = (): string => join(kit.folder, 'toy');
  beforeAll(() => {
    kit = kitWith('toy', "export { target } from './whole.js';\n", 'test/toy');
    cpSync(join(packageFolder, 'test', 'toy', 'tree'), toy(), { recursive: true });
  });
  afterAll(() => {
    kit.remove();
  });

  /** Puts files into the tree, and takes them out again. */
  const withFiles = (files: Readonly<Record<string, string>>, then: () => void): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(toy(), name), text);
    try {
      then();
    } finally {
      for (const name of Object.keys(files)) rmSync(join(toy(), name));
    }
  };

  test('passes without it', () => {
    expect(kit.mayexec('scan', toy())).toMatchObject({ status: 0, stderr: '' });
  });

  test('a site that no rule decides is listed, and fails', () => {
    withFiles({ 'new.c': 'int f () { return open ("x", 0); }\n' }, () => {
      const ended = kit.mayexec('scan', toy());
      expect(ended.status).toBe(PROBLEMS.unreviewed.exit);
      expect(ended.stderr).toContain('new.c:1: f: open ("x", 0)');
    });
  });

  test('a name obeys nobody: what a terminal would obey is shown, in lists, tables and messages', () => {
    withFiles({ 'ev\n\u001b[31mil\u009b.c': 'int f () { return open ("\u001b[2J", 0); }\n' }, () => {
      symlinkSync('/nowhere\u001b[2J', join(toy(), 'gone\n.c'));
      const ended = kit.mayexec('scan', toy());
      rmSync(join(toy(), 'gone\n.c'));
      expect(ended.status).toBe(PROBLEMS.unreviewed.exit);
      const said = Buffer.from(ended.stdout + ended.stderr, 'latin1').toString();
      expect(said.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(ended.stdout).toMatch(/^ {2}ev\\x0a\\x1b\[31mil\\x9b\.c:1 .*open \("\\x1b\[2J", 0\)/m);
      expect(ended.stderr).toMatch(
        /^ {2}undecided: ev\\x0a\\x1b\[31mil\\x9b\.c:1: f: open \("\\x1b\[2J", 0\): /m,
      );
      expect(ended.stderr).toContain('gone\\x0a.c: a link to /nowhere\\x1b[2J, which does not exist\n');
      const review = kit.mayexec('review', toy());
      expect(review.status).toBe(PROBLEMS.unreviewed.exit);
      expect((review.stdout + review.stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(review.stdout).toContain(
        'review undecided: ev\\x0a\\x1b[31mil\\x9b.c:1: f: open ("\\x1b[2J", 0)',
      );
    });
    expect(fails('bad-path', 'scan', 'no/\u001b[2J')).toContain('no/\\x1b[2J: does not exist');
  });

  test('is reviewed: the file that is written does not pass until somebody has filled it in', () => {
    const file = join(kit.folder, 'mayexec-review.json');
    withFiles({ 'src/new.c': 'int\nf ()\n{\n  eval_text (0);\n  return open ("x", 0);\n}\n' }, () => {
      const first = kit.mayexec('review', '--out', file, toy());
      expect(first.status).toBe(PROBLEMS.unreviewed.exit);
      expect(first.stdout).toContain(
        'review undecided: src/new.c:5: f: open ("x", 0)\n  no rule decides it\n',
      );
      expect(first.stdout).toContain('  >     5    return open ("x", 0);\n');
      expect(first.stdout).toContain('  the function also evaluates:\n        4    eval_text (0);\n');
      const patch = (): ReturnType<Kit['mayexec']> => kit.mayexec('patch', '--reviewed', file, toy());
      expect(patch()).toMatchObject({ status: PROBLEMS['review-file'].exit, stdout: '' });
      const template = readFileSync(file, 'utf8');
      const fill = (words: object): void => {
        const review = JSON.parse(template) as { sites: readonly object[] };
        const sites = review.sites.map((one) => ({ ...one, by: 'A Packager', why: 'a sample', ...words }));
        writeFileSync(file, JSON.stringify({ ...review, sites }));
      };
      fill({});
      const passed = patch();
      expect(passed.status, passed.stderr).toBe(0);
      expect(kit.mayexec('patch', toy()).status).toBe(PROBLEMS.unreviewed.exit);
      const out = join(kit.folder, 'out');
      expect(kit.mayexec('patch', '--out', out, '--reviewed', file, toy()).status).toBe(0);
      const ledger = JSON.parse(readFileSync(join(out, 'toy', '1.2', 'ledger.json'), 'utf8')) as {
        sites: readonly { file: string }[];
      };
      expect(ledger.sites.find((site) => site.file === 'src/new.c')).toMatchObject({
        verdict: 'exempt',
        rule: 'reviewed',
        why: 'reviewed by A Packager: a sample',
      });
      fill({ verdict: 'mark' });
      expect(patch().stderr).toContain('a review cannot mark a site: write a rule and an edit');
      fill({});
      writeFileSync(join(toy(), 'src/new.c'), 'int\nf ()\n{\n  return open ("x", 0);\n}\n');
      expect(patch().stderr).toContain('its function has changed since the review');
    });
    // The site is gone: so is what the file is about.
    expect(kit.mayexec('patch', '--reviewed', file, toy()).stderr).toContain('needs no decision');
  }, 180_000);
});

test('an argument that is not UTF-8 is refused: node would name another file', () => {
  // Only a shell passes bytes on here.
  const shell = (...args: readonly string[]): ReturnType<typeof mayexec> =>
    spawnSync(
      'sh',
      [
        '-c',
        'bad="$(printf "x\\377")"; node=$1; cli=$2; shift 2; exec "$node" "$cli" "$@" "$bad"',
        'sh',
        process.execPath,
        cli,
        ...args,
      ],
      {
        ...{ cwd: work, encoding: 'latin1' },
      },
    );
  for (const args of [
    ['scan'],
    ['patch', tree, '--out'],
    ['fetch', 'bash@5.2.15', '--cache'],
    ['sandbox', '--', 'cat'],
  ]) {
    const ended = shell(...args);
    expect([args, ended.status, ended.stderr]).toEqual([
      args,
      PROBLEMS['bad-path'].exit,
      expect.stringContaining('not UTF-8'),
    ]);
  }
  expect(existsSync(join(work, 'x\uFFFD'))).toBe(false);
  expect(fails('bad-path', 'scan', './x\uFFFD')).toContain('does not exist');
});

test("the cache's trees are not written into, however they are reached", () => {
  const [real, link] = [join(work, 'real-cache'), join(work, 'linked-cache')];
  mkdirSync(join(real, 'trees'), { recursive: true });
  execFileSync('cp', ['-r', tree, join(real, 'trees/x')]);
  symlinkSync(real, link);
  for (const cache of [real, link])
    for (const top of [real, link])
      expect(fails('usage', 'patch', '--cache', cache, '--write', join(top, 'trees/x'))).toContain(
        'is in the cache',
      );
});

test('a tree that is not what the rules were written for fails, and shows its sites', () => {
  const ended = mayexec('scan', '--json', tree);
  expect(ended.status).toBe(PROBLEMS.stopped.exit);
  const ledger = JSON.parse(ended.stdout) as { sites: readonly { line: number; rule: string }[] };
  expect(ledger.sites).toMatchObject([{ line: 7, rule: 'script' }]);
  const error = JSON.parse(ended.stderr) as { error: { code: string; exit: number } };
  expect(error.error).toMatchObject({ code: 'stopped', exit: PROBLEMS.stopped.exit });
  const said = fails('stopped', 'patch', '--out', join(work, 'out'), tree);
  expect(said).toContain('emptied: evalfile: rule evalfile has no site left');
  expect(said).toContain('lost-mark: shell.c#open_shell_script#open#open (filename, O_RDONLY)#2: ');
  expect(existsSync(join(work, 'out'))).toBe(false);
});

test('why says what stands on a line, and what is near', () => {
  const why = mayexec('why', tree, 'shell.c:7');
  expect(why.status).toBe(0);
  expect(why.stdout).toContain('shell.c:7:8: in open_shell_script: open (filename, O_RDONLY)');
  expect(why.stdout).toMatch(/verdict +mark/);
  expect(mayexec('why', tree, 'builtins/evalfile.c:1').status).toBe(PROBLEMS['no-site'].exit);
  expect(fails('no-site', 'why', tree, 'shell.c:1')).toContain('shell.c:7');
});

test('a tree under quilt is not written into', () => {
  const quilt = join(work, 'quilt');
  mkdirSync(join(quilt, 'debian/patches'), { recursive: true });
  writeFileSync(join(quilt, 'debian/patches/series'), '');
  execFileSync('cp', ['-r', `${tree}/.`, quilt]);
  expect(fails('quilt', 'patch', '--write', quilt)).toContain('quilt push');
  writeFileSync(join(quilt, 'debian/patches/series'), 'gone.diff\n');
  expect(fails('quilt-unapplied', 'patch', quilt)).toContain('gone.diff');
});

test('a wrong tarball is refused, and nothing stays behind', () => {
  const tarball = join(work, 'bash_5.2.15.orig.tar.gz');
  writeFileSync(tarball, 'not a tarball');
  expect(fails('wrong-sum', 'fetch', '--tarball', tarball, 'bash@5.2.15')).toContain(', found ');
  expect(fails('wrong-sum', 'fetch', '--sources', work, 'bash@5.2.15')).toContain(' for bash@5.2.15, found ');
  const cache = join(work, 'cache');
  const left = existsSync(cache) ? readdirSync(cache, { recursive: true, withFileTypes: true }) : [];
  expect(left.filter((one) => one.isFile()).map((one) => one.name)).toEqual([]);
});

test('a folder that is not ours is not replaced, and a full or read-only disk is named', () => {
  demand(namespaces);
  const mount = join(work, 'mount');
  mkdirSync(mount);
  const inside = (setup: string): { status: number | null; stderr: string } =>
    spawnSync(
      'unshare',
      [
        '-Urm',
        'sh',
        '-ec',
        `${setup}; exec "$0" "$@"`,
        process.execPath,
        join(packageFolder, 'dist/test/commands/write.js'),
        mount,
      ],
      { encoding: 'latin1' },
    );
  const full = inside(`mount -t tmpfs -o size=64k none ${mount}`);
  expect(full.stderr).toContain(`disk-full ${mount}`);
  expect(full.stderr).toContain('left: 0');
  const locked = inside(`mount -t tmpfs -o ro none ${mount}`);
  expect(locked.stderr).toContain(`read-only ${mount}`);
  const foreign = inside(`mount -t tmpfs none ${mount}; mkdir ${mount}/made; touch ${mount}/made/mine`);
  expect(foreign.stderr).toContain('bad-path');
  expect(foreign.stderr).toContain('left: 1');
});
