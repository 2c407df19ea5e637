import { beforeEach, expect, it } from 'vitest';
import { demand, gcc } from '../needs.ts';
import { testProgram } from './interpreter.ts';
import { inUml } from './uml.ts';

beforeEach(() => {
  demand(gcc);
});

/** A rule, or a file and the way that it is opened in, with what came of it. */
const ANSWERS = [
  ['rule measure func=FILE_CHECK mask=^MAY_OPENEXEC fowner=4711', 'ok'],
  ['rule measure func=FILE_CHECK mask=MAY_READ fowner=4712', 'ok'],
  ['rule appraise func=FILE_CHECK mask=^MAY_OPENEXEC fowner=4713', 'ok'],
  // It could never match.
  ['rule measure func=FILE_CHECK mask=MAY_OPENEXEC fowner=4714', 'EINVAL'],
  ['data plain', 'ok'],
  ['code flag', 'ok measured'],
  // Nobody avoids a rule with an exact mask by passing the flag.
  ['exact plain', 'ok measured'],
  ['exact-by-flag flag', 'ok measured'],
  // It has no signature.
  ['unsigned plain', 'ok'],
  ['unsigned flag', 'EACCES'],
];

it('rules of IMA name what is opened with the flag', { timeout: 120_000 }, () =>
  inUml(async (bed) => {
    const from = await testProgram('ima');
    const { stdout, stderr, status } = await bed.run({
      argv: ['./ima'],
      fixtures: [{ kind: 'copy', path: 'ima', from, mode: 0o755 }],
      ...{ user: 'root', policy: 0 },
    });
    expect([status, stderr.toString()]).toEqual([0, '']);
    const lines = stdout.toString().trimEnd().split('\n');
    expect(lines.map((line) => line.split('\t'))).toEqual(ANSWERS);
  }),
);
