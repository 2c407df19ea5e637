import { describe, expect, it } from 'vitest';
import { makeSeries } from '../../src/pipeline.ts';
import type { SeriesOptions } from '../../src/pipeline.ts';
import { NO_LOCKS } from '../../src/target/lock.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Edit, Patch, PinnedRelease, Rule, Target } from '../../src/target/contract.ts';
import { locked } from '../locked.ts';

const release: PinnedRelease = {
  version: '1',
  capabilities: [],
  date: '2026-01-01',
  tarball: { file: 'x', sha256: '0'.repeat(64), urls: [] },
};

const rule = (id: string, owner: string, more: Partial<Rule> = {}): Rule => ({
  id,
  places: [{ files: { 'a.c': owner } }],
  verdict: 'mark',
  roles: ['script'],
  why: 'because',
  ...more,
});

const patch = (id: string, ...needs: readonly string[]): Patch => ({
  id,
  subject: `${id}: do it`,
  needs,
  // Any template will do: what it says is not looked at.
  message: 'script.message.ejs',
});

const rewrite = (id: string, of: string, text = 'code_open'): Edit => ({
  patch: id,
  rule: of,
  scope: 'call',
  changes: [{ find: /^open(?:_it)?/, put: 'replace', text }],
});

const never = { where: 'none' };

const CODE =
  'int\nscript (name)\n{\n  return open (name, 0);\n}\n\nint\nuser (name)\n{\n  return open_it (name);\n}\n';

const series = async (more: Partial<Target>, options: SeriesOptions = {}, text = CODE) => {
  const target: Target = {
    name: 'toy',
    templates: 'test/toy/templates',
    releases: [release],
    capabilities: [],
    recognise: () => '1',
    language: (file) => (file.endsWith('.c') ? 'c' : undefined),
    notShipped: [],
    masks: [],
    dead: [],
    openers: [
      { files: /./, lang: 'c', token: /open|open_it/, as: 'callee', gives: 'fd' },
      { files: /./, lang: 'c', token: /code_open/, as: 'callee', gives: 'fd', rewritten: true },
    ],
    evaluates: {},
    locks: NO_LOCKS,
    rules: [rule('script', 'script'), rule('user', 'user', { verdict: 'exempt' })],
    patches: [patch('open')],
    cover: { subject: 'toy: open code', message: 'script.message.ejs' },
    edits: [rewrite('open', 'script')],
    entries: [],
    build: { configure: [], make: [], binary: 'toy', packages: [] },
    copyright: 'nobody',
    license: 'MIT',
    ...more,
  };
  const tree = memoryTree(
    new Map([
      ['a.c', text],
      ['NEWS', 'news\n'],
    ]),
  );
  const known = await locked({ tree, target, release });
  return (await makeSeries({ tree, target: known, release }, options)).series.patches.map(({ id }) => id);
};

const uncovered = (...list: readonly string[]) =>
  expect.objectContaining({
    code: 'uncovered',
    exit: 15,
    details: {
      count: list.length,
      release: 'toy@1',
      target: 'toy',
      list: list.map((one) => `  ${one}`).join('\n'),
    },
  }) as unknown;

const SCRIPT = 'a.c:4: script: open (name, 0): rule script:';
const USER = 'a.c:10: user: open_it (name): rule user:';

describe('every site that is to open code', () => {
  it('passes where it is rewritten', async () => {
    expect(await series({})).toEqual(['open']);
  });

  it('fails where its edit is not for the release, or was forgotten for it', async () => {
    const news: Edit = { patch: 'open', file: 'NEWS', changes: [{ find: 'news', put: 'after', text: '!' }] };
    await expect(series({ edits: [{ ...rewrite('open', 'script'), ...never }, news] })).rejects.toEqual(
      uncovered(`${SCRIPT} patch open should rewrite it, but has no edit for this release`),
    );
  });

  it('fails where the scan of the patched tree finds no open of code in its place', async () => {
    const rules = [rule('script', 'script'), rule('user', 'user', { verdict: 'exempt' })];
    await expect(series({ rules, edits: [rewrite('open', 'script', 'something')] })).rejects.toEqual(
      uncovered(
        `${SCRIPT} patch open should rewrite it, but a scan of the patched tree finds no open of code there`,
      ),
    );
    // Another site of the same function that opens code does not answer for it.
    const two = CODE.replace('  return', '  code_open (name);\n  return');
    const already = rule('already', 'script', {
      places: [{ files: { 'a.c': 'script' }, callee: 'code_open' }],
      before: ['script'],
      verdict: 'exempt',
    });
    const edits = [rewrite('open', 'script', 'something')];
    await expect(series({ rules: [already, ...rules], edits }, {}, two)).rejects.toThrow(
      'a scan of the patched tree finds no open of code there',
    );
  });

  it('passes where a check is put beside a call that stays, or a function that the patch makes is called', async () => {
    const beside: Edit = {
      patch: 'open',
      rule: 'script',
      scope: 'statement',
      changes: [{ find: /^return/, put: 'before', text: 'code_open (name);\n  ' }],
    };
    const rules = [rule('script', 'script'), rule('user', 'user', { verdict: 'exempt' })];
    expect(await series({ rules, edits: [beside] })).toEqual(['open']);
    const made: Edit = {
      patch: 'open',
      file: 'a.c',
      changes: [
        {
          find: /^int\nscript/m,
          put: 'before',
          text: 'int\nhelp (name)\n{\n  return code_open (name, 0);\n}\n\n',
        },
      ],
    };
    const helped = [
      rule('script', 'script'),
      rule('help', 'help', { verdict: 'exempt' }),
      rule('user', 'user', { verdict: 'exempt' }),
    ];
    const calls = rewrite('open', 'script', 'help');
    expect(await series({ rules: helped, edits: [calls, made] })).toEqual(['open']);
    await expect(series({ rules: helped, edits: [{ ...calls }, { ...made, ...never }] })).rejects.toThrow(
      'a scan of the patched tree finds no open of code there',
    );
  });

  it('fails where what it goes through is not in the series, or opens no code', async () => {
    const through = [rule('script', 'script'), rule('user', 'user', { through: 'way' })];
    const patches = [patch('open'), patch('way', 'open')];
    const way: Edit = { patch: 'way', file: 'NEWS', changes: [{ find: 'news', put: 'after', text: '!' }] };
    const edits = [rewrite('open', 'script')];
    await expect(
      series({ rules: through, patches, edits: [...edits, { ...way, ...never }] }),
    ).rejects.toEqual(
      uncovered(`${USER} it opens code through patch way, but it has no edit for this release`),
    );
    await expect(series({ rules: through, patches, edits: [...edits, way] })).rejects.toEqual(
      uncovered(`${USER} it opens code through patch way, but that patch makes no function here open code`),
    );
    const direct = [rule('script', 'script'), rule('user', 'user', { through: 'open' })];
    expect(await series({ rules: direct })).toEqual(['open']);
  });

  it('fails where another edit rewrites a site that is to stay, takes it away, or makes one where it puts nothing', async () => {
    const edit = (find: string, text: string): Edit => ({
      ...{ patch: 'open', file: 'a.c' },
      changes: [{ find, put: 'replace', text }],
    });
    const edits = (find: string, text: string) => [rewrite('open', 'script'), edit(find, text)];
    const stays = 'a.c:10: user: open_it (name): is not to be rewritten, but';
    await expect(series({ edits: edits('open_it (name)', 'code_open (name)') })).rejects.toEqual(
      uncovered(`${stays} is code_open (name) in the patched tree`),
    );
    await expect(series({ edits: edits('open_it (name)', 'nothing') })).rejects.toEqual(
      uncovered(`${stays} is not in the patched tree`),
    );
    // A second open is put in beside: what the series puts in is judged by rules.
    expect(await series({ edits: edits('open_it (name)', 'open_it (name) + open_it (name)') })).toEqual([
      'open',
    ]);
    const define = '#define other_it open_it\n';
    const text = `${CODE}\nint\nlast (name)\n{\n  return other_it (name);\n}\n`;
    const first: Edit = {
      patch: 'open',
      file: 'a.c',
      changes: [{ find: /^int\nscript/m, put: 'before', text: define }],
    };
    const rules = [
      rule('script', 'script'),
      rule('user', 'user', { verdict: 'exempt' }),
      rule('other', '...', {
        verdict: 'exempt',
        before: ['script', 'user'],
        places: [{ files: { 'a.c': ['last', 'other_it'] } }],
      }),
    ];
    await expect(series({ rules, edits: [rewrite('open', 'script'), first] }, {}, text)).rejects.toThrow(
      'a.c: last: other_it (name): is a site in the patched tree alone, where nothing was put in',
    );
  });

  it('fails where a patch needs one that is not in the series', async () => {
    const patches = [patch('base'), patch('open', 'base')];
    const base: Edit = { patch: 'base', file: 'NEWS', changes: [{ find: 'news', put: 'after', text: '!' }] };
    const edits = [rewrite('open', 'script')];
    expect(await series({ patches, edits: [base, ...edits] })).toEqual(['base', 'open']);
    await expect(series({ patches, edits: [{ ...base, ...never }, ...edits] })).rejects.toEqual(
      uncovered('patch open needs patch base, but it has no edit for this release'),
    );
    await expect(
      series(
        { patches: [{ ...patch('base'), optional: 'data' }, patch('open', 'base')], edits: [base, ...edits] },
        { roles: [] },
      ),
    ).rejects.toEqual(uncovered('patch open needs patch base, but it is optional and was not chosen'));
  });

  it('asks nothing of a policy whose patch is not chosen, and all of one whose patch is', async () => {
    const rules = [
      rule('script', 'script'),
      rule('user', 'user', { verdict: 'policy', default: 'exempt', roles: ['config'] }),
    ];
    const patches = [patch('open'), { ...patch('config'), optional: 'config' as const }];
    const edits = [rewrite('open', 'script'), rewrite('config', 'user', 'code_open')];
    const other = [rewrite('open', 'script'), { ...rewrite('config', 'user'), ...never }];
    const roles = (...chosen: readonly string[]) => ({ roles: chosen });
    expect(await series({ rules, patches, edits }, roles())).toEqual(['open']);
    expect(await series({ rules, patches, edits }, roles('config'))).toEqual(['open', 'config']);
    expect(await series({ rules, patches, edits: other }, roles())).toEqual(['open']);
    await expect(series({ rules, patches, edits: other }, roles('config'))).rejects.toEqual(
      uncovered(`${USER} patch config should rewrite it, but has no edit for this release`),
    );
  });

  it('holds the patched tree against the rules: each site that a patch makes is decided by one', async () => {
    const rules = [rule('script', 'script'), rule('user', 'user', { verdict: 'exempt' })];
    const help: Edit = {
      patch: 'open',
      file: 'a.c',
      changes: [
        {
          find: /^int\nscript/m,
          put: 'before',
          text: 'int\nhelp (name)\n{\n  return open (name, 0);\n}\n\n',
        },
      ],
    };
    const edits = [rewrite('open', 'script'), help];
    const unverified = (message: string) => ({
      code: 'unverified',
      details: { tool: 'scan', message: expect.stringContaining(message) as unknown },
    });
    await expect(series({ rules, edits })).rejects.toMatchObject(
      unverified('no rule decides 1 site(s):\n  a.c:4: help: open (name, 0)'),
    );
    const helps = [rule('help', 'help', { verdict: 'exempt' }), rule('helps', 'h...', { verdict: 'exempt' })];
    expect(await series({ rules: [...rules, ...helps.slice(0, 1)], edits })).toEqual(['open']);
    await expect(series({ rules: [...rules, ...helps], edits })).rejects.toMatchObject(
      unverified('a.c:4: help: open (name, 0): help, helps'),
    );
  });
});
