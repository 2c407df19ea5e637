import * as v from 'valibot';
import type { Opened } from './bed.ts';

const OPEN = v.object({
  event: v.literal('open'),
  pid: v.number(),
  tid: v.number(),
  program: v.string(),
  call: v.string(),
  path: v.string(),
  flag: v.boolean(),
  write: v.boolean(),
  outcome: v.picklist(['allowed', 'refused', 'failed', 'passed']),
  error: v.optional(v.string()),
  why: v.optional(v.string()),
});

const END = v.object({
  event: v.literal('end'),
  /** As `--policy` takes it. */
  policy: v.string(),
  status: v.number(),
  signal: v.optional(v.number()),
  how: v.picklist(['exit', 'signal', 'timeout', 'stopped', 'abandoned']),
});

const UNAVAILABLE = v.object({
  event: v.literal('unavailable'),
  code: v.string(),
  reason: v.string(),
  error: v.optional(v.string()),
});

const DEAD = v.object({ event: v.literal('dead'), reason: v.string(), hint: v.optional(v.string()) });

const RECORD = v.variant('event', [OPEN, END, UNAVAILABLE, DEAD]);

/** What the supervisor wrote of a run. */
export interface Records {
  readonly opened: readonly Opened[];
  /** Missing unless the run came to its end with the supervisor alive. */
  readonly end: v.InferOutput<typeof END> | undefined;
  readonly unavailable: v.InferOutput<typeof UNAVAILABLE> | undefined;
  /** Why the run does not count, where something was wrong. */
  readonly dead: string | undefined;
  /** What the user can do about it, where that is known. */
  readonly todo: string | undefined;
}

/**
 * Reads the supervisor's JSON lines. A line that is none, or a record after the end, makes the run dead: nothing
 * may be missing from it in silence.
 *
 * @param asked the policy that the supervisor was started with; another one at the end makes the run dead too
 */
export function readRecords(text: string, asked: string): Records {
  const opened: Opened[] = [];
  let end: Records['end'];
  let unavailable: Records['unavailable'];
  let dead: string | undefined;
  let todo: string | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RECORD), line);
    if (!parsed.success) {
      dead ??= `a record is damaged: ${line.slice(0, 200)}`;
      continue;
    }
    const record = parsed.output;
    if (end !== undefined) dead ??= 'a record comes after the end';
    if (record.event === 'open') opened.push(record);
    else if (record.event === 'end') end = record;
    else if (record.event === 'unavailable') unavailable = record;
    else if (dead === undefined) {
      dead = record.reason;
      todo = record.hint;
    }
  }
  if (end === undefined && unavailable === undefined) dead ??= 'the supervisor did not finish';
  if (end !== undefined && end.policy !== asked)
    dead ??= `expected policy ${asked} in force, found ${end.policy}`;
  return { opened, end, unavailable, dead, todo };
}
