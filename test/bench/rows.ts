/** A row of the bench. */
export interface Row {
  readonly what: string;
  /** What was measured: a release, where the kit's own work was. */
  readonly of?: string;
  /** One number a run. */
  readonly values: readonly number[];
  readonly unit: 's' | 'ms' | 'us' | 'MB' | 'x' | '%' | 'calls' | 'instructions';
  /** At most (or, for a ratio, at least) this much; undefined where a row is there to be compared with. */
  readonly limit?: number;
  /** A ratio of two of our own works: `limit` is the most. */
  readonly most?: true;
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
  const miss = row.limit !== undefined && !(isLeast(row) ? median >= row.limit : median <= row.limit);
  return { ...row, median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, miss };
}

/** A row as the cells of a table. */
export function cells(row: Judged): string[] {
  const whole = /^(?:calls|instructions)$/.test(row.unit) && row.values.every(Number.isInteger);
  const digits = whole ? 0 : /^(?:ms|us|MB|x)$/.test(row.unit) ? 1 : 2;
  const show = (value: number): string => `${value.toFixed(digits)} ${row.unit}`;
  const sign = isLeast(row) ? '>=' : '<=';
  const limit = row.limit === undefined ? '-' : `${sign} ${row.limit} ${row.unit}`;
  const verdict = row.limit === undefined ? '' : row.miss ? 'MISS' : 'ok';
  return [row.what, show(row.median), `${show(row.min)} .. ${show(row.max)}`, limit, verdict];
}

function isLeast({ unit, most }: Row): boolean {
  return unit === 'x' && most !== true;
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}
