import { wrapped } from '../target/wrapped.ts';
import { LOCK_SCHEMA } from '../target/lock.ts';
import type { Lock, LockedRule } from '../target/lock.ts';

/** Columns of a line of prose: as wide as the kit's own files. */
const WIDTH = 110;

/**
 * A lock as text: of each rule its verdict, its roles and why, then a line for each site that it decides.
 *
 * @returns text with LF, the same for the same lock
 */
export function lockText(lock: Lock): string {
  const { target, release, overlay, patches, capabilities, rules } = lock;
  const head = [
    `${LOCK_SCHEMA} ${target} ${release}${overlay === undefined ? '' : ` ${overlay}`}`,
    ...(overlay === undefined
      ? [`patches: ${patches.join(' ')}`, `capabilities: ${capabilities.join(' ')}`]
      : []),
  ];
  const sorted = [...rules].filter(({ sites }) => sites.length > 0).sort((a, b) => (a.id < b.id ? -1 : 1));
  return `${[head.join('\n'), ...sorted.map(ruleText)].join('\n\n')}\n`;
}

function ruleText({ id, verdict, default: otherwise, through, roles, why, sites }: LockedRule): string {
  const way = through === undefined ? '' : ` through ${through}`;
  const decided = otherwise === undefined ? `${verdict}${way}` : `${verdict} (${otherwise})`;
  const lines = [...sites].sort((a, b) => (a.id < b.id ? -1 : 1)).map((site) => `  ${site.body} ${site.id}`);
  return [`${id}: ${decided}; ${roles.join(', ')}`, ...wrapped(why, WIDTH, '  # '), ...lines].join('\n');
}
