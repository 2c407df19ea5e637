import { GuestLost } from './guest.ts';
import type { Guest } from './guest.ts';

/** Guests that are booted when they are wanted, and kept for the next job. */
export interface Pool {
  /**
   * Lends a guest to some work; a guest whose work fails is ended. Work whose guest hangs or panics is done once more, in a guest
   * that is booted for it.
   *
   * @throws what booting one throws, and what `work` does; GuestLost where the second guest does so too
   */
  lend<T>(work: (guest: Guest) => Promise<T>): Promise<T>;
  /** Ends all guests. */
  stop(): Promise<void>;
}

/**
 * @param boot boots a guest
 * @param most how many there may be at a time, 1 or more
 * @param lost told of each guest that hangs or panics
 */
export function poolOf(boot: () => Promise<Guest>, most: number, lost: () => void = () => undefined): Pool {
  const all = new Set<Guest>();
  const idle: Guest[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;
  const end = async (guest: Guest): Promise<void> => {
    all.delete(guest);
    await guest.stop();
  };
  const booted = async (): Promise<Guest> => {
    const guest = await boot();
    all.add(guest);
    return guest;
  };
  const doIn = async <T>(guest: Guest, work: (guest: Guest) => Promise<T>): Promise<T> => {
    try {
      const result = await work(guest);
      idle.push(guest);
      return result;
    } catch (error) {
      await end(guest);
      throw error;
    }
  };
  return {
    async lend(work) {
      while (lent >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
      lent += 1;
      try {
        try {
          return await doIn(idle.pop() ?? (await booted()), work);
        } catch (error) {
          if (!(error instanceof GuestLost)) throw error;
          lost();
        }
        // There are never more than so many guests, idle ones too.
        const other = idle.pop();
        if (other !== undefined) await end(other);
        return await doIn(await booted(), work);
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
