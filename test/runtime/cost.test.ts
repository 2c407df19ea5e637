import { expect, test } from 'vitest';
import { gcc, needs, tool } from '../needs.ts';
import { measureCost } from './cost.ts';

const measured = needs(gcc, tool('strace'), tool('valgrind'));

test('with no policy: one probe a process, one prctl an open', measured, async () => {
  const { helper, plain } = await measureCost();
  expect(plain.each.calls).toEqual({ openat: 1, close: 1 });
  expect(helper.each.calls).toEqual({ ...plain.each.calls, prctl: 1 });
  expect(helper.first.calls).toEqual({ ...helper.each.calls, openat2: 1, access: 1 });
  expect(helper.each.instructions - plain.each.instructions).toBeLessThan(200);
});
