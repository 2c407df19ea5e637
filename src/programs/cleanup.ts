import { problem } from '../problems.ts';
import { killAll } from './run.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const actions = new Set<() => void>();
let interruptedBy: NodeJS.Signals | undefined;

/**
 * Registers what has to be undone when a signal ends the program, for instance a half-made folder.
 *
 * @param action synchronous, as nothing waits for a promise at the end; must hold when called at any moment
 * @returns takes the action off the list: to be called when the work is complete
 */
export function onInterrupt(action: () => void): () => void {
  actions.add(action);
  return () => {
    actions.delete(action);
  };
}

/**
 * Ends work that goes on after the clean-up, before it can make anything new.
 *
 * @throws Problem `interrupted` once a signal has come
 */
export function throwIfInterrupted(): void {
  if (interruptedBy !== undefined) throw problem('interrupted', { signal: interruptedBy });
}

/**
 * Runs the program's work such that SIGINT, SIGTERM and SIGHUP leave nothing half-made: the programs that are
 * running are killed with their children, the clean-ups run, latest first, and the promise fails. The work
 * itself may still be waiting for something, so the caller prints the problem and exits at once. A second
 * signal exits without waiting for the first one's clean-up to come to an end.
 *
 * @throws Problem `interrupted` on a signal; whatever `work` throws
 */
export async function runWithInterrupts<T>(work: () => Promise<T>): Promise<T> {
  let stop: (signal: NodeJS.Signals) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = (signal) => {
      if (interruptedBy !== undefined) process.exit(130);
      interruptedBy = signal;
      killAll();
      for (const action of [...actions].reverse()) {
        try {
          action();
        } catch {
          // The other clean-ups have to run all the same.
        }
      }
      reject(problem('interrupted', { signal }));
    };
  });
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    // After a signal the listeners stay: a second one must not end the program with another status.
    if (interruptedBy === undefined) for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/**
 * Lets a signal come in that arrived while something went on without waiting.
 *
 * @throws Problem `interrupted` once a signal has come
 */
export async function breathe(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  throwIfInterrupted();
}
