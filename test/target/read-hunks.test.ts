import { describe, expect, it } from 'vitest';
import { planOf } from '../../src/edits/plan.ts';
import { applyEdits } from '../../src/edits/apply.ts';
import { without } from '../../src/check/places.ts';
import { Problem } from '../../src/problems.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Change, Edit, Release } from '../../src/target/contract.ts';
import { targetNames } from '../../src/target/find.ts';
import { hunksFrom, readHunks } from '../../src/target/read-hunks.ts';
import { target as toy } from '../toy/target.ts';

const read = (text: string): readonly Edit[] => hunksFrom(text, 'edits/some.hunks', 'toy');

/** The changes of a section that is for a file. */
function changes(hunks: string, words = ''): readonly Change[] {
  const [edit] = read(`@@ patch: p\n@@ file: f\n${words}${hunks}`);
  return edit !== undefined && 'changes' in edit ? edit.changes : [];
}

const release: Release = { version: '1', date: '2026-01-01', capabilities: [] };
const nothing = (): string => '';

/** A file after the hunks of a section. */
function patched(text: string, hunks: string, words = ''): string {
  const target = { ...toy, edits: read(`@@ patch: p\n@@ file: f\n${words}${hunks}`) };
  const tree = memoryTree(new Map([['f', text]]));
  const patches = new Set(['p']);
  const { edits } = planOf(tree, {
    target,
    release,
    patches,
    decisions: [],
    ownersIn: () => [],
    render: nothing,
  });
  return applyEdits(text, edits);
}

describe('a file of hunks', () => {
  it('is edits, with the name of a patch for all that follow it', () => {
    const text = [
      '# A remark.',
      '@@ patch: one',
      '',
      '@@ rule: script',
      '@@ scope: call',
      '@@ where: new, !old',
      '-open (name)',
      '# Another.',
      '+open_code (name)',
      '',
      '@@ create: some.c',
      '@@ template: some.c.ejs',
      '',
      '@@ patch: two',
      '@@ file: NEWS',
      '@@ degrades',
      ' old',
      '+new',
      '',
    ].join('\n');
    expect(read(text)).toEqual([
      {
        patch: 'one',
        rule: 'script',
        scope: 'call',
        where: ['new', '!old'],
        changes: [{ find: /^open \(name\)/, put: 'replace', text: 'open_code (name)' }],
      },
      { patch: 'one', create: 'some.c', template: 'some.c.ejs' },
      {
        patch: 'two',
        file: 'NEWS',
        degrades: true,
        changes: [{ find: /^old\n/m, put: 'after', text: 'new\n' }],
      },
    ]);
  });

  it('keeps tabs, blanks at the end and bytes', () => {
    expect(patched('\ta \nb\n', '-\ta \n+\t\xe9  \n')).toBe('\t\xe9  \nb\n');
  });

  it('puts in before, after and between context, which is not touched', () => {
    expect(changes('+new\n a\n b\n')).toEqual([{ find: /^a\nb\n/m, put: 'before', text: 'new\n' }]);
    expect(changes(' a\n+new\n+\n')).toEqual([{ find: /^a\n/m, put: 'after', text: 'new\n\n' }]);
    expect(changes(' a\n+new\n b\n')).toEqual([{ find: /(?<=^a\n)(?=b\n)/m, put: 'after', text: 'new\n' }]);
    expect(changes(' a\n-b\n+new\n c\n')).toEqual([
      { find: /(?<=^a\n)b\n(?=c\n)/m, put: 'replace', text: 'new\n' },
    ]);
  });

  it('has as many hunks in a section as are wanted', () => {
    expect(changes(' a\n+b\n@@\n+c\n d\n')).toHaveLength(2);
  });

  it('may change a part of a line', () => {
    const [change] = changes('-two\n+three\n', '@@ inside: line\n');
    expect(change).toEqual({ find: 'two', put: 'replace', text: 'three' });
    expect(patched('one two\n', '-two\n+three\n', '@@ inside: line\n')).toBe('one three\n');
  });

  it('puts a line into sorted ones', () => {
    const hunks = '+src/b.c\tf\n';
    expect(patched('x\nsrc/a.c\tf\nsrc/c.c\tf\ny\n', hunks, '@@ sorted: src/...\tf\n')).toBe(
      'x\nsrc/a.c\tf\nsrc/b.c\tf\nsrc/c.c\tf\ny\n',
    );
  });

  it('finds whole lines only', () => {
    expect(() => patched('xa\n', '-a\n+b\n')).toThrow(Problem);
    expect(patched('xa\na\n', '-a\n+b\n')).toBe('xa\nb\n');
  });

  it.each([
    [' a\n+b\n', 'a\n'],
    ['+b\n a\n', 'a\n'],
    ['-a\n+b\n', 'a\n'],
    [' x\n-a\n+b\n y\n', 'x\na\ny\n'],
    [' x\n+b\n y\n', 'x\ny\n'],
    ['-a\n', 'a\nx\n'],
  ])('can be taken off again: %j', (hunks, text) => {
    const [change] = changes(hunks);
    const after = patched(text, hunks);
    expect(after).not.toBe(text);
    const scope = { start: 0, end: after.length };
    expect(change && without(change, after, scope, { release, render: nothing })).toBe(text);
  });

  it.each([
    ['@@ patch: p\n+a\n', 2, 'expected a hunk after the header'],
    ['@@ patch: p\n@@ files: f\n', 2, 'files is not a key of a header'],
    ['@@ patch: p\n@@ file\n', 2, 'file does not take this value'],
    ['@@ patch: p\n@@ rule: r\n@@ scope: line\n', 3, 'scope does not take this value'],
    ['@@ patch: p\n@@ file: f\n@@ file: g\n+a\n', 3, 'file occurs twice in the header'],
    ['@@ patch: p\n@@ file: f\n@@ rule: r\n+a\n', 2, 'a section needs exactly one of rule, file and create'],
    ['@@ patch: p\n@@ where: x\n+a\n', 2, 'a section needs exactly one of rule, file and create'],
    ['@@ patch: p\n@@ rule: r\n@@ degrades\n-a\n+b\n', 2, 'degrades does not go with rule'],
    ['@@ patch: p\n@@ rule: r\n-a\n+b\n', 2, 'a section of a rule needs a scope: call, statement or owner'],
    ['@@ file: f\n a\n+b\n', 1, 'the section names no patch'],
    ['@@ patch: p\n@@ file: f\n', 2, 'the section has no hunks'],
    ['@@ patch: p\n@@ create: f\n', 2, 'a section that creates a file needs a template'],
    ['@@ patch: p\n@@ create: f\n@@ template: t\n+a\n', 2, 'a section that creates a file takes no hunks'],
    ['@@ patch: p\n@@ file: f\n@@\n+a\n', 3, 'expected another hunk after @@'],
    [
      '@@ patch: p\n@@ file: f\n a\n\n+b\n',
      5,
      'an empty line in a hunk: for an empty line of the source, write the sign only',
    ],
    ['@@ patch: p\n@@ file: f\nabc\n', 3, 'expected a line that begins with a blank, -, +, @@ or #'],
    ['@@ patch: p\n@@ file: f\n a\n', 3, 'the hunk changes nothing'],
    ['@@ patch: p\n@@ file: f\n+a\n', 3, 'a hunk that only adds lines needs context'],
    [
      '@@ patch: p\n@@ file: f\n a\n+b\n c\n+d\n',
      3,
      'a hunk changes one place: write a second hunk after @@',
    ],
    ['@@ patch: p\n@@ file: f\n+a\n-b\n', 3, 'write the removed lines (-) before the added lines (+)'],
    ['@@ patch: p\n@@ file: f\n a\n-b\n', 3, 'a hunk that only removes lines takes no context'],
    [
      '@@ patch: p\n@@ rule: r\n@@ scope: call\n a\n+b\n',
      4,
      'within a line, call or statement, remove a text and add another, without context',
    ],
    ['@@ patch: p\n@@ file: f\n@@ sorted: a...\n+b\n+c\n', 4, 'a sorted hunk adds exactly one line'],
  ])('is refused: %j', (text, line, message) => {
    let thrown: unknown;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      code: 'target-invalid',
      details: { message: `edits/some.hunks:${line}: ${message}` },
    });
  });
});

it.each(targetNames())('the hunks of %s are read', (name) => {
  expect(readHunks(name).length).toBeGreaterThan(0);
});
