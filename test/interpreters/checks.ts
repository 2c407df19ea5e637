/** What a check found. */
export interface Outcome {
  readonly ok: boolean;
  /** One line: what was counted, or what is wrong. */
  readonly said: string;
  /** Further lines, shown under a check that failed. */
  readonly lines?: readonly string[];
}

/** A check that was run. */
export interface Check extends Outcome {
  readonly id: string;
  readonly seconds: number;
}

/** Runs a check, tells of it, and makes a failure of what it throws. */
export async function runCheck(
  id: string,
  work: () => Promise<Outcome> | Outcome,
  tell: (check: Check) => void,
): Promise<Check> {
  const start = performance.now();
  let outcome: Outcome;
  try {
    outcome = await work();
  } catch (error) {
    outcome = { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
  const check = { id, ...outcome, seconds: (performance.now() - start) / 1000 };
  tell(check);
  return check;
}

/** A check as a line, with what is wrong under it. */
export function checkText({ id, ok, said, seconds, lines = [] }: Check): string {
  const head = `${ok ? 'ok    ' : 'FAILED'}  ${id.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s  ${said}\n`;
  return ok ? head : head + lines.map((line) => `          ${line}\n`).join('');
}

/** Where the time went: a line with the seconds of each kind of check, the longest first. */
export function timesText(checks: readonly Check[]): string {
  const kinds = new Map<string, number>();
  for (const { id, seconds } of checks) {
    // Behind the name of the release; the scenario that a check is about is no kind.
    const [, kind = id] = /^\S+ (\S+)/.exec(id) ?? [];
    kinds.set(kind, (kinds.get(kind) ?? 0) + seconds);
  }
  const sorted = [...kinds].toSorted(([, one], [, other]) => other - one);
  return `seconds: ${sorted.map(([kind, seconds]) => `${kind} ${seconds.toFixed(0)}`).join(', ')}\n`;
}
