/** A test's line of TAP, the form in which the kernel's own tests report. */
const RESULT = /^(not )?ok (\d+)\b(.*)$/;

/** What programs put behind a result that is no plain success. */
const DIRECTIVE = /# *(SKIP|XFAIL|XPASS|TODO|ERROR)\b.*$/i;

/** What is wrong with a run, and how many of its tests passed. */
export interface TapVerdict {
  readonly planned: number;
  readonly passed: number;
  /** Empty where each test that was planned has passed. */
  readonly faults: readonly string[];
}

/**
 * Judges a run of tests that report in TAP. A test that is skipped has not passed, and a run without a plan, or with
 * fewer results than it planned, is no success whatever its status.
 *
 * @param output what the program wrote
 * @param status its exit status
 */
export function judgeTap(output: string, status: number): TapVerdict {
  const lines = output.split('\n');
  const plans = lines.flatMap((line) => /^1\.\.(\d+)$/.exec(line)?.[1] ?? []).map(Number);
  const planned = plans[0] ?? 0;
  const results = lines.flatMap((line) => {
    const [, not, number, rest = ''] = RESULT.exec(line) ?? [];
    return number === undefined ? [] : [{ line, failed: not !== undefined || DIRECTIVE.test(rest), number }];
  });
  const faults: string[] = [];
  if (plans.length !== 1) faults.push(`${plans.length} plans`);
  else if (planned === 0) faults.push('no test is planned');
  const numbers = results.map(({ number }) => Number(number));
  if (numbers.length !== planned || numbers.some((number, index) => number !== index + 1))
    faults.push(`results ${numbers.join(', ')} of ${planned}`);
  faults.push(...results.filter(({ failed }) => failed).map(({ line }) => line));
  if (status !== 0) faults.push(`status ${status}`);
  return { planned, passed: results.filter(({ failed }) => !failed).length, faults };
}
