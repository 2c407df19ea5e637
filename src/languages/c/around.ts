import type { Span } from '../../target/contract.ts';
import { closing } from './balance.ts';
import type { Region } from '../regions.ts';
import { regionAt } from '../regions.ts';

/** The offset of the next byte of code from an offset on: no white space, continued line or comment. */
export function ahead(text: string, regions: readonly Region[], from: number): number {
  let at = from;
  for (;;) {
    if (isBlank(text, at) || text[at] === '\\') {
      const blank = /(?:\s|\\\r?\n)*/y;
      blank.lastIndex = at;
      at += blank.exec(text)?.[0].length ?? 0;
    }
    const region = regionAt(regions, at);
    if (region?.kind !== 'comment') return at;
    at = region.end;
  }
}

/** The offset behind the last byte of code before an offset: no white space, continued line or comment. */
export function back(text: string, regions: readonly Region[], from: number): number {
  let at = from;
  for (;;) {
    const before = at;
    while (at > 0 && isBlank(text, at - 1)) at -= 1;
    if (at < before && text[at - 1] === '\\' && /^\r?\n/.test(text.slice(at, at + 2))) at -= 1;
    const region = at > 0 ? regionAt(regions, at - 1) : undefined;
    if (region?.kind === 'comment') at = region.start;
    if (at === before) return at;
  }
}

/** Whether a byte is white space. */
function isBlank(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0;
}

/** The call whose name is at a span, or undefined when no parenthesis follows, or none closes it. */
export function callOf(text: string, regions: readonly Region[], name: Span): Span | undefined {
  const open = ahead(text, regions, name.end);
  if (text[open] !== '(') return undefined;
  const end = closing(text, regions, open);
  return end === undefined ? undefined : { start: name.start, end };
}

/** The innermost call with a span in its parentheses, searched from an offset on. */
export function holderOf(
  text: string,
  regions: readonly Region[],
  held: Span,
  from: number,
): Span | undefined {
  let depth = 0;
  for (let at = held.start - 1; at >= from; at -= 1) {
    const region = regionAt(regions, at);
    if (region) {
      at = region.start;
      continue;
    }
    if (text[at] === ')') depth += 1;
    if (text[at] !== '(') continue;
    if (depth > 0) {
      depth -= 1;
      continue;
    }
    const end = back(text, regions, at);
    const name = /[A-Za-z_]\w*$/.exec(text.slice(Math.max(from, end - 80), end))?.[0];
    const close = closing(text, regions, at);
    if (name !== undefined && close !== undefined) return { start: end - name.length, end: close };
  }
  return undefined;
}

/** Whether a name is a member: behind `->` or `.`, or the `.name =` of an initialiser. */
export function isMember(text: string, regions: readonly Region[], start: number): boolean {
  const end = back(text, regions, start);
  return /(?:->|(?:^|[^.])\.)$/.test(text.slice(Math.max(0, end - 2), end));
}
