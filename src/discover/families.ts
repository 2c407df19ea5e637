/** What a call of an opener gives. */
export type Gives = 'fd' | 'FILE' | 'object' | 'loadable' | 'nothing';

/** A function that opens, and where it takes what from: positions of arguments, from 0. */
export interface Family {
  readonly gives: Gives;
  /** The name of the file, or for fdopen the descriptor; undefined where it takes none. */
  readonly path: number | undefined;
  /** The flags of open(2), or the mode of fopen(3). */
  readonly how: number | undefined;
  /** It can do nothing but write: creat(2), mkstemp(3). */
  readonly writes?: boolean;
}

const family = (gives: Gives, path: number | undefined, how: number | undefined): Family => ({
  gives,
  path,
  how,
});
const temporary = (gives: Gives, path: number | undefined): Family => ({
  gives,
  path,
  how: undefined,
  writes: true,
});

/**
 * What opens files in the C library, and where its arguments stand: open(2), openat2(2), creat(2), fopen(3), fdopen(3),
 * mkstemp(3), tmpfile(3), dlopen(3). A mapping (mmap) needs a descriptor that one of these gave.
 */
export const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ...['open', 'open64', '_open'].map((name) => [name, family('fd', 0, 1)] as const),
  ...['openat', 'openat64'].map((name) => [name, family('fd', 1, 2)] as const),
  ['openat2', family('fd', 1, undefined)],
  ...['creat', 'creat64'].map((name) => [name, { ...family('fd', 0, undefined), writes: true }] as const),
  ...['fopen', 'fopen64', 'freopen', 'freopen64', '_wfopen'].map(
    (name) => [name, family('FILE', 0, 1)] as const,
  ),
  ['fdopen', family('FILE', 0, 1)],
  ...['dlopen'].map((name) => [name, family('loadable', 0, undefined)] as const),
  ['dlmopen', family('loadable', 1, undefined)],
  ...['mkstemp', 'mkstemp64', 'mkostemp', 'mkostemp64', 'mkstemps', 'mkostemps'].map(
    (name) => [name, temporary('fd', 0)] as const,
  ),
  ...['tmpfile', 'tmpfile64'].map((name) => [name, temporary('FILE', undefined)] as const),
]);

/** Functions that open something that is no file of code, and are counted alone. */
export const APART: ReadonlyMap<string, string> = new Map([
  ['opendir', 'directories'],
  ['fdopendir', 'directories'],
  ['popen', 'processes'],
]);

/** The mode of an open for reading, or for writing, as fopen(3) takes it. */
export const MODE = /^[rwa][bt+cemx]*(?:,ccs=.*)?$/;
