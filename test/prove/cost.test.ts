import { expect, it } from 'vitest';
import { measureBeds } from './cost.ts';

it('the supervisor starts in 20 ms and opens in 150 us, with room for a busy machine', async () => {
  for (const { name, value, limit } of await measureBeds()) {
    expect(value, name).toBeGreaterThan(0);
    // The limit itself is held by the bench, which has the machine for itself.
    expect(value, name).toBeLessThan(4 * limit);
  }
});
