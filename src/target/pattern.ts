import { quoted } from './quoted.ts';
import type { Pattern } from './contract.ts';

/** Whether a text is what a pattern of a rule says: the text itself, with `...` for any text, or one of a list of such. */
export function matcher(pattern: Pattern): (text: string) => boolean {
  const exact = new Set<string>();
  const wild: RegExp[] = [];
  for (const one of typeof pattern === 'string' ? [pattern] : pattern) {
    const parts = one.split('...');
    if (parts.length === 1) exact.add(one);
    else wild.push(new RegExp(`^${parts.map(quoted).join('[^]*')}$`));
  }
  return (text) => exact.has(text) || wild.some((expression) => expression.test(text));
}
