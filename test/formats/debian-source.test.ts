import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subjectOf } from '../../src/commands/subject.ts';
import { outputFiles } from '../../src/formats/folder.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { run } from '../../src/programs/run.ts';
import { given, needs, tool } from '../needs.ts';

const PURPOSE = "Debian's tools on a whole source package";
const packages = (process.env['MAYEXEC_DSC'] ?? '').split(/\s+/).filter((file) => file !== '');
const named = given(
  'source packages of interpreters',
  'set MAYEXEC_DSC to their .dsc files',
  packages.length > 0,
  true,
);
const ready = needs(named, tool('dpkg-source', 'dpkg-dev'), tool('quilt'), tool('lintian'));

/** All that the series may hold: the optional patches too. */
const ROLES = ['config', 'loadable'];

// One that is not run, where there is none: a file without any test is an error.
describe.each(packages.length > 0 ? packages : ['none'])(`${PURPOSE}: %s`, ready, (dsc) => {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-debian-'));
  const source = /^[^_]*/.exec(basename(dsc))?.[0] ?? dsc;
  const tree = join(work, source);
  const patches = join(tree, 'debian', 'patches');
  let names: readonly string[] = [];

  /** What a tool says, with its status. */
  const ask = async (
    tool: string,
    args: readonly string[],
    cwd = work,
  ): Promise<{ readonly status: number | undefined; readonly text: string }> => {
    const env = { ...process.env, QUILT_PATCHES: 'debian/patches', QUILTRC: '/dev/null', LC_ALL: 'C' };
    const ended = await run(tool, args, {
      purpose: PURPOSE,
      package: 'dpkg-dev',
      timeout: 600_000,
      cwd,
      env,
    });
    return { status: ended.status, text: `${ended.stdout.toString()}${ended.stderr.toString()}` };
  };

  /**
   * Makes a source package in a new folder whose archive has the files that patches touch, and no others: lintian reads
   * them all, which takes it minutes for those of perl.
   */
  const packTouched = async (folder: string): Promise<void> => {
    const unapplied = await ask('quilt', ['pop', '-a'], tree);
    expect(unapplied.status, unapplied.text).toBe(0);
    const copied = join(folder, source);
    mkdirSync(copied, { recursive: true });
    const series = readFileSync(join(patches, 'series'), 'utf8').split('\n');
    const listed = series.map((line) => line.replace(/[ #].*/, '')).filter((name) => name !== '');
    const texts = listed.map((name) => readFileSync(join(patches, name), 'latin1')).join('');
    const touched = new Set([...texts.matchAll(/^--- [^/\n]+\/([^\t\n]+)/gm)].map(([, path = '']) => path));
    for (const path of ['debian', ...touched]) {
      const from = join(tree, path);
      // A patch may make a file.
      if (existsSync(from)) cpSync(from, join(copied, path), { recursive: true, verbatimSymlinks: true });
    }
    const version = await ask('dpkg-parsechangelog', ['-SVersion'], copied);
    const upstream = version.text
      .trim()
      .replace(/^[0-9]+:/, '')
      .replace(/-[^-]*$/, '');
    const archive = `${source}_${upstream}.orig.tar.gz`;
    const packed = await ask('tar', ['-czf', archive, `--exclude=${source}/debian`, source], folder);
    expect(packed.status, packed.text).toBe(0);
    const built = await ask('dpkg-source', ['-b', source], folder);
    expect(built.status, built.text).toBe(0);
  };

  beforeAll(async () => {
    expect((await ask('dpkg-source', ['--no-check', '-x', dsc, tree])).status).toBe(0);
    const subject = await subjectOf(tree, {});
    const made = await makeSeries(subject, { roles: ROLES });
    const files = [...outputFiles(made, undefined, 'debian')].filter(([name]) => name.startsWith('debian/'));
    for (const [name, text] of files) {
      if (name.endsWith('/series')) appendFileSync(join(patches, 'series'), text);
      else writeFileSync(join(tree, name), text, 'latin1');
    }
    names = made.series.patches.map((one) => one.name);
  }, 600_000);

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  }, 60_000);

  it("quilt pushes the series behind the distribution's own, with no fuzz and no offset", async () => {
    const pushed = await ask('quilt', ['push', '-a', '--fuzz=0'], tree);
    expect(pushed.status, pushed.text).toBe(0);
    expect(pushed.text).not.toMatch(/fuzz|offset/);
    for (const name of names) expect(pushed.text).toContain(`Applying patch ${name}\n`);
  });

  it('dpkg-source builds the package without a word on it', async () => {
    const built = await ask('dpkg-source', ['-b', source]);
    expect(built.status, built.text).toBe(0);
    // The distribution's own: names in debian/control of python3.11 that dpkg-source can't read, and a key without a
    // signature in python3.13.
    const theirs = /can't parse dependency|upstream signing key but no upstream tarball signature/;
    const ours = built.text.split('\n').filter((line) => !theirs.test(line));
    expect(ours.join('\n')).not.toMatch(/warning|error|fuzz/);
  }, 600_000);

  it('lintian knows nothing against it but that it was not forwarded', async () => {
    const few = join(work, 'few');
    await packTouched(few);
    const [file = ''] = readdirSync(few).filter((name) => name.endsWith('.dsc'));
    const said = await ask('lintian', ['-I', '--pedantic', '--allow-root', file], few);
    const ours = said.text.split('\n').filter((line) => names.some((name) => line.includes(name)));
    // One a patch: the header was read.
    expect(ours.map((line) => /^I: \S+ source: (\S+)/.exec(line)?.[1])).toEqual(
      names.map(() => 'patch-not-forwarded-upstream'),
    );
  }, 600_000);
});
