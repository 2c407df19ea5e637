import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/problems.ts';
import { kitWith } from '../check/kit.ts';
import type { Kit } from '../check/kit.ts';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const NAME = 'bash@5.2.15';
const source = await sourceOf(NAME);

/** Bash with a lock of 5.2.15 in which one site that opens no code is another: patching does not ask for it. */
const MODULE = `
import { defineTarget } from '../../src/target/define.js';
import { target as whole } from './whole.js';

const other = (rule) =>
  rule.verdict !== 'exempt'
    ? rule
    : { ...rule, sites: rule.sites.map((site) => (site.id.startsWith('shell.c#') ? { ...site, body: 'fedcba987654' } : site)) };
export const target = defineTarget({
  ...whole,
  evaluates: {},
  locks: {
    ...whole.locks,
    of: (version) => whole.locks.of(version).map((lock) => ({ ...lock, rules: lock.rules.map(other) })),
  },
});
`;

describe('a release whose lock is not what its tree gives', needs(source.need), () => {
  let kit: Kit;
  beforeAll(() => {
    kit = kitWith('bash', MODULE);
  }, 60_000);
  afterAll(() => {
    kit.remove();
  });

  it('is patched, and does not verify: the line of the lock is named', () => {
    expect(kit.mayexec('patch', NAME).status).toBe(0);
    const ended = kit.mayexec('verify', NAME);
    expect(ended.stderr).toMatch(
      /targets\/bash\/locks\/5\.2\.15\.lock:\d+ has "fedcba987654 shell\.c#.*", but the tree gives "(?!fedcba987654)[0-9a-f]{12} shell\.c#/,
    );
    expect(ended.status).toBe(PROBLEMS.unverified.exit);
  }, 60_000);
});
