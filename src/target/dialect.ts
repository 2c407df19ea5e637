import type { Refusal, Scenario } from './scenario.ts';

/** How an interpreter speaks: what scenarios that are the same for all of them fill in. */
export interface Dialect {
  /** What the name of a script ends in, with its dot. */
  readonly extension: string;
  /**
   * A program that prints `NAME ran`. The words do not stand in it one behind the other: a terminal that echoes it, or
   * an interpreter that shows the line it is at, has not run it.
   */
  readonly hello: (name: string) => string;
  /** What is said of a script that is refused: as of one that cannot be read. */
  readonly refused: (name: string) => readonly string[];
  /** The option whose argument is code. */
  readonly option: string;
  /** The word that stands before all others, where one program is many; none unless given. */
  readonly applet?: string;
  /** Words between the interpreter and the name of a script, for instance `-f`; none unless given. */
  readonly script?: readonly string[];
  /** Words by which the interpreter reads its program from the standard input, for instance `-f -`; none unless given. */
  readonly input?: readonly string[];
  /**
   * Words behind the code, for instance the name of a file of the system: what the code works on, where it runs for each
   * line of that; none unless given.
   */
  readonly operands?: readonly string[];
  /** How the interpreter ends where a script is refused. */
  readonly status: number;
  /**
   * What is said where the interactive policy denies commands from the standard input, the patch that asks, and the status,
   * if it is not that of a script that is refused.
   */
  readonly denied?: { readonly input: readonly string[]; readonly patch: string; readonly status?: number };
  /** Environment of each run. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the interpreter opens as its own code. */
  readonly own?: RegExp;
  /** What it is started with on a terminal, so that it does not look at its own files. */
  readonly onTerminal?: {
    readonly options: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

/** The words of a command line behind the interpreter. */
export interface Words {
  /** Before the name of a script. */
  readonly script: readonly string[];
  /** By which the program comes from the standard input. */
  readonly input: readonly string[];
  /** Before code that is an argument. */
  readonly option: readonly string[];
  /** Behind the code, wherever that is from. */
  readonly operands: readonly string[];
}

/** What an interpreter is called with, by how its program is given. */
export function wordsOf({ applet, script = [], input = [], option, operands = [] }: Dialect): Words {
  const first = applet === undefined ? [] : [applet];
  return {
    script: [...first, ...script],
    input: [...first, ...input],
    option: [...first, option],
    operands,
  };
}

/** What scenarios write where the interpreter is meant. */
export const INTERPRETER = '{interpreter}';

/** What `/bin/sh` is to do with the interpreter, which it knows as `$0`. */
export function shell(command: string): readonly string[] {
  return ['/bin/sh', '-c', command, INTERPRETER];
}

/** Words of a shell's command: the interpreter, which the shell knows as `$0`, and what follows. */
export function inShell(...words: readonly string[]): string {
  return ['"$0"', ...words].join(' ');
}

/** What becomes of commands from a standard input that is no file. */
export function deniedInput({ denied, status }: Dialect): Pick<Scenario, 'denied' | 'patch' | 'open'> {
  return denied === undefined
    ? { open: 'no file is opened, and nothing asks for the interactive policy yet' }
    : { denied: { says: denied.input, status: denied.status ?? status }, patch: denied.patch };
}

/** How the interpreter ends whose script is refused. */
export function refusedScript({ refused, status }: Dialect, name: string): Refusal {
  return { says: refused(name), status };
}
