import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockText } from '../../src/lock/write-lock.ts';
import { packageFolder } from '../../src/package.ts';
import { Problem } from '../../src/problems.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { NO_LOCKS } from '../../src/target/lock.ts';
import { lockFrom, readLocks } from '../../src/target/read-locks.ts';

describe.each(targetNames())('the locks of %s', (name) => {
  const folder = join(packageFolder, 'targets', name, 'locks');
  const files = readdirSync(folder);

  it.each(files)('%s: read and written again it is the same, byte for byte', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const lock = lockFrom(text, file, name);
    expect(lockText(lock)).toBe(text);
    const { release, overlay } = lock;
    expect(file).toBe(`${overlay === undefined ? release : `${release}+${overlay}`}.lock`);
    expect(lock.rules.flatMap(({ sites }) => sites).length).toBeGreaterThan(0);
  });

  it('are those of the releases that are pinned, and of no other', async () => {
    const { releases, locks } = await loadTarget(name);
    const pinned = releases.map(({ version }) => version).sort();
    expect([...locks.releases].sort()).toEqual(pinned);
    for (const version of pinned) {
      const [own, ...overlays] = locks.of(version);
      expect(own).toMatchObject({ target: name, release: version });
      expect(own?.overlay).toBeUndefined();
      for (const one of overlays)
        expect(one).toMatchObject({ release: version, overlay: expect.any(String) as unknown });
    }
    const all = pinned.flatMap((version) => locks.of(version));
    expect(all).toHaveLength(files.length);
  });

  it('are none for a release that has none', () => {
    expect(readLocks(name).of('0.0')).toEqual([]);
  });
});

it('a target can have none', () => {
  expect(readLocks('none')).toMatchObject({ releases: [] });
  expect(readLocks('none').of('1')).toEqual(NO_LOCKS.of('1'));
});

describe('a lock', () => {
  const TEXT = `mayexec-lock/1 toy 1.2
patches: helper script
capabilities: old plugins

calls: mark through helper; script
  # they call what is rewritten
  0123456789ab b.c#-#run#run (a)#1

config: policy (exempt); config, startup
  # may hold commands, and then
  # again may not
  0123456789ab a.c#f#open#open ("#", ' ')#1
  fedcba987654 a.c#f#open#open ("#", ' ')#2

script: mark; script
  # it runs
  000000000000 b.c#-#open#open (a)#1
`;

  it('is read', () => {
    expect(lockFrom(TEXT, 'x', 'toy')).toEqual({
      target: 'toy',
      release: '1.2',
      patches: ['helper', 'script'],
      capabilities: ['old', 'plugins'],
      rules: [
        {
          id: 'calls',
          verdict: 'mark',
          through: 'helper',
          roles: ['script'],
          why: 'they call what is rewritten',
          sites: [{ body: '0123456789ab', id: 'b.c#-#run#run (a)#1' }],
        },
        {
          id: 'config',
          verdict: 'policy',
          default: 'exempt',
          roles: ['config', 'startup'],
          why: 'may hold commands, and then again may not',
          sites: [
            { body: '0123456789ab', id: 'a.c#f#open#open ("#", \' \')#1' },
            { body: 'fedcba987654', id: 'a.c#f#open#open ("#", \' \')#2' },
          ],
        },
        {
          id: 'script',
          verdict: 'mark',
          roles: ['script'],
          why: 'it runs',
          sites: [{ body: '000000000000', id: 'b.c#-#open#open (a)#1' }],
        },
      ],
    });
  });

  it('is written the same whatever the order of its rules and sites, without rules that decide nothing', () => {
    const lock = lockFrom(TEXT.replace('\n  # again', ' again'), 'x', 'toy');
    const rules = lock.rules.toReversed().map((rule) => ({ ...rule, sites: rule.sites.toReversed() }));
    const [first] = rules;
    if (first === undefined) throw new Error('no rule');
    const other = { ...lock, rules: [{ ...first, id: 'none', sites: [] }, ...rules] };
    expect(lockText(other)).toBe(lockText(lock));
    expect(lockText(lock)).not.toContain('none');
  });

  it('has no patches where it is an overlay', () => {
    const text = `mayexec-lock/1 toy 1.2 fedora\n\n${TEXT.slice(TEXT.indexOf('script: '))}`;
    const lock = lockFrom(text, 'x', 'toy');
    expect(lock).toMatchObject({ release: '1.2', overlay: 'fedora', patches: [] });
    expect(lockText(lock)).toBe(text);
  });

  it.each<[string, (text: string) => string, number]>([
    ['another schema', (text) => text.replace('lock/1', 'lock/2'), 1],
    ['another target', (text) => text.replace('toy', 'boy'), 1],
    ['no release', (text) => text.replace(' 1.2', ''), 1],
    ['nothing', () => '', 1],
    ['a wrong verdict', (text) => text.replace('script: mark', 'script: maybe'), 15],
    ['a wrong default', (text) => text.replace('(exempt)', '(policy)'), 9],
    ['no roles', (text) => text.replace('mark; script', 'mark;'), 15],
    ['a short hash', (text) => text.replace('fedcba987654', 'fedcba98765'), 13],
    ['no site behind a hash', (text) => text.replace('fedcba987654 a.c', 'fedcba987654\na.c'), 13],
    [
      'a site before any rule',
      (text) => text.replace('\ncalls', '\n  000000000000 a.c#f#open#open#1\ncalls'),
      5,
    ],
    ['prose before any rule', (text) => text.replace('\ncalls', '\n  # why\ncalls'), 5],
    ['a conflict of a merge', (text) => text.replace('script: mark', '<<<<<<< ours\nscript: mark'), 15],
    ['another word', (text) => text.replace('patches: ', 'patch: '), 2],
  ])('with %s is refused, and its line is named', (_what, change, line) => {
    const error = ((): unknown => {
      try {
        return lockFrom(change(TEXT), 'locks/1.2.lock', 'toy');
      } catch (caught) {
        return caught;
      }
    })();
    if (!(error instanceof Problem)) throw new Error(`no problem: ${JSON.stringify(error)}`);
    expect(error.code).toBe('target-invalid');
    expect(error.message).toContain(`targets/toy: locks/1.2.lock:${line}: `);
  });
});
