/** Told how far something is that takes longer than a moment. */
export interface Progress {
  /** What is being done now. */
  step(text: string): void;
  /** How much of the step is done, in bytes; `total` is undefined where it is not known. */
  bytes(done: number, total: number | undefined): void;
  /** How many pieces of the step are done. */
  count(done: number, total: number): void;
  /** Something the user has to know about the result, beyond this step. */
  note(text: string): void;
  /** The end of the last step. */
  done(): void;
}

/** Tells nobody. */
export const quietProgress: Progress = {
  step: () => undefined,
  bytes: () => undefined,
  count: () => undefined,
  note: () => undefined,
  done: () => undefined,
};

/** A stream that progress is written to. */
export interface ProgressOut {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A terminal's line is rewritten this often at most, in ms: more is flicker, and slows the work down. */
const INTERVAL = 100;

/**
 * One line that is rewritten on a terminal, and gone at the end; a line for each step elsewhere. Standard
 * error unless told otherwise, since standard output carries the result. NO_COLOR (no-color.org) takes the
 * dimming away, TERM=dumb the rewriting.
 */
export function terminalProgress(out: ProgressOut = process.stderr): Progress {
  if (out.isTTY !== true || process.env['TERM'] === 'dumb') {
    return {
      ...quietProgress,
      step: (text) => out.write(`${text}\n`),
      note: (text) => out.write(`note: ${text}\n`),
    };
  }
  const dim =
    (process.env['NO_COLOR'] ?? '') === '' ? (text: string) => `\u001b[2m${text}\u001b[22m` : String;
  let current = '';
  let last = 0;
  const rewrite = (text: string): void => {
    // A line that wraps cannot be rewritten.
    out.write(`\r\u001b[K${dim(text.slice(0, Math.max(20, (out.columns ?? 80) - 1)))}`);
  };
  const soFar = (text: string): void => {
    const now = Date.now();
    if (now - last < INTERVAL) return;
    last = now;
    rewrite(`${current}  ${text}`);
  };
  return {
    step(text) {
      current = text;
      last = 0;
      rewrite(text);
    },
    bytes(done, total) {
      soFar(`${megabytes(done)}${total === undefined ? '' : ` of ${megabytes(total)}`} MB`);
    },
    count(done, total) {
      soFar(`${done} of ${total}`);
    },
    note(text) {
      out.write(`\r\u001b[Knote: ${text}\n`);
    },
    done() {
      if (current !== '') out.write('\r\u001b[K');
      current = '';
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
