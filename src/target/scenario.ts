import type { Where } from './contract.ts';

/**
 * Runs of a built interpreter, what each opens as code, and what becomes of it where a policy refuses that. In the
 * texts of a scenario `{interpreter}` is the program and `{folder}` the folder that its files are put into, which is
 * also where it starts.
 */

/**
 * A file of a scenario: its text, or its text with a mode (and then no placement changes it), a symbolic link, or
 * another name of an earlier file of the scenario.
 */
export type ScenarioFile =
  | string
  | { readonly text: string; readonly mode: number }
  | { readonly link: string }
  | { readonly hard: string };

/**
 * Where files of code lie and what their mode is: `executable` is 0755, `plain` 0644, `owner` 0744 and root's,
 * `noexec` 0755 on a noexec mount.
 */
export type Placement = 'executable' | 'plain' | 'owner' | 'noexec';

/** What a scenario does where its code is refused. */
export interface Refusal {
  /** What it must print. */
  readonly says: readonly string[];
  /** What it must not print: the proof that nothing ran. What the scenario `says` unless given. */
  readonly never?: readonly string[];
  readonly status: number;
}

/** One run of a built interpreter: the files that it opens as code, and what it does where a policy refuses them. */
export interface Scenario {
  readonly id: string;
  /** What it shows, a short clause for a table. */
  readonly what: string;
  /** By path relative to the folder; a name that ends in `/` is an empty folder. */
  readonly files: Readonly<Record<string, ScenarioFile>>;
  readonly argv: readonly string[];
  /** Added to PATH, HOME={folder}/home, TMPDIR={folder}/tmp, LC_ALL=C, TERM=dumb. */
  readonly env?: Readonly<Record<string, string>>;
  /** On a separate terminal, with this typed in; what it prints is then not compared to the byte. */
  readonly typed?: string;
  /** Standard input, through a socket; /dev/null unless given. */
  readonly input?: string;
  /** `flag` (unless given): the kernel knows O_MAYEXEC. `none`: it does not, and the flag is only asked for. */
  readonly kernel?: 'flag' | 'none';
  /**
   * Paths below the folder that must be opened as code, whether they exist or not, and no others; `*` stands for
   * any text without a slash.
   */
  readonly marked: readonly string[];
  /** Paths below the folder that must be opened without the flag, and no others. */
  readonly plain: readonly string[];
  /** Files of the system: what matches must carry the flag if it is opened, and nothing else there may. */
  readonly system?: RegExp;
  /** What it must print: the proof that the code ran. */
  readonly says: readonly string[];
  /** How it ends where nothing is refused; 0 unless given. */
  readonly status?: number;
  /** What it does where its code is refused; needed as soon as it has code that can be. */
  readonly refused?: Refusal;
  /**
   * Asks to be run with each of the two securebits, with both and with none: what it does where the interactive policy
   * denies, `runs` where that is what it does without.
   */
  readonly denied?: Refusal | 'runs';
  /**
   * With `denied`: files that are the standard input, whose placement decides where the interactive policy denies; what
   * passes the check runs. Unless given, it is refused whatever its files are.
   */
  readonly passing?: readonly string[];
  /** Files that are code beside those that `marked` names: opened as such by another name. */
  readonly judged?: readonly string[];
  /** What is opened as code is no regular file: every policy refuses it, wherever the files lie. */
  readonly irregular?: true;
  /** Where its files are put, in turn; `executable`, `plain` and `noexec` unless given. */
  readonly placements?: readonly Placement[];
  /** Who runs it, in turn; uid 65534 unless given. */
  readonly users?: readonly ('root' | 'nobody')[];
  /** Code that is refused nowhere yet, and why: what the scenario shows is today's answer. */
  readonly open?: string;
  /** False where a trace shows nothing of use: what is opened depends on chance. */
  readonly traced?: false;
  /** An optional patch that it is about: it is run only where the series has that. */
  readonly patch?: string;
  /** The trees whose interpreter has it; all unless given. */
  readonly where?: Where;
}

/** How an interpreter's own tests are run in a built tree. In its texts `{tree}` is that tree. */
export interface OwnTests {
  /** Makes what the tests need beyond the interpreter. */
  readonly make: readonly string[];
  /** Copied into the tests' folder, as the project's own makefile does. */
  readonly copy: readonly string[];
  /** Where they are run, relative to the tree. */
  readonly folder: string;
  readonly command: readonly string[];
  /** Runs one test alone; `{test}` is its name. */
  readonly single: readonly string[];
  /** All of the environment, beside HOME and TERM. */
  readonly env: Readonly<Record<string, string>>;
  /** A line of their output that begins the part of one test; its first group is the test's name. */
  readonly heading: RegExp;
  /** Lines that a test may print that found nothing wrong: what judges a test that a patch adds. */
  readonly harmless: RegExp;
  /** How many such parts there are at least, 1 or more: fewer, and the tests did not run. */
  readonly atLeast: number;
  /** A line by which they say how many tests they are; its first group is the number. All such numbers are added up. */
  readonly plan?: RegExp;
  /** What differs from run to run for a reason that is known, and what to read instead. */
  readonly noise: readonly {
    readonly find: RegExp;
    readonly put: string;
    readonly why: string;
  }[];
  /** In ms. */
  readonly timeout: number;
  /** Where the patched interpreter's tests are run once more on a kernel that knows the flag. */
  readonly supervised?: true;
}

/** An interpreter that has no tests of its own, or none that a tree holds, and why. */
export interface NoTests {
  readonly none: string;
}

/** A build in another way than usual: another configuration, with its own tests or scenarios. */
export interface Variant {
  /** For a table, and for `prove --variant`. */
  readonly id: string;
  readonly what: string;
  /** In the place of the recipe's. */
  readonly configure: readonly string[];
  readonly make: readonly string[];
  /** The program that it makes; the recipe's unless given. */
  readonly binary?: string;
  /** What must pass with the patched tree; none unless given. */
  readonly tests?: {
    /** Run in the folder of the interpreter's own tests, as those are; what it prints is read as theirs is. */
    readonly command: readonly string[];
    /** How many of them there are at least. */
    readonly atLeast: number;
  };
  /** What is run with it, stock and patched; nothing unless given. */
  readonly scenarios?: {
    /** Scenarios of the target that it cannot run, each with the reason; it runs the others. */
    readonly without: Readonly<Record<string, string>>;
    /** What it alone runs. */
    readonly own?: readonly Scenario[];
  };
}

/**
 * How a copy of a build is taken up again after a change of a few of its files. Commands are run in the copy, in
 * order; `{tree}` is its path.
 */
export interface Rebuild {
  readonly commands: readonly (readonly [string, ...string[]])[];
  /**
   * Instead of these where nothing but C is other: the program is linked again, and is not run. For an interpreter whose
   * makefile runs it, which one that denies options does not bear.
   */
  readonly relink?: readonly (readonly [string, ...string[]])[];
}

/** All that is tried with a built interpreter. */
export interface Trials {
  /** Arguments of configure, beyond those of the recipe, that make the compiler say more. */
  readonly warnings: readonly string[];
  /** Instead of those: what makes a build in which each call is where the source has it. */
  readonly unoptimised: readonly string[];
  /** Sources that a build makes: each with the file of the tree that it is a copy of. */
  readonly copies?: Readonly<Record<string, string>>;
  /** Why that build is made only where all is tried. */
  readonly unoptimisedRarely?: string;
  /** Functions of libraries that open files which no site opens, and why that is so. */
  readonly libraryOpens: Readonly<Record<string, string>>;
  readonly ownTests: OwnTests | NoTests;
  readonly variants?: readonly Variant[];
  readonly rebuild: Rebuild;
  /** Where the binary is part of something that is installed: that folder, relative to the tree. */
  readonly prefix?: string;
  /** Files below the tree that hold the interpreter's own code, and get x bits: a policy judges them as any other. */
  readonly ownCode?: RegExp;
  readonly scenarios: readonly Scenario[];
}
