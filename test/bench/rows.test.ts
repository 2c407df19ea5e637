import { describe, expect, it } from 'vitest';
import { cells, judge } from './rows.ts';

describe('a row of the bench', () => {
  it('is judged by its median', () => {
    const row = { what: 'scan', unit: 's', limit: 0.6 } as const;
    expect(judge({ ...row, values: [0.5, 9, 0.4] })).toMatchObject({
      median: 0.5,
      min: 0.4,
      max: 9,
      miss: false,
    });
    expect(judge({ ...row, values: [0.7, 0.5, 0.8] }).miss).toBe(true);
    expect(judge({ ...row, values: [0.5, 0.7] }).median).toBeCloseTo(0.6);
  });

  it('that has a least must reach it', () => {
    const row = { what: 'ratio', unit: 'x', least: 4 } as const;
    expect(judge({ ...row, values: [4.1] }).miss).toBe(false);
    expect(judge({ ...row, values: [3.9] }).miss).toBe(true);
  });

  it('without a run is a miss', () => {
    expect(judge({ what: 'scan', unit: 's', limit: 1, values: [] }).miss).toBe(true);
  });

  it('says what it was held against', () => {
    expect(cells(judge({ what: 'memory', unit: 'MB', limit: 250, values: [300] }))).toEqual([
      'memory',
      '300.0 MB',
      '300.0 MB .. 300.0 MB',
      '<= 250 MB',
      'MISS',
    ]);
  });
});
