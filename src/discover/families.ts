import type { Opener } from '../target/contract.ts';

/** What a function opens. */
export type Kind = 'file' | 'directory' | 'process' | 'name';

/** A function of the C library that opens, and where it takes what from: positions of arguments, from 0. */
interface Family {
  readonly kind: Kind;
  readonly gives: Opener['gives'];
  /** The name of the file, or for fdopen the descriptor; undefined where it takes none. */
  readonly path: number | undefined;
  /** It can do nothing but write: creat(2), mkstemp(3). */
  readonly writes: boolean;
}

const family = (
  names: string,
  kind: Kind,
  gives: Opener['gives'],
  path: number | undefined,
  writes = false,
): readonly (readonly [string, Family])[] =>
  names.split(' ').map((name) => [name, { kind, gives, path, writes }]);

/**
 * What opens in the C library: open(2), openat2(2), creat(2), shm_open(3), memfd_create(2), fopen(3), fmemopen(3),
 * fdopen(3), mkstemp(3), tmpfile(3), dlopen(3), opendir(3), scandir(3), ftw(3), popen(3), mktemp(3), tmpnam(3). Of these
 * `ranked` has what opens files; the others are there for who opens by them.
 */
export const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ...family('open open64 _open', 'file', 'fd', 0),
  ...family('openat openat64 openat2', 'file', 'fd', 1),
  ...family('creat creat64', 'file', 'fd', 0, true),
  ...family('fopen fopen64 freopen freopen64 _wfopen', 'file', 'FILE', 0),
  ...family('fdopen', 'file', 'FILE', 0),
  ...family('dlopen', 'file', 'handle', 0),
  ...family('dlmopen', 'file', 'handle', 1),
  ...family('mkstemp mkstemp64 mkostemp mkostemp64 mkstemps mkostemps', 'file', 'fd', 0, true),
  ...family('tmpfile tmpfile64', 'file', 'FILE', undefined, true),
  ...family('shm_open memfd_create', 'file', 'fd', 0, true),
  ...family('fmemopen', 'name', 'FILE', undefined),
  ...family('opendir fdopendir', 'directory', 'handle', 0),
  ...family('scandir ftw nftw', 'directory', 'nothing', 0),
  ...family('popen', 'process', 'FILE', 0),
  ...family('mkdtemp mktemp tmpnam tempnam', 'name', 'nothing', 0, true),
]);

/** The mode of an open for reading, or for writing, as fopen(3) takes it. */
export const MODE = /^[rwa][bt+cemx]*(?:,ccs=.*)?$/;
