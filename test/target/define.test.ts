import { describe, expect, it } from 'vitest';
import type { Entry, Opener, Patch, PinnedRelease, Rule, Target } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { plain } from '../fixtures/plain.ts';
import { target as toy } from '../toy/target.ts';
import { recipeOf } from '../../src/target/recipe.ts';

const patch = (id: string, more: Partial<Patch> = {}): Patch => ({
  id,
  subject: id,
  needs: [],
  message: 'm',
  ...more,
});
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  places: [{ files: { '**': '...' } }],
  verdict: 'exempt',
  roles: ['data'],
  why: '',
  ...more,
});
const opener = (token: RegExp): Opener => ({ files: /./, lang: 'c', token, as: 'callee', gives: 'fd' });
const entry: Entry = { id: 'e', kind: 'stdin', verdict: 'files-only', why: '' };
const release: PinnedRelease = {
  version: '1',
  capabilities: [],
  date: '2024-01-01',
  tarball: { file: 'f', sha256: '0'.repeat(64), urls: [] },
};
const capability = { id: 'c', what: 'It has one.', file: 'f' };
const changes = [{ find: 'a', put: 'replace', text: 'b' }] as const;

describe('defineTarget', () => {
  it('gives back what is right', () => {
    expect(defineTarget(toy)).toBe(toy);
  });

  it.each<[string, Partial<Target>, string]>([
    ['a release twice', { releases: [release, release] }, 'release 1 occurs twice'],
    ['a rule twice', { rules: [rule('a'), rule('b'), rule('a')] }, 'rule a occurs twice'],
    ['a patch twice', { patches: [patch('a'), patch('a')] }, 'patch a occurs twice'],
    ['an entry twice', { entries: [entry, entry] }, 'entry e occurs twice'],
    [
      'an edit of no patch',
      { edits: [{ patch: 'none', file: 'f', changes }] },
      'an edit belongs to patch none, which does not exist',
    ],
    [
      'an edit of no rule',
      { patches: [patch('a')], edits: [{ patch: 'a', rule: 'none', scope: 'call', changes }] },
      'an edit belongs to rule none, which does not exist',
    ],
    [
      'an entry with a patch that is not there',
      { entries: [{ id: 'x/-c', kind: 'snippet', verdict: 'refuse-when-denied', why: '', patch: 'none' }] },
      'entry x/-c names patch none, which does not exist',
    ],
    [
      'a need that comes later',
      { patches: [patch('a', { needs: ['b'] }), patch('b')] },
      'patch a needs b, which does not come before it',
    ],
    [
      'a need of itself',
      { patches: [patch('a', { needs: ['a'] })] },
      'patch a needs a, which does not come before it',
    ],
    [
      'off by default, not optional',
      { patches: [patch('a', { offByDefault: true })] },
      'patch a is off by default, so it must be optional',
    ],
    [
      'an edit of a file that is not read',
      { reads: ['a.c'], edits: [{ patch: 'a', file: 'b.c', changes: [] }], patches: [patch('a')] },
      'b.c is named by an edit or a capability, and is not among the files that are read',
    ],
    [
      'a word of others with a flag that keeps a place',
      { foreign: [{ files: /x/, word: /x/g, what: '' }] },
      'the word /x/g has flags that keep a place',
    ],
    [
      'a policy without a default',
      { rules: [rule('a', { verdict: 'policy' })] },
      'rule a: only the verdict policy has a default, and it must have one',
    ],
    [
      'a default without a policy',
      { rules: [rule('a', { default: 'exempt' })] },
      'rule a: only the verdict policy has a default, and it must have one',
    ],
    ['no role', { rules: [rule('a', { roles: [] })] }, 'rule a has no role'],
    [
      'a mark that nothing rewrites',
      { rules: [rule('a', { verdict: 'mark' })] },
      'rule a marks sites, but no edit rewrites them',
    ],
    [
      'a mark by default that nothing rewrites',
      { rules: [rule('a', { verdict: 'policy', default: 'mark' })] },
      'rule a marks sites, but no edit rewrites them',
    ],
    ['a rule that has no places', { rules: [rule('a', { places: [] })] }, 'rule a has no places'],
    [
      'a rule before one that does not exist',
      { rules: [rule('a', { before: ['b', 'c'] }), rule('b')] },
      'rule a comes before c, which does not exist',
    ],
    [
      'a rule before itself alone',
      { rules: [rule('aa', { before: ['a...'] }), rule('b')] },
      'rule aa comes before a..., which does not exist',
    ],
    ['a global token', { openers: [opener(/open/g)] }, 'the token /open/g has flags'],
    ['a sticky token', { openers: [opener(/open/y)] }, 'the token /open/y has flags'],
    ['an empty token', { openers: [opener(/o*/)] }, 'the token /o*/ matches the empty text'],
    [
      'no sum',
      { releases: [{ ...release, tarball: { ...release.tarball, sha256: 'ABC' } }] },
      'release 1 has no sha256',
    ],
    ['a capability twice', { capabilities: [capability, capability] }, 'capability c occurs twice'],
    [
      'an edit that asks for what no capability is',
      {
        capabilities: [capability],
        patches: [patch('a')],
        edits: [{ patch: 'a', where: ['c', '!d'], file: 'f', changes }],
      },
      'an edit of patch a asks for capability d, which does not exist',
    ],
    [
      'a release with what no capability is',
      { releases: [{ ...release, capabilities: ['c'] }] },
      'release 1 has capability c, which does not exist',
    ],
    [
      'a bundled part with what no capability is',
      { bundled: [{ what: 'line', files: 'line/**', says: '', capability: 'd' }] },
      'the bundled part line has capability d, which does not exist',
    ],
    [
      'a build that asks for what no capability is',
      { build: { ...recipeOf(plain), also: [{ where: '!d', configure: [], packages: [] }] } },
      'the build asks for capability d, which does not exist',
    ],
    [
      'a commit by a part of its name',
      { releases: [{ ...release, seen: { repository: 'a/b', commit: 'abc' } }] },
      'release 1 names a commit without its 40 hex digits',
    ],
    ['no date', { releases: [{ ...release, date: 'today' }] }, 'release 1 has no date'],
  ])('refuses %s', (_name, part, message) => {
    expect(() => defineTarget({ ...plain, ...part })).toThrow(
      expect.objectContaining({ code: 'target-invalid', message: `targets/plain: ${message}` }),
    );
  });
});
