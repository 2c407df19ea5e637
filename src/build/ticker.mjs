// Says what is going on, and that it still is: on a terminal in one line that is written again and again, elsewhere in
// a line now and then. Plain JavaScript without dependencies, as set-up is.
import { clearInterval, setInterval } from 'node:timers';

/** How often it is said that something still goes on, in ms. */
const ON_A_TERMINAL = 1000;
const ELSEWHERE = 10_000;

/**
 * @template T
 * @param {string} doing what is done, for instance `building`
 * @param {(done: (result: T) => void) => void} work calls `done` at its end
 * @returns {Promise<T>} what `done` was given
 */
export async function during(doing, work) {
  const { stderr } = process;
  const began = Date.now();
  stderr.write(`${doing}${stderr.isTTY ? '' : '\n'}`);
  const ticking = setInterval(
    () => {
      const text = `${doing}: ${Math.round((Date.now() - began) / 1000)} s`;
      stderr.write(stderr.isTTY ? `\r${text}` : `${text}\n`);
    },
    stderr.isTTY ? ON_A_TERMINAL : ELSEWHERE,
  );
  try {
    return await new Promise(work);
  } finally {
    clearInterval(ticking);
    if (stderr.isTTY) stderr.write('\n');
  }
}
