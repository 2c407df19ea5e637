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
  /** Who reads them, where that is not everybody who may: the user alone whose home they are in, or are copied to. */
  readonly readers?: 'owner';
  /** Archives, bytecode and the like: no text that could name other files. */
  readonly compiled?: true;
  /**
   * Where they are written in another language than code: a line that names a file, whose path is the first group; or
   * that no line names one.
   */
  readonly lines?: RegExp | 'none';
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

/** A language whose code can be asked what it opens as code. */
export type SourceLanguage = 'shell' | 'perl' | 'python';

/** What an interpreter takes paths in code for; the patterns have no flags, and begin where a word begins. */
export interface Places {
  /** The text that means the folder of the file itself, with the slash behind it. */
  readonly itself?: RegExp;
  /** The text that means the path of the file itself, which something may be appended to. */
  readonly file?: RegExp;
  /** The text that means the home of the user who runs it, with the slash behind it. */
  readonly home?: RegExp;
  /** Folders in which a name is looked for that does not say where it is; without a slash at the end. */
  readonly search: readonly string[];
  /** Whether such a name is looked for in every folder of modules as well: those above the file, and wherever kinds are. */
  readonly library?: true;
}

/** How the code of a target names other files that are opened as code: those are listed as well, wherever they are. */
export interface Sources extends Pick<CodeFiles, 'what' | 'rules' | 'why'> {
  readonly language: SourceLanguage;
  readonly places: Places;
}

/** What is known of a target's installed files. */
export interface Deployment {
  /** The first that matches decides. */
  readonly kinds: readonly CodeFiles[];
  readonly plain: readonly PlainFiles[];
  /** Rules that a patch marks and that have no kind: why no file of an installation is opened by them alone. */
  readonly noFiles: Readonly<Record<string, string>>;
  readonly sources?: Sources;
  /**
   * Where distributions, and the projects themselves, put files; and the kind that these are, or false for one that is
   * opened as before. A test holds the kinds against it.
   */
  readonly examples?: Readonly<Record<string, string | false>>;
  /** A folder as modules lie in, with a slash at its end: what a folder of a program's own is judged as. */
  readonly modules?: string;
}
