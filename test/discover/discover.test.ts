import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { FoundSite } from '../../src/discover/judge.ts';
import { readTree } from '../../src/source/tree.ts';
import { discoveryText } from '../../src/report/discover.ts';
import { demand } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { discoveryOf, markedIn, RELEASES, scoreOf, wrapperScore, wrappersOf } from './truth.ts';

const sources = await Promise.all(RELEASES.map(async (name) => ({ name, ...(await sourceOf(name)) })));
const marks = new Map(await Promise.all(RELEASES.map(async (name) => [name, await markedIn(name)] as const)));

/**
 * Known wrappers that are not found. The first two open no file: a pipe, and the standard input. dash's reach the open
 * through functions that keep what they open, further than is followed. BusyBox's open by a function that they are given.
 */
const NOT_FOUND = new Set([
  ...['sh_openpipe', 'Perl_PerlIO_stdin'],
  ...['find_command', 'shellexec', 'tryexec'],
  ...['config_open', 'config_open2'],
]);

/**
 * Marked sites that are not at the top, by file and function. zsh's dump files hold compiled functions, and their name says
 * that something is written down; gawk's debugger takes commands from a file; `sed -f` of BusyBox gets the name from a list
 * that its own getopt fills; what its ash and dash run where execve(2) says ENOEXEC is far from the parser.
 */
const FURTHER_DOWN = new Map<string, readonly string[]>([
  ['busybox@1.35.0', ['shell/ash.c readcmdfile', 'shell/ash.c find_command', 'editors/sed.c sed_main']],
  ['gawk@5.2.1', ['debug.c open_readfd']],
  ['zsh@5.9', ['Src/parse.c load_dump_header', 'Src/parse.c check_dump_file', 'Src/parse.c load_dump_file']],
]);

/**
 * The least part of what is suggested that must be marked: BusyBox reads tables of commands in many applets, GNU sed opens the
 * files that a script names where it compiles the script.
 */
const PRECISION = new Map<string, number>([
  ['busybox@1.35.0', 0.2],
  ['sed@4.9', 0.2],
]);

/** Releases whose one marked site is the first of the list, and is not suggested; no wrapper of theirs is known. */
const BARE = new Set(['original-awk@2022-09-12']);

const toy = join(packageFolder, 'test', 'discover', 'tree');

describe('discover, of a small interpreter', async () => {
  const found = await discoveryOf(toy);
  const site = (name: string, callee: string): FoundSite | undefined =>
    found.ranked.find((one) => one.function === name && one.callee === callee);

  it('has what runs a file and what imports one at the top', () => {
    expect(found.ranked.slice(0, 2).map((one) => [one.function, one.verdict])).toEqual([
      ['run_file', 'mark'],
      ['import_module', 'mark'],
    ]);
  });

  it('says the way from the open to what evaluates', () => {
    expect(
      site('run_file', 'io_open')?.chain.map((step) => `${step.what} ${step.name} ${step.line}`),
    ).toEqual(['opened io_open 8', 'read read 13', 'evaluated evaluate 15']);
  });

  it('tells data, output and terminals apart', () => {
    expect(site('count_words', 'io_fopen')).toMatchObject({ verdict: 'exempt', access: 'reads' });
    expect(site('history_save', 'io_fopen')).toMatchObject({
      verdict: 'exempt',
      access: 'writes',
      role: 'output',
    });
    expect(site('terminal', 'MUST_OPEN')).toMatchObject({
      verdict: 'exempt',
      role: 'tty',
      literal: '/dev/tty',
    });
  });

  it('finds wrappers, be they macros, and says through which code and data go', () => {
    const named = new Map(found.wrappers.map((one) => [one.name, one]));
    expect(named.get('MUST_OPEN')).toMatchObject({ kind: 'macro', hands: true, opens: 'io_open' });
    expect(named.get('run_file')).toMatchObject({ hands: false });
    expect(found.wrappers.filter(({ mixed }) => mixed).map(({ name }) => name)).toEqual([
      'io_fopen',
      'io_open',
    ]);
    expect(site('io_open', 'open')?.why).toContain('open code by a separate function');
  });

  it('says the same again, to the byte', async () => {
    const again = await discoveryOf(toy);
    expect(JSON.stringify(again)).toBe(JSON.stringify(found));
    expect(discoveryText(again, true)).toBe(discoveryText(found, true));
  });
});

describe('discover, of an interpreter whose opens are known', () => {
  it.each(sources)(
    'has every marked site of $name at the top, suggests few others, and finds the wrappers',
    async ({ name, path, need }) => {
      demand(need);
      const marked = marks.get(name) ?? [];
      const found = await discoveryOf(path ?? '');
      const { places, top, precision } = scoreOf(found, marked);
      expect(places.length).toBeGreaterThan(0);
      const below = places.filter(({ place = Infinity }) => place > top);
      expect(below.map(({ marked: one }) => `${one.file} ${one.function}`).toSorted()).toEqual(
        (FURTHER_DOWN.get(name) ?? []).toSorted(),
      );
      if (BARE.has(name)) {
        expect(places.map(({ place }) => place)).toEqual([1]);
        return;
      }
      // Nothing suggested, or all, would be less.
      expect(precision).toBeGreaterThan(PRECISION.get(name) ?? 0.3);
      const wrappers = wrapperScore(found, await wrappersOf(name, readTree(path ?? '')));
      expect(wrappers.known).toBeGreaterThan(1);
      expect(wrappers.missed.filter((one) => !NOT_FOUND.has(one))).toEqual([]);
      expect(wrappers.precision).toBeGreaterThan(0.05);
    },
  );
});
