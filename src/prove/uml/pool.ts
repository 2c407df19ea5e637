import type { Guest } from './guest.ts';

/** Guests that are booted when they are wanted, and kept for the next job. */
export interface Pool {
  /**
   * Lends a guest to some work; a guest whose work fails is ended.
   *
   * @throws what booting one throws, and what `work` does
   */
  lend<T>(work: (guest: Guest) => Promise<T>): Promise<T>;
  /** Ends all guests. */
  stop(): Promise<void>;
}

/**
 * @param boot boots a guest
 * @param most how many there may be at a time, 1 or more
 */
export function poolOf(boot: () => Promise<Guest>, most: number): Pool {
  const all = new Set<Guest>();
  const idle: Guest[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;
  return {
    async lend(work) {
      while (lent >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
      lent += 1;
      let guest: Guest | undefined;
      try {
        guest = idle.pop() ?? (await boot());
        all.add(guest);
        const result = await work(guest);
        idle.push(guest);
        return result;
      } catch (error) {
        if (guest !== undefined) {
          all.delete(guest);
          await guest.stop();
        }
        throw error;
      } finally {
        lent -= 1;
        waiting.shift()?.();
      }
    },
    async stop() {
      idle.length = 0;
      const guests = [...all];
      all.clear();
      await Promise.all(guests.map((guest) => guest.stop()));
    },
  };
}
