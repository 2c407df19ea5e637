import type { Site } from '../../src/target/contract.ts';

/** A site of `a.c`, with what is not said; its id is of its file, owner, callee and text. */
export function site(more: Partial<Site>): Site {
  const span = { start: 0, end: 0 };
  const all = {
    file: 'a.c',
    line: 1,
    column: 1,
    callee: 'open',
    text: 'open (a)',
    statement: 'open (a);',
    kind: 'call',
    guards: [],
    owner: { kind: 'function', name: 'f' },
    state: 'plain',
    gives: 'fd',
    spans: { callee: span, call: span, statement: span, owner: span },
    ...more,
  } as const;
  return { id: [all.file, all.owner.name, all.callee, all.text, '1'].join('#'), ...all };
}
