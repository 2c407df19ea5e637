import { Problem } from '../problems.ts';
import { throwIfInterrupted } from '../programs/cleanup.ts';

/** A way of getting a source that did not lead to it. */
export interface Attempt {
  /** For instance a suite or an address. */
  readonly way: string;
  readonly message: string;
  /** `network`: it could not be reached. `missing`: it is not for this machine. `other`: it answered, and has it not. */
  readonly kind: 'network' | 'missing' | 'other';
}

/**
 * What it means that a program which gets sources failed: one that is missing, or that the network kept too long.
 *
 * @throws Problem `interrupted`; the error itself where it is anything else
 */
export function asAttempt(error: unknown, way: string): Attempt {
  throwIfInterrupted();
  if (!(error instanceof Problem)) throw error;
  if (error.code !== 'missing-tool' && error.code !== 'tool-timeout') throw error;
  return { way, message: error.message, kind: error.code === 'missing-tool' ? 'missing' : 'network' };
}
