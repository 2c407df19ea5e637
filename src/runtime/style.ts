/** How a project lays out its C. */
export interface Style {
  /** Columns that a nested statement is indented by. */
  readonly indent: number;
  /** Eight columns of indentation become a tab. */
  readonly tabs: boolean;
  /** GNU: a space between a function's name and its arguments. */
  readonly callSpace: boolean;
  /** GNU: braces on separate lines, half way to what they enclose. */
  readonly ownBraces: boolean;
  /** PEP 7: every body has braces, and the brace below a condition of several lines has a separate line. */
  readonly allBraces: boolean;
  /** A function's return type has a separate line. */
  readonly typeOnOwnLine: boolean;
  /** Lines of a comment after the first begin with a star. */
  readonly stars: boolean;
  /** Directives inside `#if` are indented after the `#`. */
  readonly nestedDirectives: boolean;
}

const knr: Style = {
  indent: 4,
  tabs: false,
  callSpace: false,
  ownBraces: false,
  allBraces: false,
  typeOnOwnLine: true,
  stars: false,
  nestedDirectives: true,
};

const gnu: Style = { ...knr, indent: 2, tabs: true, callSpace: true, ownBraces: true };

/**
 * The styles by name: GNU's as bash has it, and without tabs, Kernighan and Ritchie's, PEP 7, perl's, Linux's, perl's
 * with tabs, and Lua's, with two columns a level.
 */
export const STYLES = {
  gnu,
  gnuBlanks: { ...gnu, tabs: false },
  knr,
  pep7: { ...knr, allBraces: true },
  perl: { ...knr, stars: true },
  linux: { ...knr, indent: 8, tabs: true, typeOnOwnLine: false, stars: true, nestedDirectives: false },
  narrow: { ...knr, indent: 2, typeOnOwnLine: false, nestedDirectives: false },
  tabbed: { ...knr, tabs: true, stars: true },
} as const satisfies Record<string, Style>;

/** Name of a {@link Style}. */
export type StyleName = keyof typeof STYLES;
