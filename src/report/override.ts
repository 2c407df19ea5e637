/** A file and the mode that it is to have. */
export interface Override {
  /** On the installed system; bytes as latin1. */
  readonly path: string;
  /** A name, or `#` and a number. */
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}
