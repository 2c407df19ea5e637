/** Who reads a file: everybody who may, or its owner alone. */
export type Readers = 'everybody' | 'owner';

/**
 * The mode that a file needs: x for whom may read it, since a policy by permission asks for the x bit of the caller's
 * own class; and for its owner alone where nobody else has it read.
 */
export function executableMode(mode: number, readers: Readers = 'everybody'): number {
  return mode | ((mode & (readers === 'owner' ? 0o400 : 0o444)) >> 2);
}

/** Whether everybody who reads a file may execute it. */
export function isExecutable(mode: number, readers: Readers = 'everybody'): boolean {
  return executableMode(mode, readers) === mode;
}
