import type { Outcome, Policy } from '../bed.ts';
import { quote } from '../fixtures.ts';

/** A job as the guest's first process is told it; see pid1.c. */
export interface GuestJob {
  readonly policy: Policy;
  /** In ms. */
  readonly timeout: number;
  /** Bytes of output, each stream, after which the job is ended. */
  readonly most: number;
  /** The job's folder, below the guest's /tmp. */
  readonly work: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The list of fixtures, as stage.c reads it. */
  readonly fixtures: string;
  readonly input: Buffer | string | undefined;
}

/** What the guest says of a job, or of itself. */
export type Answer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'end';
      readonly number: number;
      readonly ended: Outcome['ended'];
      readonly status: number;
      /** What was in force when the job had ended; -1 where that could not be read. */
      readonly policy: number;
      /** Bytes that the job printed. */
      readonly stdout: number;
      readonly stderr: number;
    }
  | { readonly kind: 'failed'; readonly number: number; readonly reason: string };

const END = /^end (\d+) (exit|signal|timeout|flood) (\d+) (-?\d+) (\d+) (\d+)$/;

/** The text of the file N.job, a line each. */
export function jobText({ policy, timeout, most, work, argv, env, input }: GuestJob): string {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [`environment ${quote(`${name}=${value}`)}`],
  );
  const lines = [
    ...[`policy ${policy}`, `timeout ${timeout}`, `most ${most}`, `work ${quote(work)}`],
    ...(input === undefined ? [] : ['input']),
    ...argv.map((argument) => `argument ${quote(argument)}`),
    ...variables,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Reads a line of the guest's.
 *
 * @param line without its end; a terminal may have put a CR there
 * @returns undefined where the guest says no such thing
 */
export function readAnswer(line: string): Answer | undefined {
  const text = line.replace(/\r$/, '');
  if (text === 'ready') return { kind: 'ready' };
  const [, number, ended, status, policy, stdout, stderr] = END.exec(text) ?? [];
  if (isEnd(ended))
    return {
      kind: 'end',
      number: Number(number),
      ended,
      status: Number(status),
      policy: Number(policy),
      stdout: Number(stdout),
      stderr: Number(stderr),
    };
  const [, failed, reason] = /^failed (\d+) (.*)$/.exec(text) ?? [];
  return reason === undefined ? undefined : { kind: 'failed', number: Number(failed), reason };
}

function isEnd(text: string | undefined): text is Outcome['ended'] {
  return text === 'exit' || text === 'signal' || text === 'timeout' || text === 'flood';
}
