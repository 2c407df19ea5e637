import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { coverageTable } from './rooms.ts';
import type { FileCoverage } from './rooms.ts';

/** A file with a statement on each of the lines, and one branch in two. */
const covered = (path: string, lines: readonly (readonly [number, number])[]): FileCoverage => ({
  path: join(packageFolder, path),
  statementMap: Object.fromEntries(lines.map(([line], id) => [`${id}`, { start: { line } }])),
  s: Object.fromEntries(lines.map(([, count], id) => [`${id}`, count])),
  b: { 0: [1, 0] },
});

it('has a line for each room and a total; a line of code is reached where one of its statements is', () => {
  const files = [
    covered('src/write/file.ts', [
      [1, 1],
      [2, 0],
      [2, 3],
      [4, 0],
    ]),
    covered('src/cli.ts', [[1, 0]]),
    covered('targets/bash/build.ts', [[1, 1]]),
    covered('src/write/on-disk.ts', [[1, 2]]),
    covered('test/needs.ts', [[1, 2]]),
  ];
  expect(coverageTable(files)).toBe(
    [
      '',
      'reached in the processes of the tests',
      'room      files  lines       branches',
      'cli.ts    1      0 %    0/1  50 %      1/2',
      'targets/  1      100 %  1/1  50 %      1/2',
      'write/    2      75 %   3/4  50 %      2/4',
      'total     4      66 %   4/6  50 %      4/8',
      '',
    ].join('\n'),
  );
});

it('gives a room without branches no share of them, and rounds down', () => {
  const lines = Array.from({ length: 200 }, (_, line) => [line, line === 7 ? 0 : 1] as const);
  expect(coverageTable([{ ...covered('src/scan.ts', lines), b: {} }])).toMatch(
    /^scan\.ts +1 +99 % +199\/200 +- +0\/0$/m,
  );
});
