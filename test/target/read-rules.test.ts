import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { readRules, rulesFrom } from '../../src/target/read-rules.ts';
import { targetNames } from '../../src/target/find.ts';

const read = (text: string) => rulesFrom(text, 'rules/some.yml', 'toy');

/** A rule as text, with words put in, in the place of others, or left out. */
function written(words: Readonly<Record<string, string | undefined>>): string {
  const all: Readonly<Record<string, string | undefined>> = {
    rule: 'one',
    why: 'because',
    verdict: 'exempt',
    roles: '[data]',
    files: '{ a.c: f }',
    ...words,
  };
  const lines = Object.entries(all).flatMap(([word, text]) =>
    text === undefined ? [] : [`${word}: ${text}`],
  );
  return `- ${lines.join('\n  ')}\n`;
}

describe('a rule', () => {
  it('is what is written', () => {
    expect(read(written({}))).toEqual([
      { id: 'one', why: 'because', verdict: 'exempt', roles: ['data'], places: [{ files: { 'a.c': 'f' } }] },
    ]);
    const whole = `
- rule: two
  why: >-
    in two
    lines
  verdict: policy
  default: mark
  roles: [script, startup]
  before: [one, three-...]
  files:
    src/*.c: [f, g]
    b.c: '-'
  callee: [open, fopen]
  text: open (...)
  statement: fd = ...
  guard: defined (A)
  kind: macro
  state: rewritten
  owner: define
  not: { callee: creat }
- rule: three
  why: because
  verdict: mark
  through: helper
  roles: [module]
  any:
    - files: { a.c: f }
    - files: { b.c: '...' }
      callee: open
      not: { text: open (0) }
`;
    expect(read(whole)).toEqual([
      {
        id: 'two',
        why: 'in two lines',
        verdict: 'policy',
        default: 'mark',
        roles: ['script', 'startup'],
        before: ['one', 'three-...'],
        places: [
          {
            files: { 'src/*.c': ['f', 'g'], 'b.c': '-' },
            callee: ['open', 'fopen'],
            text: 'open (...)',
            statement: 'fd = ...',
            guard: 'defined (A)',
            kind: 'macro',
            state: 'rewritten',
            owner: 'define',
            not: { callee: 'creat' },
          },
        ],
      },
      {
        id: 'three',
        why: 'because',
        verdict: 'mark',
        through: 'helper',
        roles: ['module'],
        places: [
          { files: { 'a.c': 'f' } },
          { files: { 'b.c': '...' }, callee: 'open', not: { text: 'open (0)' } },
        ],
      },
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown word', written({ wen: 'never' }), /one: wen: /],
    [
      'an unknown word of a place',
      written({ files: undefined, any: '[{ files: { a.c: f }, wen: 1 }]' }),
      /one: any\.0\.wen: /,
    ],
    ['an unknown word of what is not meant', written({ not: '{ files: { a.c: f } }' }), /one: not\.files: /],
    ['no why', written({ why: undefined }), /one: why: /],
    ['no verdict', written({ verdict: undefined }), /one: verdict: /],
    ['no roles', written({ roles: undefined }), /one: roles: /],
    ['no name', written({ rule: undefined }), /rule 1: rule: /],
    ['a wrong verdict', written({ verdict: 'maybe' }), /one: verdict: .*"maybe"/],
    ['a wrong default', written({ verdict: 'policy', default: 'policy' }), /one: default: /],
    ['a wrong role', written({ roles: '[scripts]' }), /one: roles\.0: .*"scripts"/],
    ['a wrong kind', written({ kind: 'cast' }), /one: kind: /],
    ['a wrong state', written({ state: 'new' }), /one: state: /],
    ['a wrong owner', written({ owner: 'f' }), /one: owner: /],
    ['a column, which a change of the layout moves', written({ column: '5' }), /one: column: /],
    ['a pattern that is a number', written({ text: '3' }), /one: text: /],
    [
      'files and any',
      written({ any: '[{ files: { b.c: f } }]' }),
      /one: needs either files or any, to say where it looks/,
    ],
    [
      'neither files nor any',
      written({ files: undefined }),
      /one: needs either files or any, to say where it looks/,
    ],
    [
      'an empty any',
      written({ files: undefined, any: '[]' }),
      /one: needs either files or any, to say where it looks/,
    ],
    [
      'a condition beside any',
      written({ files: undefined, any: '[{ files: { b.c: f } }]', callee: 'open' }),
      /one: put conditions into the places of any/,
    ],
    ['a word that occurs twice', `${written({})}  why: again\n`, /duplicated mapping key \(\d+:\d+\)/],
    [
      'a file that occurs twice',
      written({ files: '{ a.c: f, a.c: g }' }),
      /duplicated mapping key \(\d+:\d+\)/,
    ],
    ['no YAML', '- rule: [one\n', /\(2:1\)/],
    ['no list', 'rule: one\n', /not a list of rules/],
    ['nothing', '', /the input is empty/],
    ['a rule that is a word', '- one\n', /rule 1: /],
  ])('with %s is refused, and the file is named', (_what, text, message) => {
    const error = ((): unknown => {
      try {
        return read(text);
      } catch (caught) {
        return caught;
      }
    })();
    if (!(error instanceof Problem)) throw new Error(`no problem: ${JSON.stringify(error)}`);
    expect(error.code).toBe('target-invalid');
    expect(error.details).toMatchObject({ target: 'toy' });
    expect(error.message).toMatch(/^targets\/toy: rules\/some\.yml: /);
    expect(error.message).toMatch(message);
  });

  it('that is wrong is named, though others come before it', () => {
    expect(() => read(written({ rule: 'fine' }) + written({ rule: 'bad', why: undefined }))).toThrow(
      'rules/some.yml: bad: why: ',
    );
    expect(() => read(written({ rule: 'fine' }) + written({ rule: undefined }))).toThrow('rule 2: rule: ');
  });
});

describe.each(targetNames())('the rules of %s', (name) => {
  it('are read from all of its files', () => {
    expect(readRules(name).length).toBeGreaterThan(0);
  });
});
