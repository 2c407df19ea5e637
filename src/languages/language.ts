import type { Body, Place } from './body.ts';
import type { Hit } from './hits.ts';
import type { Judged } from './site.ts';
import type { Grammar } from '../parse/grammar.ts';
import type { Language, Opener, Site, Span, Target, Tree } from '../target/contract.ts';

/** A file with its bytes as latin1. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** What a reader found out about a file, to be given back to it so that it need not find it out again. */
export abstract class Outline {
  /** The folder of the language. */
  abstract readonly language: Language;
}

/** Says what the hits of one file are. */
export interface Judge {
  judge(hit: Hit): Judged;
  /** How many stretches had to be parsed for the answers so far. */
  readonly slices: number;
  /** Undefined where nothing is known that another question needs. */
  readonly outline: Outline | undefined;
  /** Frees what was parsed; no hit is judged afterwards. */
  free(): void;
}

/** A function or macro by its name and the file that defines it. */
export interface Named {
  readonly name: string;
  readonly file: string;
}

/** Where something is called; the line is 1-based. */
export interface Caller {
  readonly file: string;
  readonly line: number;
}

/** One that opens what it is given, that another file calls, and that is no opener. */
export interface Reached extends Named {
  /** The first call in it that gets something from its parameters: an open, or a call of another such function. */
  readonly call: Span;
  readonly caller: Caller;
}

/** The part of a census that is about one language. */
export interface Opens {
  readonly sites: readonly Site[];
  /** Those of the target, and those that aliases make. */
  readonly openers: readonly Opener[];
  /** All files that ship. */
  readonly files: readonly string[];
  readonly outlines: ReadonlyMap<string, Outline>;
}

/** A stretch of a file whose bodies are looked at only when they are asked for. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The function that it is, where a language's stretches are functions. */
  readonly name?: string;
  readonly bodies: () => readonly Body[];
}

/** The text around a word. */
export interface Around {
  readonly before?: RegExp;
  readonly behind?: RegExp;
}

/** A call, and those that may be meant by it. */
export interface Asked {
  /** The name as it is written in the call. */
  readonly path: string;
  /** The name without what comes before it. */
  readonly name: string;
  /** The file of the call. */
  readonly from: string;
  /** The files that define something of that name, sorted as the tree is. */
  readonly definers: readonly string[];
  /** The bytes of a file that ships. */
  readonly text: (file: string) => string;
  /** Whether a file ships. */
  readonly ships: (file: string) => boolean;
}

/** How values go through code: what src/evidence/ follows. */
export interface Values {
  /**
   * What a call of evaluates, as regular expressions of a name as it is written.
   *
   * @param said what the target says of this language
   */
  readonly evaluates: (said: readonly string[]) => readonly string[];
  /** Where functions and classes are defined; the first group is the name. Global and multi-line. */
  readonly definition: RegExp;
  /** The text around a name where it is defined; too much is no harm. None where stretches have names. */
  readonly defined?: Around;
  /** Divides files into stretches, in order; the outline of a file is given where there is one. */
  readonly stretches: (
    target: Pick<Target, 'masks'>,
  ) => Promise<(source: Source, outline: Outline | undefined) => readonly Stretch[]>;
  /** Where what a site opens is, in the body around it; undefined where the body does not show that. */
  readonly opened: (site: Site, body: Body) => readonly Place[] | undefined;
  /** The files whose functions of that name a call may be of; none where that cannot be told. */
  readonly candidates: (asked: Asked) => readonly string[];
  /** How many parameters come before the first argument of a call; none unless given. */
  readonly before?: (path: string, called: Body) => number;
  /** Names that are called without parentheses behind them, which is where calls are looked for. Global. */
  readonly bare?: RegExp;
  /** The function that makes the objects of a class, and the text around the name of a class. */
  readonly maker?: { readonly name: string; readonly named: Around };
  /** A word that other files hold which call what this file defines. */
  readonly mention?: (file: string) => string | undefined;
  /** Functions that put something of one argument into another one. */
  readonly fills?: RegExp;
}

/** How a function gets a second one beside it that does what it did before the series: for `prove --mutate`. */
export interface Twin {
  /**
   * The text of a definition under another name, for any file to call; undefined where the definition does not show the
   * name.
   */
  readonly definition: (text: string, name: string, other: string) => string | undefined;
  /** What stands for the function's name in a call, to call the other one. */
  readonly call: (name: string, other: string) => string;
}

/**
 * All that is known of a language: a folder of src/languages/ exports one, and the registry lists it. Offsets are those
 * of the file's bytes.
 */
export interface LanguageReader {
  /** The grammar that its code is parsed by; without one, the text around code tells what it is. */
  readonly grammar?: Grammar;
  /** What a new target begins with. */
  readonly begins: {
    /** The endings of its files. */
    readonly ending: RegExp;
    /** What opens files by its name alone; the token is the source of a regular expression. */
    readonly openers: readonly { readonly token: string; readonly gives: Opener['gives'] }[];
  };
  /**
   * @param target whose masks and dead conditions apply
   * @param until the end of the last hit that will be judged
   */
  readonly judge: (source: Source, target: Target, until: number) => Promise<Judge>;
  /** Where the functions, classes or macros of a name are in a file. */
  readonly owners: (source: Source, name: string, target: Target) => readonly Span[];
  readonly values: Values;
  /** None where a call does not tell which function it calls. */
  readonly twin?: Twin;
  /** Openers that the files themselves make, by giving an opener another name. */
  readonly aliases?: (sources: readonly Source[], openers: readonly Opener[]) => readonly Opener[];
  /**
   * The functions that open what they are given, that another file calls, and that are no openers.
   *
   * @param named those that are left out, and whoever calls only them
   * @throws Problem when a file cannot be read
   */
  readonly reached?: (
    opens: Opens,
    tree: Tree,
    target: Target,
    named: readonly Named[],
  ) => Promise<readonly Reached[]>;
}
