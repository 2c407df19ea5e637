/**
 * Which files of an installed interpreter it opens as code. A policy by permission refuses those without x bits, and
 * distributions ship most of them without.
 */

/** Files that are opened as code. */
export interface CodeFiles {
  readonly id: string;
  /** What they are, in a few words, for a table. */
  readonly what: string;
  /** Matched against the path on the installed system (bytes as latin1), which starts with a slash. */
  readonly files: RegExp;
  /** The rules by whose sites they are opened: a kind counts where a chosen patch rewrites one of these. */
  readonly rules: readonly string[];
  /** Who opens them, and when. */
  readonly why: string;
  /** Files without content are never opened. */
  readonly notEmpty?: true;
  /** Who writes them anew on the installed system, without x bits: no override of a mode outlives that. */
  readonly remade?: string;
}

/** Files that look like code and are opened as before: what somebody may look for in the list, and why it is not there. */
export interface PlainFiles {
  readonly id: string;
  readonly what: string;
  /** As of {@link CodeFiles}. */
  readonly files: RegExp;
  /** The rules that leave them as they are. */
  readonly rules: readonly string[];
  readonly why: string;
}

/** What is known of a target's installed files. */
export interface Deployment {
  /** The first that matches decides. */
  readonly kinds: readonly CodeFiles[];
  readonly plain: readonly PlainFiles[];
  /** Rules that a patch marks and that have no kind: why no file of an installation is opened by them alone. */
  readonly noFiles: Readonly<Record<string, string>>;
  /** A folder as modules lie in, with a slash at its end: what a folder of a program's own is judged as. */
  readonly modules?: string;
}
