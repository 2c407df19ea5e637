import type { Site } from '../../target/contract.ts';
import type { Body, Place } from '../body.ts';

/** What a site leaves an open file in: its first argument, or what it is assigned to. */
export function handlesOf({ text, spans }: Site, { calls, moves }: Body): readonly Place[] {
  const first =
    /^(?:\w+::)*\w+\s*\(?\s*(?:my|our|local)?\s*\(?\s*([$*\\]*)\{?\$?(?:self->\{)?['"]?((?:\w+::)*\w+)/.exec(
      text,
    )?.[2];
  const end = calls.filter(({ at }) => at <= spans.callee.start).at(-1)?.result;
  const places = moves.filter(({ from }) => from === end).map(({ to }) => to);
  return [...new Set([...(first === undefined ? [] : [first, `.${first}`]), ...places])];
}
