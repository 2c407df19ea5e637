/** A release that the kit is measured on, beside Coccinelle rewriting the same opens. */
export interface Compared {
  readonly release: string;
  /** Seconds after start-up, and megabytes; what has no limit is shown all the same. */
  readonly limits: { readonly scan: number; readonly patch?: number; readonly memory: number };
  /** A semantic patch in test/bench that rewrites the same opens. */
  readonly semanticPatch: string;
  /** What it puts in: each such line that it adds is an open that it rewrote. */
  readonly rewritten: RegExp;
  /** At most so many runs of Coccinelle: on a large tree one takes half a minute. */
  readonly runs: number;
}

/** The releases of the bench: the first of each interpreter. */
export const compared: readonly Compared[] = [
  {
    release: 'bash@5.2.15',
    limits: { scan: 0.6, patch: 1, memory: 250 },
    semanticPatch: 'bash.cocci',
    rewritten: /\bsh_open_code *\(/,
    runs: Infinity,
  },
  {
    release: 'python@3.11.2',
    limits: { scan: 1.5, patch: 2.5, memory: 400 },
    semanticPatch: 'python.cocci',
    rewritten: /\b_Py_fopen_code_obj\(|"OsiOOOOO"/,
    runs: 1,
  },
  {
    release: 'perl@5.36.0',
    limits: { scan: 0.9, patch: 1.5, memory: 250 },
    semanticPatch: 'perl.cocci',
    rewritten: /\bPerlIO_(?:open|fdopen|openn)_code\(/,
    runs: 1,
  },
];
