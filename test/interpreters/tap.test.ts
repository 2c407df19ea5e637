import { describe, expect, it } from 'vitest';
import { judgeTap } from './tap.ts';

const GOOD = `TAP version 13
1..2
# Starting 2 tests from 2 test cases.
#  RUN           policy.mode ...
#            OK  policy.mode
ok 1 policy.mode
ok 2 policy.not_ok_by_name
# PASSED: 2 / 2 tests passed.
`;

const faultsOf = (output: string, status = 0): readonly string[] => judgeTap(output, status).faults;

describe('a run of tests in TAP', () => {
  it('has passed where all that was planned has', () => {
    expect(judgeTap(GOOD, 0)).toEqual({ planned: 2, passed: 2, faults: [] });
  });

  it('has failed with a test', () => {
    const failed = judgeTap(GOOD.replace('ok 2', 'not ok 2'), 1);
    expect(failed).toEqual({
      planned: 2,
      passed: 1,
      faults: ['not ok 2 policy.not_ok_by_name', 'status 1'],
    });
  });

  it.each(['ok 1 # SKIP needs root', 'ok 1 policy.mode # SKIP needs root', 'ok 1 policy.mode # XFAIL'])(
    'has failed where a test did not pass: %s',
    (line) => {
      expect(faultsOf(GOOD.replace('ok 1 policy.mode', line))).toEqual([line]);
    },
  );

  it('has failed without a plan, with another number of results, and with a status', () => {
    expect(faultsOf('')).toEqual(['0 plans']);
    expect(faultsOf(GOOD.replace('1..2\n', ''))).toEqual(['0 plans', 'results 1, 2 of 0']);
    expect(faultsOf('1..0\n')).toEqual(['no test is planned']);
    expect(faultsOf(GOOD.replace('1..2', '1..3'))).toEqual(['results 1, 2 of 3']);
    expect(faultsOf(GOOD.replace('ok 2', 'ok 1'))).toEqual(['results 1, 1 of 2']);
    expect(faultsOf(`${GOOD}1..2\n`)).toEqual(['2 plans']);
    expect(faultsOf(GOOD, 4)).toEqual(['status 4']);
  });
});
