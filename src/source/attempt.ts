/** A way of getting a source that did not lead to it. */
export interface Attempt {
  /** For instance a suite or an address. */
  readonly way: string;
  readonly message: string;
  /** `network`: it could not be reached. `missing`: it is not for this machine. `other`: it answered, and has it not. */
  readonly kind: 'network' | 'missing' | 'other';
}
