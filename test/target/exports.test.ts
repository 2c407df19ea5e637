import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { checkExports } from '../../src/target/exports.ts';
import type { LoadedFile } from '../../src/target/exports.ts';

const build = {
  warnings: [],
  unoptimised: ['CFLAGS=-O0'],
  libraryOpens: { f: 'why' },
  ownTests: { heading: /^== (.*)/, atLeast: 1 },
  rebuild: { commands: [] },
};

const said = (file: LoadedFile, loaded: Readonly<Record<string, unknown>>): string => {
  try {
    checkExports('toy', file, loaded);
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'right';
};

describe('what a file of a target exports', () => {
  it.each<[string, LoadedFile, Readonly<Record<string, unknown>>]>([
    ['the least of a build', 'build', build],
    [
      'all of a build',
      'build',
      { ...build, recipe: {}, variants: [{}], prefix: 'p', ownCode: /x/, copies: { a: 'b' } },
    ],
    ['a reason why there are no tests', 'build', { ...build, ownTests: { none: 'the tree has none' } }],
    ['no scenarios', 'scenarios/index', { scenarios: [] }],
    ['a deployment', 'deploy', { deployment: {} }],
    ['ways', 'ways', { ways: {} }],
    ['a target', 'target', { target: { name: 'toy' } }],
  ])('%s is right', (_what, file, loaded) => {
    expect(said(file, loaded)).toBe('right');
  });

  it.each<[string, LoadedFile, Readonly<Record<string, unknown>>, string]>([
    [
      'an optional export misspelt',
      'build',
      { ...build, ownCoed: /x/ },
      'build.ts exports `ownCoed`, which nothing reads',
    ],
    ['a second export', 'scenarios/index', { scenarios: [], more: [] }, 'scenarios/index.ts exports `more`'],
    ['one that is missing', 'build', { ...build, rebuild: undefined }, 'build.ts does not export `rebuild`'],
    ['nothing', 'deploy', {}, 'deploy.ts does not export `deployment`'],
    ['another kind of thing', 'build', { ...build, prefix: 3 }, 'build.ts exports a wrong `prefix`: '],
    ['a text for a pattern', 'build', { ...build, ownCode: '^lib/' }, 'build.ts exports a wrong `ownCode`: '],
    ['no tests, without a reason', 'build', { ...build, ownTests: { none: '' } }, 'a wrong `ownTests'],
    [
      'tests that may be none',
      'build',
      { ...build, ownTests: { heading: /x/, atLeast: 0 } },
      'a wrong `ownTests',
    ],
    ['a wrong part', 'build', { ...build, warnings: [1] }, 'build.ts exports a wrong `warnings.0`: '],
    [
      'no list of scenarios',
      'scenarios/index',
      { scenarios: {} },
      'scenarios/index.ts exports a wrong `scenarios`: ',
    ],
    ['no object', 'ways', { ways: null }, 'ways.ts exports a wrong `ways`: is no object'],
  ])('%s is an error', (_what, file, loaded, message) => {
    expect(said(file, loaded)).toContain('target-invalid: ');
    expect(said(file, loaded)).toContain(message);
  });
});
