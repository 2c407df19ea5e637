/**
 * What a target is written in. A folder under targets/ holds everything that is known of one interpreter, as
 * values of these types; nothing in src/ names an interpreter.
 */
import type { Locks } from './lock.ts';

/** A release of an interpreter, as the stages see it: one that is pinned, or what a tree says that it is. */
export interface Release {
  /** As the project writes it, for instance `5.2.15`. */
  readonly version: string;
  /** The day of the release, `YYYY-MM-DD`: the date that the generated patches carry. */
  readonly date: string;
  /** Ids of the capabilities that its tree has, sorted by byte value; see src/target/capabilities.ts. */
  readonly capabilities: readonly string[];
}

/** A release whose archive is known by its sum. */
export interface PinnedRelease extends Release {
  readonly tarball: Tarball;
  /**
   * What its lock and its series were made from, and what was proved, where that was not the archive. The sum of the
   * archive is the one that upstream published.
   */
  readonly seen?: GitTree;
}

/** The files of a commit in a public git repository. */
export interface GitTree {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly tag?: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
}

/**
 * Something that only some trees of an interpreter have, and that edits, scenarios or texts depend on. The kit asks the
 * tree; a patched tree has the same capabilities as the unpatched one.
 */
export interface Capability {
  readonly id: string;
  /** What is so in a tree that has it, a sentence for a reader. */
  readonly what: string;
  /** Where it is seen; of several files, in any. */
  readonly file: string | readonly string[];
  /** What the file holds, never global or sticky; unless given, the file is there. */
  readonly has?: string | RegExp;
}

/** Ids of capabilities that a tree has to have, each with `!` before it where it must not have it; all must hold. */
export type Where = string | readonly string[];

/** The archive that a release was made from, and where it is available. */
export interface Tarball {
  /** File name in the sources folder and the cache, for instance `bash_5.2.15.orig.tar.gz`. */
  readonly file: string;
  /** Lower case hexadecimal. */
  readonly sha256: string;
  /** Upstream's own addresses, tried in order after the distribution. */
  readonly urls: readonly string[];
  /** The distribution's source package, and the upstream part of its version. */
  readonly debian?: {
    readonly source: string;
    readonly upstream: string;
    /** Suites that have it, asked after those that the machine is set up for. */
    readonly suites?: readonly string[];
  };
  /** The distribution's binary package, where it is a file that such a package installs. */
  readonly package?: {
    readonly name: string;
    /** Of the package that has these bytes. */
    readonly version: string;
    /** Where the package puts the file, from the root. */
    readonly path: string;
  };
}

/** A source tree as the stages see it: names sorted by byte value, text read as latin1 (index = byte offset). */
export interface Tree {
  /** For messages only; empty for a tree in memory. */
  readonly path: string;
  readonly files: readonly string[];
  /** What is in the tree and not among the files, but may be meant as source. */
  readonly skipped?: readonly Skipped[];
  has(file: string): boolean;
  /** The file's bytes as latin1; throws a problem when it cannot be read. */
  read(file: string): string;
  /** Whether the owner may execute the file: git writes mode 100755 then, 100644 otherwise. */
  executable(file: string): boolean;
}

/** Something in a tree that is not read. */
export interface Skipped {
  readonly file: string;
  /** Whether it means a folder, whose files have any name. */
  readonly folder: boolean;
  readonly why: string;
}

/** What a file is read as: the name of a folder of src/languages/, as its registry has it. */
export type Language = string;

/** What a file is opened for; the first is the main one. */
export type Role =
  | 'script'
  | 'module'
  | 'startup'
  | 'config'
  | 'loadable'
  | 'data'
  | 'temp'
  | 'tty'
  | 'redirect'
  | 'directory'
  | 'process'
  | 'output';

/** A function (or macro, or text) that opens files. */
export interface Opener {
  /** Files in which the token means this opener. */
  readonly files: RegExp;
  readonly lang: Language;
  /** A name as whole word, or for `argument` and `value` any text. Never global or sticky. */
  readonly token: RegExp;
  /**
   * `callee`: the token is called, or used as a value. `argument`: the call that holds the token is the site.
   * `value`: the token itself is the site.
   */
  readonly as: 'callee' | 'argument' | 'value';
  readonly gives: 'fd' | 'FILE' | 'handle' | 'object' | 'nothing';
  /** True for the helper that this kit puts in: a call of it is a site that is already rewritten. */
  readonly rewritten?: boolean;
}

/** A C function, or a macro, that opens a file which a caller in another file names, and still is not an opener. */
export interface Wrapper {
  readonly file: string;
  readonly name: string;
  /** Why the verdicts of the opens in it are right for every caller. */
  readonly why: string;
}

/** A piece of text: byte offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place where a file is opened. */
export interface Site {
  /** `file#owner#callee#text#ordinal`: stable when lines move. */
  readonly id: string;
  readonly file: string;
  /** 1-based, of the callee's first byte. */
  readonly line: number;
  /** 1-based, in bytes. */
  readonly column: number;
  readonly callee: string;
  /** The call with white space folded; for a value, the callee alone. */
  readonly text: string;
  /**
   * The statement that holds the call, folded, with the condition or the loop of which it is the whole body: what tells
   * two calls of the same text apart.
   */
  readonly statement: string;
  /** A plain call, a call in a macro's body, a name used as a value, a text that a target named. */
  readonly kind: 'call' | 'macro' | 'value' | 'text';
  /** Conditions of the `#if`s around the line, outermost first, `!(…)` for an `#else`. */
  readonly guards: readonly string[];
  readonly owner: { readonly kind: 'function' | 'define' | 'class' | 'file'; readonly name: string };
  readonly state: 'plain' | 'rewritten';
  readonly gives: Opener['gives'];
  /** Where the callee, the call, its statement and its owner are in the file. */
  readonly spans: {
    readonly callee: Span;
    readonly call: Span;
    readonly statement: Span;
    readonly owner: Span;
  };
}

/**
 * What a site must be for a rule to match: all that is named. In a text `...` is any text, an empty one too; a list
 * is one of its texts.
 */
export interface Conditions {
  /** The name, or the text, that opens. */
  readonly callee?: Pattern;
  /** The call with white space folded. */
  readonly text?: Pattern;
  /** The statement that holds the call, folded, with the condition or the loop of which it is the whole body. */
  readonly statement?: Pattern;
  /** A condition of an `#if` around the site. */
  readonly guard?: Pattern;
  readonly kind?: Site['kind'];
  readonly state?: Site['state'];
  /** What kind of owner the site has. */
  readonly owner?: Site['owner']['kind'];
}

/** A text in which `...` is any text, or a list of such texts. */
export type Pattern = string | readonly string[];

/** Where a rule looks, and what it looks for there. */
export interface Place extends Conditions {
  /**
   * Files, as globs relative to the tree, with the names of functions, macros or classes in them: `-` is outside of
   * any, `...` is any.
   */
  readonly files: Readonly<Record<string, Pattern>>;
  /** Sites of which all of this holds are not meant. */
  readonly not?: Conditions;
}

/**
 * Decides the sites at its places. The order of rules does not matter: two that match one site are an error, except with
 * `before`.
 */
export interface Rule {
  readonly id: string;
  /** A site is meant that is at one of these. */
  readonly places: readonly Place[];
  /** Rules whose sites this one takes, by their ids; `...` is any text. */
  readonly before?: readonly string[];
  /** `mark`: opens code, and is rewritten. `exempt`: opens no code. `policy`: the builder chooses. */
  readonly verdict: 'mark' | 'exempt' | 'policy';
  /** The patch by which sites of verdict `mark` open code though nothing about them changes: they call what it rewrites. */
  readonly through?: string;
  /**
   * How `prove --mutate` has such sites open data: for a callee, the expression that is called instead of the function,
   * with all that stands before its name in the call; `{of}` in it is what stands there, without the dot at its end.
   */
  readonly plain?: Readonly<Record<string, string>>;
  /**
   * Why there is no such expression for the others, or why no scenario can show that a site is as it was before; and what
   * proves them instead.
   */
  readonly unproven?: string;
  /** What a `policy` is unless the builder says otherwise. */
  readonly default?: 'mark' | 'exempt';
  readonly roles: readonly Role[];
  /** Nobody has confirmed it yet: it decides no site, and `check-target` lists it. */
  readonly suggested?: true;
  /** Where the bytes go, for the person who reads the ledger. */
  readonly why: string;
}

/**
 * Sites whose bytes are evaluated, or seem to be, and which still open no code. A site that is not marked needs one if
 * src/evidence/ finds a path to code that evaluates its bytes.
 */
export interface Answer {
  /** Files by their names, with the names of functions in them; no pattern. */
  readonly files: Readonly<Record<string, string | readonly string[]>>;
  /** What is evaluated, and why that is right. */
  readonly why: string;
}

/** One change of text; `find` must occur exactly once in the edit's scope. */
export interface Change {
  readonly find: string | RegExp;
  /** `sorted` puts a line before the first line of the found block that is greater by byte value. */
  readonly put: 'replace' | 'before' | 'after' | 'sorted';
  /** The text itself, what makes it, or a template relative to the target's templates/ whose text it is. */
  readonly text:
    string | ((match: RegExpExecArray, release: Release) => string) | { readonly template: string };
}

/** How a marked site is rewritten, or another hunk of a patch. */
export type Edit = {
  readonly patch: string;
  /** The trees that it is for; all unless given. */
  readonly where?: Where;
} & (
  | {
      readonly rule: string;
      readonly scope: 'call' | 'statement' | 'owner';
      readonly changes: readonly Change[];
    }
  | {
      readonly file: string;
      readonly owner?: string;
      readonly changes: readonly Change[];
      /** For documentation and news alone: a change whose place is not there is left out, and that is said. */
      readonly degrades?: true;
    }
  | { readonly create: string; readonly template: string }
);

/** One patch of the series; the order of the list is the order of the series. */
export interface Patch {
  readonly id: string;
  /** `area: imperative`, the mail's subject without the prefix. */
  readonly subject: string;
  readonly needs: readonly string[];
  /** May be left out; chosen by this role. */
  readonly optional?: Role | 'entries';
  /** An optional patch that is made only where its role is asked for. */
  readonly offByDefault?: true;
  /** Template of the message's body, relative to the target's templates/. */
  readonly message: string;
}

/** What the cover letter of a series is made of. */
export interface Cover {
  readonly subject: string;
  /** Template of its text, relative to the target's templates/. */
  readonly message: string;
}

/** A way in for code that comes from no file with a name. */
export interface Entry {
  readonly id: string;
  readonly kind: 'snippet' | 'stdin' | 'interactive' | 'environment' | 'descriptor';
  readonly verdict: 'refuse-when-denied' | 'check-descriptor' | 'files-only';
  readonly why: string;
  /** The patch that closes it. */
  readonly patch?: string;
  /** Why nothing of the series closes it, or all of it. */
  readonly open?: string;
}

/** How edits ask whether code that comes from no file may run. `prove --mutate` leaves out each place that asks. */
export interface Question {
  /** The call in the texts that edits put in; never global or sticky. Its declaration and definition do not match. */
  readonly call: RegExp;
  /** What replaces it where nothing denies, for instance `0`. */
  readonly allows: string;
  /** Why a series that does not ask would show nothing, and what refuses the same code instead: none is made then. */
  readonly unproven?: string;
}

/** Files of a tree that are not part of what is installed, and why; the scan names them. */
export interface NotShipped {
  readonly files: RegExp;
  readonly why: string;
}

/**
 * A part of a tree that is another project's, and that distributions remove where the system has it as a library. Where
 * it is removed its sites are not missed: they are the library's.
 */
export interface Bundled {
  /** What it is called in messages. */
  readonly what: string;
  /** Its files, as globs relative to the tree: it is there as long as one is that opens something. */
  readonly files: string | readonly string[];
  /** What the library then does, for whoever reads that the part is not in the tree. */
  readonly says: string;
  /** The capability of the trees that have it, where edits or scenarios depend on it. */
  readonly capability?: string;
  /** The shared object that a program names which uses the system's library, without its version. */
  readonly library?: string;
}

/** A stretch of a file that is another language than the file: documentation in a C source, say. */
export interface Mask {
  readonly files: RegExp;
  /** Matched globally, multi-line: every match is masked. */
  readonly text: RegExp;
  readonly as: 'comment' | 'string';
}

/** How the interpreter is built and run, for tests and proofs. All paths are relative to the tree. */
export interface BuildRecipe {
  readonly configure: readonly string[];
  readonly make: readonly string[];
  /** `{series}` in it means the first two numbers of the version. */
  readonly binary: string;
  /** Debian packages that a build needs. */
  readonly packages: readonly string[];
  /** What some trees are configured with besides. */
  readonly also?: readonly {
    readonly where: Where;
    readonly configure: readonly string[];
    readonly packages: readonly string[];
  }[];
}

/** A word by which a tree shows that somebody else's patches are in it, which do what this kit's do. */
export interface Foreign {
  readonly files: RegExp;
  /** Never global or sticky. */
  readonly word: RegExp;
  /** What it is, for whoever reads that it is there. */
  readonly what: string;
}

/** All that the kit knows of one interpreter, or of the kernel. */
export interface Target {
  /** The folder's name. */
  readonly name: string;
  /** What it is called in prose and in tables; the name of the folder unless given. */
  readonly title?: string;
  /** What files it opens as code, a clause for the table of the README. */
  readonly opens?: string;
  /** Where its templates lie, relative to the kit's own folder. */
  readonly templates: string;
  readonly releases: readonly PinnedRelease[];
  readonly capabilities: readonly Capability[];
  /** The release that a tree is, or undefined when the tree is not this target's. */
  readonly recognise: (tree: Tree) => string | undefined;
  /**
   * The files of its trees that are read, where a tree is too large to be listed: all that is scanned, changed or asked
   * for. The whole tree unless given.
   */
  readonly reads?: readonly string[];
  /** What no tree may have that carries no patch of this kit; nothing unless given. */
  readonly foreign?: readonly Foreign[];
  /** What a file is parsed as, by its name; undefined: not a source. */
  readonly language: (file: string) => Language | undefined;
  readonly notShipped: readonly NotShipped[];
  /** None unless given. */
  readonly bundled?: readonly Bundled[];
  readonly masks: readonly Mask[];
  /** Conditions under which nothing is compiled in any build that is served; matched against a guard. */
  readonly dead: readonly RegExp[];
  readonly openers: readonly Opener[];
  /** Words, as regular expressions, by which code is evaluated: by the language that they are written in. */
  readonly evaluates: Readonly<Record<Language, readonly string[]>>;
  /** What is decided about the releases that are known. */
  readonly locks: Locks;
  readonly wrappers?: readonly Wrapper[];
  readonly rules: readonly Rule[];
  /** None unless given. */
  readonly answers?: readonly Answer[];
  readonly patches: readonly Patch[];
  readonly cover: Cover;
  readonly edits: readonly Edit[];
  readonly entries: readonly Entry[];
  /** None unless given. */
  readonly questions?: readonly Question[];
  /** None where nothing of it runs code: then it has no scenarios, no ways in and no installed files, either. */
  readonly build?: BuildRecipe;
  /** Who has the copyright of what the patches change, as its own notices say it. */
  readonly copyright: string;
  /** How patches name the licence of what they change, an SPDX expression. */
  readonly license: string;
}
