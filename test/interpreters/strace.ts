import { posix } from 'node:path';

/** The bit of O_MAYEXEC as strace prints a flag that it has no name for. */
const FLAG = '0x800000';

/** What a trace tells, in order. */
export type TraceEvent =
  | {
      readonly kind: 'open';
      readonly pid: number;
      readonly path: string;
      readonly flagged: boolean;
      /** The system call. */
      readonly by: string;
    }
  | { readonly kind: 'exec'; readonly pid: number; readonly path: string }
  | { readonly kind: 'fork'; readonly pid: number; readonly child: number }
  | { readonly kind: 'end'; readonly pid: number };

/** The system calls that a trace must hold: all that open, start and replace a process. */
export const TRACED = 'openat,openat2,open,creat,execve,execveat,clone,clone3,fork,vfork';

/**
 * Reads what `strace -f -y -o FILE` wrote. An open counts whether it succeeded or not; of what was started, only
 * what began to run.
 */
export function readTrace(text: string): TraceEvent[] {
  const events: TraceEvent[] = [];
  const begun = new Map<number, { readonly call: string; readonly at: number }>();
  for (const line of text.split('\n')) {
    const [, digits, rest] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (digits === undefined || rest === undefined) continue;
    const pid = Number(digits);
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (unfinished !== undefined) {
      begun.set(pid, { call: unfinished, at: events.length });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const start = resumed === undefined ? undefined : begun.get(pid);
    const event = eventOf(pid, (start?.call ?? '') + (resumed ?? rest));
    // A child may run before its parent is told of it: what it inherits is what was so at the call.
    if (event?.kind === 'fork' && start) events.splice(start.at, 0, event);
    else if (event) events.push(event);
  }
  return events;
}

function eventOf(pid: number, call: string): TraceEvent | undefined {
  if (call.startsWith('+++ ')) return { kind: 'end', pid };
  const [, name, given = '', result = ''] = /^(\w+)\((.*)\) += (.*)$/s.exec(call) ?? [];
  switch (name) {
    case 'open':
    case 'creat':
      return { kind: 'open', pid, path: firstString(given), flagged: false, by: name };
    case 'openat':
    case 'openat2': {
      const from = /^[^<,]*<([^>]*)>/.exec(given)?.[1] ?? '/';
      const flagged = name === 'openat2' && new RegExp(`flags=[^,]*\\b${FLAG}\\b`).test(given);
      const path = posix.resolve(from, firstString(given));
      return { kind: 'open', pid, path, flagged, by: name };
    }
    case 'execve':
    case 'execveat':
      return result.startsWith('0') ? { kind: 'exec', pid, path: firstString(given) } : undefined;
    case 'clone':
    case 'clone3':
    case 'fork':
    case 'vfork':
      return /^\d/.test(result) ? { kind: 'fork', pid, child: parseInt(result, 10) } : undefined;
    default:
      return undefined;
  }
}

/** The first string among arguments; strace escapes as C does. */
function firstString(given: string): string {
  const quoted = /"((?:[^"\\]|\\.)*)"/.exec(given)?.[1] ?? '';
  return quoted.replace(/\\(.)/g, '$1');
}
