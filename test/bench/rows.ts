/** A row of the bench. */
export interface Row {
  readonly what: string;
  /** What was measured: a release, where the kit's own work was. */
  readonly of?: string;
  /** One number a run. */
  readonly values: readonly number[];
  readonly unit: 's' | 'ms' | 'us' | 'MB' | 'x' | '%' | 'calls' | 'instructions';
  /** At most this much; without this and `least` a row is there to be compared with. */
  readonly limit?: number;
  /** At least this much, in place of `limit`. */
  readonly least?: number;
}

/** A row with its figures. */
export interface Judged extends Row {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly miss: boolean;
}

/** The middle of a row's values against its limit. */
export function judge(row: Row): Judged {
  const sorted = [...row.values].sort((a, b) => a - b);
  const median = middle(sorted);
  const { limit, least } = row;
  // A median of nothing is no number, and no limit holds it.
  const miss = (limit !== undefined && !(median <= limit)) || (least !== undefined && !(median >= least));
  return { ...row, median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, miss };
}

/** A row as the cells of a table. */
export function cells(row: Judged): string[] {
  const whole = /^(?:calls|instructions)$/.test(row.unit) && row.values.every(Number.isInteger);
  const digits = whole ? 0 : /^(?:ms|us|MB|x)$/.test(row.unit) ? 1 : 2;
  const show = (value: number): string => `${value.toFixed(digits)} ${row.unit}`;
  const { limit, least, unit } = row;
  const bound =
    limit !== undefined ? `<= ${limit} ${unit}` : least !== undefined ? `>= ${least} ${unit}` : '-';
  const verdict = bound === '-' ? '' : row.miss ? 'MISS' : 'ok';
  return [row.what, show(row.median), `${show(row.min)} .. ${show(row.max)}`, bound, verdict];
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}
