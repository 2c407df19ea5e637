import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply.ts';
import type { PlannedEdit } from '../../src/edits/plan.ts';

const edit = (start: number, end: number, text: string, patch = 'p'): PlannedEdit => ({
  file: 'a.c',
  start,
  end,
  text,
  patch,
});

/** Any text, and edits anywhere in it. */
const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => Buffer.from(all).toString('latin1'));
const edits = fc.array(
  fc
    .tuple(fc.nat(60), fc.nat(12), fc.string({ maxLength: 5 }))
    .map(([at, length, text]) => ({ at, length, text })),
  { maxLength: 6 },
);

describe('applyEdits', () => {
  it('keeps the order of insertions at one place, and puts them before what is replaced there', () => {
    expect(applyEdits('abcd', [edit(1, 1, '1'), edit(1, 3, 'X'), edit(1, 1, '2'), edit(3, 3, '3')])).toBe(
      'a12X3d',
    );
  });

  it('takes edits in any order', () => {
    fc.assert(
      fc.property(bytes, fc.uniqueArray(fc.nat(59), { maxLength: 8 }), fc.nat(), (text, places, turn) => {
        const made = places.filter((at) => at < text.length).map((at) => edit(at, at + 1, `<${at}>`));
        const cut = made.length === 0 ? 0 : turn % made.length;
        const turned = [...made.slice(cut), ...made.slice(0, cut)].reverse();
        expect(applyEdits(text, turned)).toBe(applyEdits(text, made));
      }),
    );
  });

  it('leaves every byte outside of the edits as it is, or refuses edits that overlap', () => {
    fc.assert(
      fc.property(bytes, edits, (text, wanted) => {
        const made = wanted.map(({ at, length, text: put }) => {
          const start = Math.min(at, text.length);
          return edit(start, Math.min(text.length, start + length), put);
        });
        const overlap = made.some((one, index) =>
          made.some(
            (other, at) =>
              at !== index &&
              one.start < one.end &&
              (other.start === other.end
                ? other.start > one.start && other.start < one.end
                : other.start < one.end && one.start < other.end),
          ),
        );
        if (overlap) {
          expect(() => applyEdits(text, made)).toThrow(
            expect.objectContaining({ code: 'overlap', exit: 13 }),
          );
          return;
        }
        const after = applyEdits(text, made);
        const kept = Array.from(text, (char, at) =>
          made.some((one) => at >= one.start && at < one.end) ? '' : char,
        ).join('');
        const put = made.map((one) => one.text).join('');
        const sorted = (all: string): string => Buffer.from(all, 'latin1').sort().toString('latin1');
        expect(sorted(after)).toBe(sorted(kept + put));
        expect(after.length).toBe(kept.length + put.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('names both patches that want the same bytes', () => {
    const both = [edit(0, 4, 'x', 'one'), edit(2, 6, 'y', 'two')];
    expect(() => applyEdits('0123456789', both)).toThrow(
      'a.c: two edits change the same bytes (patch one, bytes 0 to 4 and patch two, bytes 2 to 6)',
    );
  });

  it('refuses an edit outside the file', () => {
    expect(() => applyEdits('abc', [edit(2, 5, '')])).toThrow(/outside the file/);
    expect(() => applyEdits('abc', [edit(2, 1, '')])).toThrow(/outside the file/);
  });
});
