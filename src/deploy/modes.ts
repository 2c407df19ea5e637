/**
 * The mode that a file needs: x for whom may read it, since a policy by permission asks for the x bit of the caller's
 * own class.
 */
export function executableMode(mode: number): number {
  return mode | ((mode & 0o444) >> 2);
}

/** Whether everybody who may read a file may execute it. */
export function isExecutable(mode: number): boolean {
  return executableMode(mode) === mode;
}
