import { INTERPRETER, wordsOf } from '../dialect.ts';
import type { Dialect } from '../dialect.ts';
import type { Refusal, Scenario } from '../scenario.ts';

/** What a small shell says and does where others differ: dash, mksh, BusyBox's ash. */
export interface ShellVoice {
  readonly dialect: Dialect;
  /** What is said of a file that the shell reads on its way and that is refused, and how the shell ends. */
  readonly refusedFile: (name: string, status: number, rest?: Partial<Refusal>) => Refusal;
  /** The status of a shell whose `.` fails. */
  readonly dotStatus: number;
  /** How a shell names a file that `.` found through PATH: by the whole path, or by what was asked for. */
  readonly foundAs: 'path' | 'name';
  /** What is said of a file that is nowhere. */
  readonly missing: (name: string) => readonly string[];
  /** What an interactive shell reads at its start, unless ENV is set. */
  readonly startup: readonly string[];
  /** Code of a kind that the interactive policy denies: what is said, and how the shell ends. */
  readonly denied: (what: string, rest?: Partial<Refusal>) => Refusal;
  /** The patch that asks about variables of the environment. */
  readonly environmentPatch: string;
}

/** What a login shell reads of the system. */
export const PROFILES = /^\/etc\/profile(?:\.d\/[^/]+)?$/;

/** The shell itself, with the word in front that chooses it where one program is many. */
export function program({ dialect }: Pick<ShellVoice, 'dialect'>): readonly string[] {
  return [INTERPRETER, ...wordsOf(dialect).script];
}

/** The words behind `$0` in a command of `/bin/sh`: that word, if any, and these. */
export function words(
  { dialect }: Pick<ShellVoice, 'dialect'>,
  ...behind: readonly string[]
): readonly string[] {
  return [...wordsOf(dialect).script, ...behind];
}

/** A scenario's parts that the beginning of a program decides. */
export type Begun = Pick<Scenario, 'files' | 'argv' | 'marked' | 'plain' | 'placements' | 'traced'>;
