import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seriesFile, seriesOf } from '../../src/series/series.ts';
import type { Series, Step } from '../../src/series/series.ts';
import { filesBelow } from '../fixtures/folder.ts';
import { needs, tool } from '../needs.ts';

const AUTHOR = 'Jos\u00e9 \u0160vejk <j@localhost.invalid>';
const DAY = '2024-02-29';

const lines = (count: number, what = 'line'): string =>
  Array.from({ length: count }, (_one, index) => `${what} ${index}\n`).join('');

const step = (id: string, subject: string, changes: Step['changes']): Step => ({
  id,
  message: {
    ...{ author: AUTHOR, date: DAY, subject, body: 'Why.' },
    ...{ origin: 'vendor', forwarded: 'no', upstreamStatus: 'Pending' },
  },
  changes,
});

const change = (file: string, before: string | undefined, after: string, executable = false) => ({
  ...{ file, before, after, executable },
});

/** A file that two patches change, one that is made and changed, one that is as it was at last, subjects of many lengths. */
const STEPS: readonly Step[] = [
  step('a', 'area: make it', [change('made', undefined, lines(90)), change('kept', 'a\n', 'b\n')]),
  step('none', 'area: nothing', []),
  step('b', 'area: change it', [
    change('made', lines(90), lines(100)),
    change('z/run', undefined, lines(2), true),
  ]),
  step('c', 'area: and back', [change('kept', 'b\n', 'a\n'), change('old', lines(50), lines(20, 'word'))]),
  ...Array.from({ length: 10 }, (_one, index) =>
    step(`d${index}`, `area: ${'x'.repeat(index + 56)} and on`, [
      change('count', index === 0 ? 'c\n' : lines(index), lines(index + 1)),
    ]),
  ),
  step('e', `caf\u00e9: ${'one or more words of a subject that never ends '.repeat(4)}at last`, [
    change('old', lines(20, 'word'), lines(21, 'word')),
  ]),
];

const made = (numbered = false): Series =>
  seriesOf(STEPS, {
    numbered,
    cover: { author: AUTHOR, date: DAY, subject: 'area: do it', body: '\nWhy.\n\nFrom here on.\n' },
  });

/** The files before the series. */
const BEFORE = new Map([
  ['kept', 'a\n'],
  ['old', lines(50)],
  ['count', 'c\n'],
]);

describe('a cover letter', () => {
  it('is a mail, and no patch', () => {
    const { cover } = made();
    expect(cover?.name).toBe('0000-cover-letter.txt');
    const text = Buffer.from(cover?.text ?? '', 'latin1').toString('utf8');
    expect(text).toMatch(
      /^From: José Švejk <j@localhost.invalid>\nDate: Thu, 29 Feb 2024 12:00:00 \+0000\nSubject: \[PATCH\] area: do it\n\nWhy\.\n\nFrom here on\.\n\nJosé Švejk \(14\):\n {2}area: make it\n/,
    );
    expect(text).not.toContain('area: nothing');
    expect(text).not.toMatch(/^(?:diff|---)/m);
  });

  it('is none where there is no patch, or no text for it', () => {
    const cover = { author: AUTHOR, date: DAY, subject: 'a', body: 'b' };
    expect(seriesOf([step('none', 'area: nothing', [])], { cover }).cover).toBeUndefined();
    expect(seriesOf(STEPS).cover).toBeUndefined();
  });

  it('says of a series that changes nothing in the end no files', () => {
    const cover = { author: 'A <a@b>', date: DAY, subject: 'a', body: 'b' };
    const there = step('there', 'area: there', [change('kept', 'a\n', 'b\n')]);
    const back = step('back', 'area: back', [change('kept', 'b\n', 'a\n')]);
    expect(seriesOf([there, back], { cover }).cover?.text.endsWith('  area: there\n  area: back\n\n')).toBe(
      true,
    );
  });
});

describe('beside its patches', needs(tool('git'), tool('patch'), tool('quilt')), () => {
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'cover-'));
    for (const [file, text] of BEFORE) writeFileSync(join(top, file), text, 'latin1');
    lay(made());
  });
  afterEach(() => {
    rmSync(top, { recursive: true });
  });

  function lay({ patches, cover }: Series): void {
    mkdirSync(join(top, 'p'), { recursive: true });
    for (const { name, text } of [...patches, ...(cover === undefined ? [] : [cover])])
      writeFileSync(join(top, 'p', name), text, 'latin1');
    writeFileSync(join(top, 'p', 'series'), seriesFile({ patches }));
  }

  /** A command as the documentation has it, in the tree's folder. */
  const sh = (command: string): { readonly status: number | null; readonly said: string } => {
    const env = {
      ...{ ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', QUILTRC: '/dev/null' },
      ...{
        QUILT_PATCHES: 'p',
        LC_ALL: 'C',
        EMAIL: 'a@localhost',
        GIT_COMMITTER_NAME: 'A',
        GIT_AUTHOR_NAME: 'A',
      },
    };
    const ended = spawnSync('sh', ['-ec', command], { cwd: top, env, encoding: 'utf8' });
    return { status: ended.status, said: ended.stdout + ended.stderr };
  };

  const commit = 'git init -q && git add kept old count && git commit -q -m before';

  /** The files that the series makes or changes, as they are now. */
  const left = (): unknown =>
    Object.fromEntries(
      ['count', 'kept', 'made', 'old', 'z/run'].map((file) => [file, filesBelow(top).get(file)]),
    );

  const AFTER = {
    ...{ count: lines(10), kept: 'a\n', made: lines(100) },
    ...{ old: lines(21, 'word'), 'z/run': lines(2) },
  };

  it.each([
    ['git am', `${commit} && git am -q p/*.patch`],
    ['patch', 'for one in p/*.patch; do patch -s -p1 --fuzz=0 -i "$one"; done'],
    ['patch, by the series', 'for one in $(cat p/series); do patch -s -p1 --fuzz=0 -i "p/$one"; done'],
    ['quilt', 'quilt push -q -a --fuzz=0'],
  ])('is not in the way of %s', (_tool, command) => {
    const ended = sh(command);
    expect(ended.status, ended.said).toBe(0);
    expect(left()).toEqual(AFTER);
  });

  it('would be in the way of git am by the name that git gives it', () => {
    const ended = sh(
      `${commit} && mv p/0000-cover-letter.txt p/0000-cover-letter.patch && git am -q p/*.patch`,
    );
    expect(ended.status).not.toBe(0);
  });

  it('has the shortlog and the diffstat that git format-patch --cover-letter writes, and its number', () => {
    const ended = sh(
      `${commit} && git am -q p/*.patch && git format-patch -q --cover-letter -o theirs HEAD~14`,
    );
    expect(ended.status, ended.said).toBe(0);
    const theirs = readFileSync(join(top, 'theirs', '0000-cover-letter.patch'), 'latin1');
    const from = (text: string): string =>
      text.slice(text.indexOf(' (14):\n')).replace(/\n-- \n[\d.]+\n+$/, '');
    expect(from(made().cover?.text ?? '')).toBe(from(theirs));
    expect(theirs).toContain('\nSubject: [PATCH 00/14] ');
    expect(made(true).cover?.text).toContain('\nSubject: [PATCH 00/14] area: do it\n');
    expect(readdirSync(dirname(join(top, 'theirs', 'x')))).toHaveLength(15);
  });
});
