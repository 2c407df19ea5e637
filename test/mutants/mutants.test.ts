import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { siteMutantsOf } from '../../src/mutants.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { defineTarget } from '../../src/target/define.ts';
import type { Opener, Rule, Target } from '../../src/target/contract.ts';
import { locked } from '../locked.ts';
import { needs, tool } from '../needs.ts';

/** A program in which code is opened by functions: one before ANSI, one that only this file sees, one behind another. */
const FILES = {
  'input.h': 'int code_open();\nint from_file(const char *, int);\n',
  'input.c': [
    '#include <stdio.h>\n#include <stdlib.h>\n#include "input.h"\n',
    'int plain_open(const char *name) { printf("plain %s\\n", name); return 0; }\n',
    'int code_open(const char *name) { printf("code %s\\n", name); return 0; }\n',
    'static int\npush(name, flags)\n     const char *name;\n     int flags;\n{\n  return plain_open(name) + flags;\n}\n',
    'int\nfrom_file(const char *name, int flags)\n{\n  return push(name, flags);\n}\n',
  ].join('\n'),
  'main.c':
    '#include "input.h"\nint (*opener)(const char *, int);\n\nint\nmain(void)\n{\n  from_file("first", 0);\n  from_file("second", 0);\n  opener = from_file;\n  return opener("third", 0);\n}\n',
};

const opener = (token: RegExp, rewritten?: true): Opener => ({
  files: /\.c$/,
  lang: 'c',
  token,
  as: 'callee',
  gives: 'fd',
  ...(rewritten && { rewritten }),
});

const rule = (
  id: string,
  files: Rule['places'][number]['files'],
  callee: string | readonly string[],
  more: Partial<Rule>,
): Rule => ({
  id,
  places: [{ files, callee }],
  verdict: 'mark',
  roles: ['script'],
  why: 'for the test',
  ...more,
});

function target(callers: Partial<Rule>, inner: Partial<Rule>): Target {
  return defineTarget({
    name: 'way',
    templates: 'test/toy/templates',
    releases: [
      {
        version: '1',
        capabilities: [],
        date: '2024-01-01',
        tarball: { file: 'f', sha256: '0'.repeat(64), urls: [] },
      },
    ],
    capabilities: [],
    recognise: () => '1',
    language: (file) => (/\.[ch]$/.test(file) ? 'c' : undefined),
    notShipped: [],
    masks: [],
    dead: [],
    openers: [opener(/code_open/, true), opener(/plain_open/), opener(/push/), opener(/from_file/)],
    evaluates: {},
    locks: { releases: [], of: () => [] },
    wrappers: [],
    rules: [
      rule('push', { 'input.c': 'push' }, ['plain_open', 'code_open'], inner),
      rule('pushed', { 'input.c': 'from_file' }, 'push', { through: 'open' }),
      rule('files', { 'main.c': 'main' }, 'from_file', { through: 'open', ...callers }),
    ],
    patches: [{ id: 'open', subject: 'open: open code', needs: [], message: 'script.message.ejs' }],
    cover: { subject: 'way: ask', message: 'script.message.ejs' },
    edits: [
      {
        ...{ patch: 'open', rule: 'push', scope: 'call' },
        changes: [{ find: 'plain_open', put: 'replace', text: 'code_open' }],
      },
    ],
    entries: [],
    build: { configure: [], make: [], binary: 'way', packages: [] },
    copyright: 'nobody',
    license: 'MIT',
  });
}

async function mutantsWith(
  callers: Partial<Rule> = {},
  inner: Partial<Rule> = {},
): Promise<ReturnType<typeof siteMutantsOf>> {
  const tree = memoryTree(new Map(Object.entries(FILES)));
  const draft = target(callers, inner);
  const [release] = draft.releases;
  if (release === undefined) throw new Error('no release');
  const whole = await locked({ tree, target: draft, release });
  return siteMutantsOf(await makeSeries({ tree, target: whole, release }));
}

let work = '';
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-test-mutants-'));
});
afterEach(() => {
  rmSync(work, { recursive: true });
});

/** What the program prints that has some files otherwise than the series makes them. */
function printed(files: ReadonlyMap<string, string>): string {
  const whole = { ...FILES, 'input.c': FILES['input.c'].replace('return plain_open', 'return code_open') };
  for (const [name, text] of Object.entries({ ...whole, ...Object.fromEntries(files) }))
    writeFileSync(join(work, name), text);
  execFileSync('gcc', ['-w', '-o', 'way', 'input.c', 'main.c'], { cwd: work });
  return execFileSync(join(work, 'way'), { encoding: 'utf8' });
}

test(
  'a site that calls what is rewritten has a mutant in which that call alone opens data',
  needs(tool('gcc')),
  async () => {
    const { mutants, unmade } = await mutantsWith();
    expect(unmade).toEqual([]);
    const said = mutants.map(({ at, files }) => [`${at.file}:${at.line}`, printed(files)]);
    expect(said).toEqual([
      ['input.c:14', 'plain first\nplain second\nplain third\n'],
      ['input.c:20', 'plain first\nplain second\nplain third\n'],
      ['main.c:7', 'plain first\ncode second\ncode third\n'],
      ['main.c:8', 'code first\nplain second\ncode third\n'],
      ['main.c:9', 'code first\ncode second\nplain third\n'],
    ]);
    expect(printed(new Map())).toBe('code first\ncode second\ncode third\n');
  },
);

test('a rule says what is called instead', async () => {
  const { mutants } = await mutantsWith({ plain: { from_file: '(plain_open)' } });
  const texts = mutants.flatMap(({ files }) => files.get('main.c') ?? []);
  expect(texts).toHaveLength(3);
  expect(texts[0]).toContain('(plain_open)("first", 0);\n  from_file("second", 0)');
});

test('a rule says why there is no mutant, and then its sites are named with that', async () => {
  const { mutants, unmade } = await mutantsWith({ unproven: 'an operator' });
  expect(mutants.map(({ at }) => at.file)).toEqual(['input.c', 'input.c']);
  expect(unmade.map(({ at, why, excused }) => [at.line, why, excused])).toEqual(
    [7, 8, 9].map((line) => [line, 'an operator', true]),
  );
});

test('so does a rule whose sites an edit rewrites', async () => {
  const { mutants, unmade } = await mutantsWith({}, { unproven: 'a race' });
  expect(mutants.map(({ at }) => at.line)).not.toContain(14);
  expect(unmade.map(({ at, why, excused }) => [at.file, at.line, why, excused])).toEqual([
    ['input.c', 14, 'a race', true],
  ]);
});

test('a rule of data has no mutant to give a reason for', async () => {
  await expect(mutantsWith({}, { verdict: 'exempt', unproven: 'data' })).rejects.toThrow(
    'only sites that open code have a mutant',
  );
});
