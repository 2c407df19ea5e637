import { textOf } from '../edits/plan.ts';
import type { Change, Release } from '../target/contract.ts';
import { quoted } from '../target/quoted.ts';
import { parsePattern } from './pattern.ts';
import type { Node } from './pattern.ts';

/** What a change puts, and what it took away for it. */
export interface Image {
  /** Finds what was put; its groups are those of {@link Image.original}. */
  readonly pattern: RegExp;
  /** What was put, with a blank for what the tree alone tells. */
  readonly text: string;
  /** What stood there before, from a match of the pattern. */
  readonly original: (match: RegExpExecArray) => string;
}

/** More ways than these to write one text are not told apart. */
const MOST = 64;

// Files are latin1: no character of one is this large.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKED = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');

/**
 * What a change can have put into a tree, one entry for each way in which what it looks for can be written.
 *
 * The text is made from what was found, and that is gone where it was replaced. So the text is asked for with a mark
 * in the place of each group that can be anything, and the marks become groups of the expression that finds it.
 *
 * @param render fills a template of the target
 */
export function imagesOf(
  change: Change,
  release: Release,
  render: (template: string) => string,
): readonly Image[] {
  const node: Node =
    typeof change.find === 'string' ? { kind: 'text', text: change.find } : parsePattern(change.find.source);
  const sources = new Map<number, string>();
  collect(node, sources);
  return expansions(node).map(({ text: whole, groups }) => {
    const found: [string, ...(string | undefined)[]] = [
      whole,
      ...Array.from(sources.keys(), (group) => groups.get(group)),
    ];
    // A group that takes no part is undefined in a match, whatever its type says.
    const match: RegExpExecArray = Object.assign(found as [string, ...string[]], { index: 0, input: whole });
    const put = textOf(change, match, release, render);
    const seen = new Set<string>();
    const source = put
      .split(MARKED)
      .map((part, index) => {
        if (index % 2 === 0) return quoted(part).replace(/\r?\n/g, '\\r?\\n');
        if (seen.has(part)) return `\\k<g${part}>`;
        seen.add(part);
        return `(?<g${part}>${noGroups(sources.get(Number(part)) ?? '')})`;
      })
      .join('');
    return {
      pattern: new RegExp(source, 'g'),
      text: put.replace(MARKED, ' '),
      original: (found) => whole.replace(MARKED, (_all, group: string) => found.groups?.[`g${group}`] ?? ''),
    };
  });
}

interface Expansion {
  readonly text: string;
  readonly groups: ReadonlyMap<number, string>;
}

const NOTHING: Expansion = { text: '', groups: new Map() };

/** The texts that an expression matches, with a mark for each group that can be anything. */
function expansions(node: Node): readonly Expansion[] {
  switch (node.kind) {
    case 'text':
      return [{ ...NOTHING, text: node.text }];
    case 'some':
      return [{ ...NOTHING, text: node.sample }];
    case 'place':
    case 'back':
      return [NOTHING];
    case 'choice':
      return node.options.flatMap(expansions).slice(0, MOST);
    case 'group': {
      if (endless(node.of)) {
        const mark = `${OPEN}${node.group}${CLOSE}`;
        return [{ text: mark, groups: new Map([[node.group, mark]]) }];
      }
      return expansions(node.of).map(({ text, groups }) => ({
        text,
        groups: new Map([...groups, [node.group, text]]),
      }));
    }
    case 'repeat': {
      const few = expansions({
        kind: 'sequence',
        items: Array.from({ length: node.least }, () => node.of),
      });
      return node.least === 0 && node.most === 1 ? [...few, ...expansions(node.of)] : few;
    }
    case 'sequence':
      return node.items.reduce<readonly Expansion[]>(
        (before, item) =>
          before
            .flatMap((one) =>
              item.kind === 'back'
                ? [{ ...one, text: one.text + (one.groups.get(item.group) ?? '') }]
                : expansions(item).map(({ text, groups }) => ({
                    text: one.text + text,
                    groups: new Map([...one.groups, ...groups]),
                  })),
            )
            .slice(0, MOST),
        [NOTHING],
      );
  }
}

/** Whether what a part matches cannot be listed. */
function endless(node: Node): boolean {
  switch (node.kind) {
    case 'some':
    case 'back':
      return true;
    case 'text':
    case 'place':
      return false;
    case 'choice':
      return node.options.some(endless);
    case 'sequence':
      return node.items.some(endless);
    case 'group':
      return endless(node.of);
    case 'repeat':
      return node.most === Infinity || endless(node.of);
  }
}

/** The groups of an expression with their source, in their order. */
function collect(node: Node, into: Map<number, string>): void {
  if (node.kind === 'group') {
    into.set(node.group, node.source);
    collect(node.of, into);
  } else if (node.kind === 'repeat') collect(node.of, into);
  else if (node.kind === 'sequence') for (const item of node.items) collect(item, into);
  else if (node.kind === 'choice') for (const option of node.options) collect(option, into);
}

function noGroups(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)/g, (found) => (found === '(' ? '(?:' : found));
}
