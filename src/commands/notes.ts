import type { Held } from '../review/held.ts';
import { visible } from '../target/visible.ts';

/** What a tree has not that the known releases have, a line each: what would be decided about it is not in the series. */
export function absences(label: string, { notes }: Held): readonly string[] {
  return notes
    .filter(({ kind }) => kind === 'unbundled')
    .map(({ about, says }) => `${label}: ${visible(about)} ${says}`);
}
