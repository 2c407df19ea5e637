import { expect } from 'vitest';
import type { Bed, Policy } from '../../src/prove/bed.ts';
import { testProgram } from './interpreter.ts';

/** Who asks in edges.c. */
export const WHO = ['self', 'changed', 'executed', 'read-search', 'mapped', 'root'] as const;
export type Who = (typeof WHO)[number];

/** An answer for each cell. */
export type Answers = ReadonlyMap<string, string>;

/** What `edges` asks. */
export interface Asked {
  readonly who: Who;
  readonly policy: Policy;
  /** With the flag; without it any kernel can be asked. */
  readonly flag: boolean;
  /** Whether a tenth of it is asked. */
  readonly few: boolean;
}

/** A difference between a bed and what the kernel says. */
export interface Difference {
  readonly who: RegExp;
  readonly cell: RegExp;
  /** What the bed answers. */
  readonly gives: string;
  readonly why: string;
}

/** Differences of the supervisor that are known: it answers with an error in place of the kernel's answer each time. */
export const KNOWN: readonly Difference[] = [
  {
    who: /^(changed|executed|read-search)$/,
    cell: /^temporary - here \/proc\/self\/fd$/,
    gives: 'EACCES',
    why: 'the supervisor asks procfs for a file there, and it is not the process whose folder that is',
  },
  {
    who: /^changed$/,
    cell: /\/proc\/self\/fdinfo\/9$/,
    gives: 'EACCES',
    why: 'files of a process that has changed its user are open to itself only, and the supervisor is not it',
  },
];

/** Has `edges` ask in a bed. */
export async function answersIn(bed: Bed, { who, policy, flag, few }: Asked): Promise<Answers> {
  const from = await testProgram('edges');
  const { stdout, stderr, status } = await bed.run({
    argv: ['./edges', flag ? 'flag' : 'plain', who, ...(few ? ['few'] : [])],
    fixtures: [{ kind: 'copy', path: 'edges', from, mode: 0o755 }],
    user: 'root',
    policy,
    timeout: 120_000,
  });
  expect([status, stderr.toString()]).toEqual([0, '']);
  const lines = stdout.toString().trimEnd().split('\n');
  return new Map(lines.map((line) => line.split('\t')).map(([cell = '', answer = '']) => [cell, answer]));
}
