import { describe, expect, it } from 'vitest';
import { GuestLost } from '../../src/prove/uml/guest.ts';
import type { Guest } from '../../src/prove/uml/guest.ts';
import { poolOf } from '../../src/prove/uml/pool.ts';

/** Guests that do nothing, and what became of them. */
function guests(): {
  readonly boot: () => Promise<Guest>;
  readonly booted: Guest[];
  readonly stopped: Guest[];
} {
  const booted: Guest[] = [];
  const stopped: Guest[] = [];
  const boot = (): Promise<Guest> => {
    const guest: Guest = {
      run: () => Promise.reject(new Error('not asked')),
      stop: () => {
        stopped.push(guest);
        return Promise.resolve();
      },
    };
    booted.push(guest);
    return Promise.resolve(guest);
  };
  return { boot, booted, stopped };
}

const moment = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1);
  });

describe('the guests of a bed', () => {
  it('are booted when they are wanted, so many at a time, and used again', async () => {
    const { boot, booted, stopped } = guests();
    const pool = poolOf(boot, 2);
    expect(booted).toHaveLength(0);
    let now = 0;
    let most = 0;
    const job = async (): Promise<void> => {
      now += 1;
      most = Math.max(most, now);
      await moment();
      now -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => pool.lend(job)));
    expect(most).toBe(2);
    expect(booted).toHaveLength(2);
    expect(stopped).toEqual([]);
    await pool.stop();
    expect(new Set(stopped)).toEqual(new Set(booted));
  });

  it('are ended when their work fails, and the others wait for no dead one', async () => {
    const { boot, booted, stopped } = guests();
    const pool = poolOf(boot, 1);
    const results = await Promise.allSettled([
      pool.lend(() => Promise.reject(new Error('dead'))),
      pool.lend(() => Promise.resolve('alive')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(stopped).toEqual([booted[0]]);
    expect(booted).toHaveLength(2);
    await pool.stop();
    expect(stopped).toHaveLength(2);
  });

  it('that hang are replaced, each for its own job, and once', async () => {
    const { boot, booted, stopped } = guests();
    let told = 0;
    const pool = poolOf(boot, 2, () => (told += 1));
    await Promise.all([1, 2].map(() => pool.lend(moment)));
    // The first two hang, whatever is asked of them.
    const job = (name: string) => (guest: Guest) =>
      guest === booted[0] || guest === booted[1]
        ? Promise.reject(new GuestLost('the guest hangs'))
        : Promise.resolve(name);
    expect(await Promise.all(['a', 'b', 'c'].map((name) => pool.lend(job(name))))).toEqual(['a', 'b', 'c']);
    expect(told).toBe(2);
    expect(new Set(stopped)).toEqual(new Set(booted.slice(0, 2)));
    expect(booted.length - stopped.length).toBeLessThanOrEqual(2);
    const again = pool.lend(() => Promise.reject(new GuestLost('the guest hangs')));
    await expect(again).rejects.toThrow(GuestLost);
    expect(told).toBe(3);
    await expect(pool.lend(() => Promise.resolve('alive'))).resolves.toBe('alive');
    await pool.stop();
    expect(new Set(stopped)).toEqual(new Set(booted));
  });

  it('are never more than so many, when one hangs beside an idle one', async () => {
    const { boot, booted, stopped } = guests();
    const pool = poolOf(boot, 2);
    await Promise.all([1, 2].map(() => pool.lend(moment)));
    let first = true;
    const most: number[] = [];
    await pool.lend(() => {
      most.push(booted.length - stopped.length);
      const hangs = first;
      first = false;
      return hangs ? Promise.reject(new GuestLost('the guest hangs')) : Promise.resolve();
    });
    expect(most).toEqual([2, 1]);
    await pool.stop();
  });

  it('that cannot be booted take no place', async () => {
    const { boot } = guests();
    let count = 0;
    const pool = poolOf(() => (count++ === 0 ? Promise.reject(new Error('no memory')) : boot()), 1);
    await expect(pool.lend(() => Promise.resolve())).rejects.toThrow('no memory');
    await expect(pool.lend(() => Promise.resolve('alive'))).resolves.toBe('alive');
    await pool.stop();
  });
});
