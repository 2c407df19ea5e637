import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { Problem } from '../../src/problems.ts';
import { checkWays, WAYS } from '../../src/target/catalogue.ts';
import type { Answer, Ways } from '../../src/target/catalogue.ts';
import { interpreterNames, loadTarget, loadTrials, loadWays } from '../../src/target/find.ts';
import { waysPage } from './ways-page.ts';
import type { Answering } from './ways-page.ts';

const page = join(packageFolder, 'docs', 'ways.md');

/** What each target says. */
const answering: readonly Answering[] = await Promise.all(
  interpreterNames().map(async (name) => {
    const { scenarios } = await loadTrials(name);
    return { name, scenarios, ways: await loadWays(await loadTarget(name)) };
  }),
);

it('the page of the ways in is what the targets say', () => {
  const made = waysPage(answering);
  if (process.env['UPDATE'] === '1') writeFileSync(page, made);
  expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(made);
});

describe('a target', () => {
  const scenario = { id: 'script', what: '', files: {}, argv: [], marked: [], plain: [], says: [] };
  const entry = { id: 'x/-c', kind: 'snippet', verdict: 'refuse-when-denied', why: '' } as const;
  const none: Answer = { not: 'nothing here' };
  const all = Object.fromEntries(Object.keys(WAYS).map((way) => [way, none])) as unknown as Ways;
  const whole: Ways = { ...all, script: { shown: ['script'] }, option: { open: '', entries: ['x/-c'] } };
  const said = (ways: object): string => {
    try {
      checkWays('x', ways as Ways, { scenarios: [scenario], entries: [entry] });
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    }
    return '';
  };
  const unanswered = Object.fromEntries(Object.entries(whole).filter(([way]) => way !== 'path'));

  it.each([
    ['answers each way', whole, ''],
    ['leaves a way out', unanswered, 'ways.ts has no answer for path'],
    ['answers more', { ...whole, other: none }, 'ways.ts answers other, which is not in the catalogue'],
    ['has a scenario of no way', { ...whole, script: none }, 'scenario script belongs to no way'],
    ['has an entry of no way', { ...whole, option: none }, 'entry x/-c belongs to no way'],
    ['names no scenario', { ...whole, path: { shown: [] } }, 'nothing shows way path'],
    [
      'names a scenario that is not there',
      { ...whole, path: { shown: ['other'] } },
      'way path names scenario other, which does not exist',
    ],
    [
      'names an entry that is not there',
      { ...whole, path: { open: '', entries: ['y'] } },
      'way path names entry y, which does not exist',
    ],
  ])('%s', (_what, ways, message) => {
    if (message === '') expect(said(ways)).toBe('');
    else expect(said(ways)).toContain(message);
  });
});
