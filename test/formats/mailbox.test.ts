import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { debianPatch } from '../../src/formats/debian.ts';
import { mailbox } from '../../src/formats/mailbox.ts';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import type { Patched } from '../../src/pipeline.ts';
import { seriesOf } from '../../src/series/series.ts';
import type { Series } from '../../src/series/series.ts';
import { readTree } from '../../src/source/tree.ts';
import { firstReleases, namedRelease } from '../../src/target/find.ts';
import { needs, partly, thorough, tool } from '../needs.ts';
import { target as toy } from '../toy/target.ts';
import { related } from '../series/arbitraries.ts';
import { sourceOf } from '../trees.ts';
import { mailsIn, pipedIntoGit, pipedIntoPatch } from './piped.ts';
import type { Before, Made } from './piped.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
const tools = needs(tool('git'), tool('patch'));

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'mailbox-'));
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

/** A series of patches that make a file each, with these bodies. */
const withBodies = (bodies: readonly string[], numbered = false): Series =>
  seriesOf(
    bodies.map((body, index) => ({
      id: String(index),
      message: {
        ...{ author: 'A <a@localhost>', date: '2024-02-29', subject: `area: do ${index}`, body },
        ...{ origin: 'vendor', forwarded: 'no', upstreamStatus: 'Pending' },
      },
      changes: [{ file: `f${index}`, before: undefined, after: 'From x\n', executable: false }],
    })),
    { numbered },
  );

/** What a commit says of one of these. */
const said = (body: string, index: number): string =>
  `area: do ${index}\n\n${body}\n\nOrigin: vendor\nForwarded: no\nLast-Update: 2024-02-29\nUpstream-Status: Pending\n`;

const BEGINS_A_MAIL = `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`;

const SOMETHING = { files: new Map([['a', '']]) };

/** Lines that begin as the first one of a mail does, some of which git takes for it. */
const fromLines = fc.oneof(
  fc.constantFrom(
    BEGINS_A_MAIL,
    'From a@b Sat Jan  3 01:05:34 1996',
    'From x 1:00:00 90',
    'From x 1:00:00 91',
  ),
  fc
    .array(
      fc.constantFrom(
        ' ',
        ':',
        '0',
        '1',
        '59',
        '2001',
        '90',
        '91',
        '+',
        '-',
        'x',
        'Mon',
        '.',
        '\t',
        '1:02:03 95',
      ),
      {
        maxLength: 14,
      },
    )
    .map((parts) => `From ${parts.join('')}`.trimEnd()),
);

describe('a mailbox', tools, () => {
  it('begins each mail as git format-patch --zero-commit does, and numbers them where asked', () => {
    const [one, two] = mailbox(withBodies(['Why.', 'Why.'], true)).split(/^(?=From )/m);
    expect(one).toMatch(
      new RegExp(`^${BEGINS_A_MAIL}\nFrom: A <a@localhost>\nDate: .*\nSubject: \\[PATCH 1/2\\] area: do 0\n`),
    );
    expect(two).toContain('Subject: [PATCH 2/2] area: do 1\n');
    const many = withBodies(
      Array.from({ length: 10 }, () => 'Why.'),
      true,
    );
    expect(many.patches[0]?.text).toContain('Subject: [PATCH 01/10] ');
  });

  it('is split where its patches end and nowhere else, whatever line a body has', async () => {
    const seed = Date.now() % 2 ** 31;
    const lines = fc.sample(fromLines, { numRuns: 800, seed });
    const { patches } = withBodies(lines.map((line) => `Why.\n\n${line}\n\nMore.`));
    const text = mailbox({ patches });
    expect(await mailsIn(join(top, 'split'), text), `seed ${seed}`).toHaveLength(lines.length);
    const mails = await mailsIn(join(top, 'back'), text, '--mboxrd');
    // git takes a line as it is wherever it does not split there, and so is none quoted without a need.
    let needed = 0;
    for (const [index, line] of lines.entries()) {
      expect(mails[index]?.includes(`\n\nWhy.\n\n${line}\n\nMore.\n`), `${line}, seed ${seed}`).toBe(true);
      if (patches[index]?.text.includes(`\n>${line}\n`) === true) needed += 1;
      else expect(patches[index]?.text).toContain(`\n${line}\n`);
    }
    const unquoted = lines.map((line) => `${BEGINS_A_MAIL}\nSubject: x\n\n${line}\n`).join('');
    expect(await mailsIn(join(top, 'raw'), unquoted), `seed ${seed}`).toHaveLength(lines.length + needed);
    expect(needed).toBeGreaterThan(50);
  });

  it('gives git am the bodies that were written, on the disk as well', async () => {
    const bodies = [
      'From here on it is asked for.',
      'x\n\nFrom me, at 10:30\n>From there',
      `From\n\n${BEGINS_A_MAIL}`,
    ];
    const series = withBodies(bodies, true);
    const plain = await pipedIntoGit(join(top, 'plain'), SOMETHING, mailbox(series));
    expect(plain.said).toBe('');
    // git am takes no > away by itself.
    expect(plain.messages).toEqual(
      bodies.map((body, index) => said(body.replace(BEGINS_A_MAIL, '>$&'), index)),
    );
    const rd = await pipedIntoGit(
      join(top, 'rd'),
      SOMETHING,
      mailbox(withBodies(bodies.toSpliced(1, 1))),
      '--patch-format=mboxrd',
    );
    expect(rd.messages).toEqual(bodies.toSpliced(1, 1).map(said));
    const last = series.patches[2]?.text ?? '';
    expect((await pipedIntoGit(join(top, 'file'), SOMETHING, last)).messages).toHaveLength(1);
  });
});

it('bytes of any kind come out of a pipe as they are', tools, async () => {
  const seed = Date.now() % 2 ** 31;
  const pairs = fc.sample(related, { numRuns: 300, seed }).filter(({ before, after }) => before !== after);
  const named = pairs.map((pair, index) => ({ ...pair, file: `f${index}`, executable: false }));
  const message = {
    ...{ author: 'Jos\u00e9 <j@localhost>', date: '2024-02-29', subject: 'a: b', body: 'Why.' },
    ...{ origin: 'vendor', forwarded: 'no', upstreamStatus: 'Pending' },
  };
  const text = mailbox(seriesOf(named.map((one) => ({ id: one.file, message, changes: [one] }))));
  const there = { files: new Map(named.map(({ file, before }) => [file, before])) };
  const am = await pipedIntoGit(join(top, 'am'), there, text, '--keep-cr');
  expect([am.status, am.said], `seed ${seed}`).toEqual([0, '']);
  const wanted = new Map(named.map(({ file, after }) => [file, after]));
  expect(differing(am.files, wanted), `seed ${seed}`).toEqual([]);
  expect(am.messages, `seed ${seed}`).toHaveLength(named.length);
});

/** The files that a series touches, as they are before it. */
const before = ({ scanned: { tree }, files }: Patched): Before => ({
  files: new Map([...files.keys()].filter((file) => tree.has(file)).map((file) => [file, tree.read(file)])),
  executable: (file) => tree.executable(file),
});

/** Names of the files that are other than they should be. */
const differing = (files: Made['files'], wanted: Made['files']): readonly string[] =>
  [...new Set([...files.keys(), ...wanted.keys()])].filter((name) => files.get(name) !== wanted.get(name));

/** The message of each patch as git should have it. */
const messages = ({ series }: Patched): readonly string[] =>
  series.patches.map(({ message }) =>
    [
      message.subject,
      '',
      message.body.trim(),
      '',
      `Origin: ${message.origin}`,
      `Forwarded: ${message.forwarded}`,
      `Last-Update: ${message.date}`,
      `Upstream-Status: ${message.upstreamStatus}`,
      '',
    ].join('\n'),
  );

describe('the toy series, in bytes of every kind', tools, () => {
  let made: Patched;
  beforeAll(async () => {
    const [release] = toy.releases;
    if (release === undefined) throw new Error('toy has no release');
    const tree = readTree(join(packageFolder, 'test', 'toy', 'tree'));
    made = await makeSeries({ tree, target: toy, release }, { roles: ['config', 'entries'] });
  });

  it('comes out of a pipe as it is, patch by patch', async () => {
    const text = mailbox(made.series);
    expect(text).toMatch(/\r\n/);
    const mails = await mailsIn(join(top, 'split'), text);
    // git mailsplit keeps the line that it splits at.
    expect(mails.map((mail) => mail.slice(mail.indexOf('\n') + 1, -1))).toEqual(
      made.series.patches.map((one) => one.text),
    );
    const am = await pipedIntoGit(join(top, 'am'), before(made), text, '--keep-cr');
    expect([am.status, am.said]).toEqual([0, '']);
    expect(differing(am.files, made.files)).toEqual([]);
    expect(am.messages).toEqual(messages(made));
    const patch = await pipedIntoPatch(join(top, 'patch'), before(made), text);
    expect(patch.status, patch.said).toBe(0);
    expect(differing(patch.files, made.files)).toEqual([]);
  });

  it('with DEP-3 headers is for patch alone: git am fails, and commits nothing', async () => {
    const text = made.series.patches.map(debianPatch).join('');
    const patch = await pipedIntoPatch(join(top, 'patch'), before(made), text);
    expect(patch.status, patch.said).toBe(0);
    expect(differing(patch.files, made.files)).toEqual([]);
    const am = await pipedIntoGit(join(top, 'am'), before(made), text, '--keep-cr');
    expect(am.status).not.toBe(0);
    expect(am.messages).toEqual([]);
  });
});

describe('mayexec patch, on standard output', () => {
  const cache = mkdtempSync(join(tmpdir(), 'mailbox-cache-'));
  afterAll(() => {
    rmSync(cache, { recursive: true });
  });
  const mayexec = (...args: readonly string[]) =>
    spawnSync(process.execPath, [cli, 'patch', ...args], {
      ...{ cwd: packageFolder, encoding: 'latin1', maxBuffer: 1 << 28 },
      env: { ...process.env, MAYEXEC_CACHE: cache, NO_COLOR: '1' },
    });

  it.each([
    [['bash@5.2.15', 'perl@5.36.0'], 'bash@5.2.15, perl@5.36.0: only the series of one tree can be printed'],
    [['--each', '--verify'], 'the series of one tree can be printed'],
    [['--numbered', '--format', 'debian', 'bash@5.2.15'], '--format debian makes none'],
    [['--numbered', '--json', 'bash@5.2.15'], '--numbered is for patches that are printed'],
  ])('%j is refused before anything is made', (args, message) => {
    const ended = mayexec(...args);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(message);
  });

  it(
    'of each interpreter is what git am and patch take, and nothing else',
    { timeout: 300_000, ...tools },
    async () => {
      for (const [index, name] of (await firstReleases()).entries()) {
        const [named, { path: tree, need }] = [await namedRelease(name), await sourceOf(name)];
        if (!partly(need, ...(index === 0 ? [] : [thorough])) || named === undefined || tree === undefined)
          continue;
        const made = await makeSeries({ ...named, tree: readTree(tree) });
        const printed = mayexec('--tree', tree, '--verify', name);
        expect(printed.status, printed.stderr).toBe(0);
        expect(printed.stdout).toBe(mailbox(made.series));
        // The table that --verify prints is none of the series.
        expect(printed.stderr).toMatch(/^release .* verified by/m);
        const folder = join(top, named.target.name);
        const am = await pipedIntoGit(folder, before(made), printed.stdout);
        expect([am.status, am.said]).toEqual([0, '']);
        expect(differing(am.files, made.files)).toEqual([]);
        expect(am.messages).toEqual(messages(made));
        const patch = await pipedIntoPatch(`${folder}-patch`, before(made), printed.stdout);
        expect(patch.status, patch.said).toBe(0);
        expect(patch.said).not.toMatch(/offset|fuzz/);
        expect(differing(patch.files, made.files)).toEqual([]);
        if (index > 0) continue;
        const numbered = mayexec('--tree', tree, '--numbered', name).stdout;
        const total = made.series.patches.length;
        expect(
          [...numbered.matchAll(/^Subject: \[PATCH (\d+)\/(\d+)\] /gm)].map((one) => [
            Number(one[1]),
            Number(one[2]),
          ]),
        ).toEqual(made.series.patches.map((_one, index) => [index + 1, total]));
        const debian = mayexec('--tree', tree, '--format', 'debian', name).stdout;
        const dep3 = await pipedIntoPatch(`${folder}-debian`, before(made), debian);
        expect(dep3.status, dep3.said).toBe(0);
        expect(differing(dep3.files, made.files)).toEqual([]);
      }
    },
  );
});
