import type { Site } from '../target/contract.ts';
import type { Body, Place } from './body.ts';

/** Where what a call gives is; undefined where a body does not show that call. */
export function resultOf({ spans }: Site, { calls }: Body): readonly Place[] | undefined {
  const place = `<${spans.call.end}>`;
  return calls.some(({ result }) => result === place) ? [place] : undefined;
}
