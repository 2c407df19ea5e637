import type { TraceEvent } from './strace.ts';

/** The path of the probe: the kernel judges the flag before it looks at a path, so no file can influence it. */
const PROBED = '/';

/** A trace without the probes, and what is wrong with those. */
export interface Probed {
  readonly events: readonly TraceEvent[];
  readonly count: number;
  readonly wrong: readonly string[];
}

/**
 * Takes the probes out of a trace and checks them: a program asks once, before the first code that it opens; a
 * forked process knows what its parent knew, and a program that opens no code does not ask.
 *
 * @param opensCode whether opens that follow a probe are expected to carry the flag
 */
export function withoutProbes(events: readonly TraceEvent[], opensCode: boolean): Probed {
  const wrong: string[] = [];
  const rest: TraceEvent[] = [];
  // By process: whether what runs there has asked, and whether it has opened code since.
  const state = new Map<number, { asked: boolean; used: boolean }>();
  const of = (pid: number): { asked: boolean; used: boolean } => {
    const known = state.get(pid) ?? { asked: false, used: false };
    state.set(pid, known);
    return known;
  };
  const judge = (pid: number): void => {
    const { asked, used } = of(pid);
    if (opensCode && asked && !used) wrong.push(`process ${pid} asked the kernel and opened no code`);
  };
  let count = 0;
  for (const event of events) {
    const here = of(event.pid);
    if (event.kind === 'open' && event.flagged && event.path === PROBED) {
      if (here.asked) wrong.push(`process ${event.pid} asked the kernel again`);
      here.asked = true;
      count += 1;
      continue;
    }
    if (event.kind === 'open' && event.flagged) {
      if (!here.asked) wrong.push(`process ${event.pid} opened ${event.path} before it asked the kernel`);
      here.used = true;
    }
    // What the parent asked it may have used itself: the child owes nothing.
    if (event.kind === 'fork') state.set(event.child, { asked: here.asked, used: here.asked });
    if (event.kind === 'exec' || event.kind === 'end') {
      judge(event.pid);
      state.delete(event.pid);
    }
    rest.push(event);
  }
  return { events: rest, count, wrong };
}
