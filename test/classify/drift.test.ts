import { expect, test } from 'vitest';
import { driftOf } from '../../src/classify/drift.ts';
import type { Ledger, LedgerSite } from '../../src/classify/ledger.ts';
import { driftText } from '../../src/report/drift.ts';

const site = (line: number, text: string, more: Partial<LedgerSite> = {}): LedgerSite => {
  const file = more.file ?? 'a.c';
  const owner = more.function ?? 'f';
  return {
    id: `${file}#${owner}#open#${text}#1`,
    file,
    line,
    column: 3,
    function: owner,
    callee: 'open',
    text,
    guards: [],
    roles: ['data'],
    state: 'plain',
    verdict: 'exempt',
    rule: 'data',
    why: '',
    ...more,
  };
};

const ledger = (...sites: readonly LedgerSite[]): Ledger => ({
  schema: 'mayexec-ledger/1',
  target: 'toy',
  release: '1',
  census: { files: 1, parsed: 1, hits: sites.length, sites: sites.length, other: {}, notShipped: [] },
  sites,
  entries: [],
});

const kinds = (before: Ledger, after: Ledger): readonly string[] =>
  driftOf(before, after).map((one) => `${one.kind} ${one.before?.line ?? '-'} ${one.after?.line ?? '-'}`);

test('the same, moved, changed, new and gone are told apart', () => {
  const before = ledger(
    site(1, 'open (a)'),
    site(2, 'open (b)'),
    site(3, 'open (c, 0)', { function: 'g' }),
    site(4, 'open (d)', { function: 'h' }),
    site(5, 'open (e)', { file: 'old.c' }),
  );
  const after = ledger(
    site(1, 'open (a)'),
    site(20, 'open (b)'),
    site(30, 'open (c, 1)', { function: 'g' }),
    site(5, 'open (e)', { file: 'new.c', function: 'k' }),
    site(60, 'open (new)', { function: 'n', rule: 'other' }),
  );
  expect(kinds(before, after)).toEqual([
    'same 1 1',
    'moved 2 20',
    'changed 3 30',
    'moved 5 5',
    'new - 60',
    'gone 4 -',
  ]);
  const told = { from: 'toy 1', to: 'toy 2', drift: driftOf(before, after), shown: [] };
  const text = driftText({ ...told, anchors: ['a.c: not found'], verdict: 'what it means' }, false);
  expect(text).toContain(
    'toy 1 to toy 2: 1 new, 1 changed, 1 gone, 2 moved, 1 same\nwhat it means\n\nedits: 1\n  a.c: not found\n',
  );
  expect(text).toContain(
    '  - a.c:3: g: open (c, 0)  [exempt, data]\n  + a.c:30: g: open (c, 1)  [exempt, data]\n',
  );
  expect(text).toContain('  a.c:2 -> a.c:20: f: open (b)  [exempt, data]\n');
  expect(text).toContain('  old.c:5 -> new.c:5: f -> k: open (e)  [exempt, data]\n');
  expect(text).toContain('  + a.c:60: n: open (new)  [exempt, other]\n');
  expect(text).toContain('  - a.c:4: h: open (d)  [exempt, data]\n');
  const same = '\nunchanged, even the line: 1\n  a.c:1: f: open (a)  [exempt, data]\n';
  expect(text).not.toContain(same);
  const all = driftText({ ...told, anchors: ['a.c: not found'], verdict: 'what it means' }, true);
  expect(all).toBe(text + same);
});

test('another decision is a change, even where the call is the same', () => {
  const marked = site(1, 'open (a)', { verdict: 'mark', rule: 'script' });
  expect(kinds(ledger(site(1, 'open (a)')), ledger(marked))).toEqual(['changed 1 1']);
});

test('a call that no rule decides is matched with the one that a rule decided', () => {
  const open = site(9, 'open (a, 2)', { rule: null, verdict: 'unreviewed' });
  expect(kinds(ledger(site(1, 'open (a, 0)')), ledger(open))).toEqual(['changed 1 9']);
  const elsewhere = { ...open, file: 'b.c', function: 'g', text: 'open (a, 0)' };
  expect(kinds(ledger(site(1, 'open (a, 0)')), ledger(elsewhere))).toEqual(['changed 1 9']);
});

test('of two calls alike each is matched once', () => {
  const twice = (line: number, ordinal: number): LedgerSite =>
    site(line, 'open (a)', { id: `a.c#f#open#open (a)#${ordinal}` });
  expect(kinds(ledger(twice(1, 1)), ledger(twice(1, 1), twice(2, 2)))).toEqual(['same 1 1', 'new - 2']);
  expect(kinds(ledger(twice(1, 1), twice(2, 2)), ledger(twice(2, 1)))).toEqual(['moved 1 2', 'gone 2 -']);
});

test('of calls with other flags that one is matched which opens the same', () => {
  const before = ledger(site(1, 'open (path, 0)'), site(2, 'open (name, 0)'));
  const after = ledger(site(11, 'open (name, 1)'), site(12, 'open (path, 1)'));
  expect(kinds(before, after)).toEqual(['changed 2 11', 'changed 1 12']);
});
