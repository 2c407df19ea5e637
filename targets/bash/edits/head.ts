import { has } from '../../../src/target/capabilities.ts';
import type { Release } from '../../../src/target/contract.ts';

/**
 * The head of a function, in the dialect of the tree.
 *
 * @param parameters each with its type in front, as a prototype has it
 */
export function head(release: Release, name: string, ...parameters: readonly string[]): string {
  if (has(release, 'ansi')) return `${name} (${parameters.join(', ') || 'void'})\n`;
  const names = parameters.map((parameter) => /\w+$/.exec(parameter)?.[0] ?? parameter);
  return `${name} (${names.join(', ')})\n${parameters.map((parameter) => `     ${parameter};\n`).join('')}`;
}

/** A prototype, in the dialect of the tree. */
export function prototype(release: Release, line: string, types: string): string {
  return `${line} ${has(release, 'ansi') ? `(${types})` : `PARAMS((${types}))`}`;
}
