import { describe, expect, it } from 'vitest';
import type { OwnTests } from '../../src/target/scenario.ts';
import { checkText, runCheck, timesText } from './checks.ts';
import type { Check } from './checks.ts';
import { importsIn } from './imports.ts';
import { addedTests, changedLines, differing, lackOfTests, sectionsOf } from './sections.ts';
import { compareWarnings } from './warnings.ts';

describe('warnings', () => {
  const log = 'shell.c:10:3: warning: unused variable [-Wunused]\nmake[1]: warning: -j2 forced in submake\n';

  it('are the same when only lines moved', () => {
    expect(compareWarnings(log, log.replace('10:3', '12:5')).ok).toBe(true);
  });

  it('may name what the compiler made up, by numbers that vary', () => {
    const made = (number: string): string =>
      `re_comp.c:7:1: warning: operand in *(&<U${number}>) [-Waddress]\n`;
    expect(compareWarnings(made('10a3'), made(' ea0')).ok).toBe(true);
  });

  it('are counted: one more of the same is a new one', () => {
    const { ok, lines } = compareWarnings(log, log + log.replace('10', '40'));
    expect(ok).toBe(false);
    expect(lines).toEqual(['1 more: shell.c: unused variable [-Wunused]']);
  });

  it('of which there are none at all prove nothing', () => {
    expect(compareWarnings('', '').ok).toBe(false);
  });

  it('of make are none of the compiler', () => {
    const make = 'makefile:258: warning: ignoring prerequisites on suffix rule definition\n';
    expect(compareWarnings(make, make).ok).toBe(false);
  });

  it('of which there are none prove something where the compiler was asked for them', () => {
    const asked = 'cc -c -DPERL_CORE -O2 -Wall -Wextra doio.c\n';
    expect(compareWarnings(asked, asked).ok).toBe(true);
    expect(compareWarnings(asked, 'cc -c -DPERL_CORE -O2 doio.c\n').ok).toBe(false);
    expect(compareWarnings(asked, `${asked}doio.c:10:3: warning: unused variable\n`).ok).toBe(false);
  });
});

describe("an interpreter's own tests", () => {
  const tests: OwnTests = {
    make: [],
    copy: [],
    folder: 'tests',
    command: [],
    single: [],
    env: {},
    heading: /^(run-\S+)$/,
    harmless: /^(?:warning:.*)?$/,
    atLeast: 1,
    noise: [{ find: /pid \d+/g, put: 'pid N', why: 'a process number' }],
    timeout: 1,
  };
  const sections = (text: string) => sectionsOf(text, '/t/stock1', tests);

  it('are cut into a part a test, tree and noise taken out', () => {
    const found = sections('head\r\nrun-a\n/t/stock1/bash: pid 12\nrun-b\n');
    expect([...found]).toEqual([
      ['', 'head'],
      ['run-a', '{tree}/bash: pid N'],
      ['run-b', ''],
    ]);
  });

  it('are none where nothing that was printed begins one, or where they say another number', () => {
    expect(lackOfTests(sections('ok\n'), tests)).toBe('only 0 tests ran, and there are 1 at least');
    expect(lackOfTests(sections('run-a\n'), tests)).toBeUndefined();
    const planned = { ...tests, plan: /^1\.\.(\d+)$/ };
    expect(lackOfTests(sections('1..2\nrun-a\nrun-b\n'), planned)).toBeUndefined();
    expect(lackOfTests(sections('1..3\nrun-a\nrun-b\n'), planned)).toContain('they say that they are 3');
    expect(lackOfTests(sections('run-a\n'), planned)).toContain('they say that they are 0');
  });

  it("differ where a part is none of the references'", () => {
    const [one, two] = [sections('run-a\n1\nrun-b\nx\n'), sections('run-a\n2\nrun-b\nx\n')];
    expect(differing([one, two], sections('run-a\n2\nrun-b\ny\n'))).toEqual(['run-b']);
    expect(differing([one, two], sections('run-a\n1\n'))).toEqual(['run-b']);
  });

  it('that a patch adds say by themselves whether they found something', () => {
    const run = sections('run-a\n1\nrun-b\nwarning: slow\nrun-c\n1c1\n');
    expect([...addedTests([sections('run-a\n2\n')], run, tests.harmless)]).toEqual([
      ['run-b', []],
      ['run-c', ['1c1']],
    ]);
  });

  it('show the lines that changed', () => {
    expect(changedLines('a\nb\nb', 'a\nb\nc')).toEqual(['- b', '+ c']);
    expect(changedLines('a\nb', 'b\na')).toEqual(['the same lines in another order']);
  });
});

describe('imports', () => {
  it('are the family, whatever suffix the C library gives them', () => {
    const symbols = [
      'shell.o:                 U open64@GLIBC_2.2.5',
      'shell.o:                 U __open64_2',
      'shell.o:                 U reopen',
      'lib/a.o:                 U fopen64',
      'lib/a.o:                 U dlopen',
      'lib/a.o:                 w opendir',
    ].join('\n');
    expect([...importsIn(symbols)]).toEqual([
      ['shell.o', ['open']],
      ['lib/a.o', ['fopen', 'dlopen']],
    ]);
  });
});

describe('a check', () => {
  it('that throws has failed, and says why', async () => {
    const told: string[] = [];
    const check = await runCheck(
      'x',
      () => {
        throw new Error('no strace');
      },
      (one) => told.push(checkText(one)),
    );
    expect(check.ok).toBe(false);
    expect(told.join('')).toMatch(/^FAILED {2}x .* no strace\n$/);
  });
});

it('says where the time went, the longest first', () => {
  const check = (id: string, seconds: number): Check => ({ id, seconds, ok: true, said: '' });
  const checks = [
    check('toy@1 build stock', 2),
    check('toy@1 opens script', 5),
    check('toy@1 build patched', 4),
  ];
  expect(timesText(checks)).toBe('seconds: build 6, opens 5\n');
});
