import { expect, test } from 'vitest';
import { scan } from '../../src/scan.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Rule, Target } from '../../src/target/contract.ts';
import { NO_LOCKS } from '../../src/target/lock.ts';
import { defineTarget } from '../../src/target/define.ts';

const release = {
  version: '1',
  capabilities: [],
  date: '2020-01-01',
  tarball: { file: 'toy.tar.gz', sha256: '0'.repeat(64), urls: [] },
};

const marked: Rule = {
  id: 'choke-point',
  places: [{ files: { 'a.c': 'open_it' } }],
  verdict: 'mark',
  roles: ['script'],
  why: 'what all others call',
};

const callers: Rule = {
  id: 'callers',
  places: [{ files: { 'a.c': '...' }, callee: 'open_it' }],
  verdict: 'mark',
  through: 'choke',
  roles: ['script'],
  why: 'call it',
};

function toy(rules: readonly Rule[]): Target {
  return defineTarget({
    name: 'toy',
    templates: '.',
    releases: [release],
    capabilities: [],
    recognise: () => '1',
    language: () => 'c',
    notShipped: [],
    masks: [],
    dead: [],
    openers: [
      { files: /./, lang: 'c', token: /open|open_it/, as: 'callee', gives: 'fd' },
      { files: /./, lang: 'c', token: /code_open/, as: 'callee', gives: 'fd', rewritten: true },
    ],
    evaluates: {},
    locks: NO_LOCKS,
    rules,
    patches: [{ id: 'choke', subject: 'open: open code', needs: [], message: 'none' }],
    cover: { subject: 'open: open code', message: 'none' },
    edits: [
      {
        patch: 'choke',
        rule: 'choke-point',
        scope: 'call',
        changes: [{ find: 'open', put: 'replace', text: 'code_open' }],
      },
    ],
    entries: [],
    build: { configure: [], make: [], binary: 'toy', packages: [] },
    copyright: 'nobody',
    license: 'MIT',
  });
}

const source = [
  'int\nopen_it(const char *name)\n{\n    return open(name, 0);\n}\n',
  'int\nuser(void)\n{\n    open_it("x");\n}\n',
].join('\n');

test('sites that open through a patched function are marked, and name its patch', async () => {
  const tree = memoryTree(new Map([['a.c', source]]));
  const { ledger } = await scan({ tree, target: toy([marked, callers]), release });
  const caller = ledger.sites.find((site) => site.callee === 'open_it');
  expect(caller).toMatchObject({
    verdict: 'mark',
    rule: 'callers',
    state: 'plain',
    patch: '0001-open-open-code.patch',
  });
});

test('a patch to go through is one of the series, for the verdict mark, and without an edit', () => {
  expect(() => toy([marked, { ...callers, through: 'nothing' }])).toThrow(
    'patch nothing, which does not exist',
  );
  expect(() => toy([marked, { ...callers, verdict: 'exempt' }])).toThrow('only a rule with the verdict mark');
  expect(() => toy([{ ...marked, through: 'choke' }])).toThrow('without edits');
  const without = { ...marked, id: 'callers', places: callers.places };
  expect(() => toy([marked, without])).toThrow('rule callers marks sites, but no edit rewrites them');
});
