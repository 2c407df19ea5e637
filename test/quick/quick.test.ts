import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import picomatch from 'picomatch';
import { expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { trackedFiles } from '../project/tracked.ts';
import { SLOW } from './slow.ts';

/** Helpers of the tests that start beds, compilers or the built program, or read the source of a release. */
const HELPERS = [
  'check/kit',
  'prove/bed',
  'prove/interpreter',
  'runtime/lab',
  'skeleton/checkout',
  'trees',
].map((name) => `test/${name}.ts`);

const tests = trackedFiles().filter((file) => /^test\/.*\.test\.ts$/.test(file));
const quick = tests.filter((file) => !picomatch.isMatch(file, [...SLOW]));

/** A file of the tests and the files of the tests that it imports, by whatever way. */
function reached(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || !existsSync(join(packageFolder, file))) return found;
  found.add(file);
  const text = readFileSync(join(packageFolder, file), 'utf8');
  for (const [, path = ''] of text.matchAll(/ from '(\.[^']+)\.[jt]s'/g)) {
    const imported = `${normalize(join(dirname(file), path))}.ts`;
    if (imported.startsWith('test/')) reached(imported, found);
  }
  return found;
}

it('each entry of the list of slow tests is one', () => {
  expect(SLOW.filter((glob) => !tests.some((file) => picomatch.isMatch(file, glob)))).toEqual([]);
});

it('the helpers are there, and slow tests use them', () => {
  for (const helper of HELPERS) {
    expect(trackedFiles()).toContain(helper);
    expect(
      tests.some((file) => reached(file).has(helper)),
      helper,
    ).toBe(true);
  }
});

it('no quick test uses a bed, a compiler, the built program or the source of a release', () => {
  expect(quick.length).toBeGreaterThan(40);
  expect(quick.filter((file) => HELPERS.some((helper) => reached(file).has(helper)))).toEqual([]);
  const runsProgram = (file: string): boolean =>
    /dist'?[/,] ?'?src'?[/,] ?'?cli\.js/.test(readFileSync(join(packageFolder, file), 'utf8'));
  expect(tests.some(runsProgram)).toBe(true);
  expect(quick.filter(runsProgram)).toEqual([]);
});
