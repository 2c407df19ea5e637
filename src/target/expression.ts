import { quoted } from './quoted.ts';

/** What a change looks for, as an expression that finds all of it. */
export function expression(find: string | RegExp): RegExp {
  if (typeof find === 'string') return new RegExp(quoted(find), 'g');
  return new RegExp(find.source, find.flags.replace('g', '') + 'g');
}
