import { problem } from '../problems.ts';
import type { PlannedEdit } from './plan.ts';

/**
 * Applies edits to a file's text, from the end.
 *
 * Insertions at the same place keep their order; whatever else touches the same bytes is refused.
 *
 * @param text the file as latin1; every byte outside of the edits' spans comes back as it was
 * @param edits of this file, in the order of the series
 * @throws Problem `overlap`
 */
export function applyEdits(text: string, edits: readonly PlannedEdit[]): string {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  const parts: string[] = [];
  let from = 0;
  let last: PlannedEdit | undefined;
  for (const { edit } of sorted) {
    if (last && edit.start < last.end) {
      throw problem('overlap', { file: edit.file, first: describe(last), second: describe(edit) });
    }
    if (edit.start > edit.end || edit.end > text.length) {
      throw new Error(`an edit of ${edit.file} is outside the file: ${edit.start}-${edit.end}`);
    }
    parts.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
    last = edit;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function describe(edit: PlannedEdit): string {
  return `patch ${edit.patch}, bytes ${edit.start} to ${edit.end}`;
}
