import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { problem } from '../problems.ts';
import { sweep } from './partial.ts';

/** Goes up when the same archive would be unpacked to another tree (names, modes, times), so that old trees are not used. */
const UNPACKER = 1;

/** The folder where sources are kept from one run to the next; what lies under a content's name is whole. */
export interface Cache {
  readonly folder: string;
  /** Where the unpacked tree of a tarball lies, or will; with names of files, the tree of these alone. */
  tree(sha256: string, only?: readonly string[]): string;
  /** Where a tarball lies, or will. */
  tarball(sha256: string): string;
  /** Where apt keeps its lists of sources. */
  readonly apt: string;
  /** Whether the tree is there; its presence proves that it is complete and that the sum was right. */
  hasTree(sha256: string, only?: readonly string[]): boolean;
  /** Removes what dead processes left half-made. Called before writing, not on a mere look-up. */
  sweep(): void;
}

/**
 * The cache, without touching the disk.
 *
 * @param folder as the user gave it; else `$MAYEXEC_CACHE`, else `$XDG_CACHE_HOME/mayexec-kit` (an absolute
 * path, or it does not count: XDG Base Directory Specification), else `~/.cache/mayexec-kit`
 * @throws Problem `no-cache` where none of them is available
 */
export function openCache(folder?: string): Cache {
  const top = resolve(folder ?? defaultFolder());
  const tree = (sha256: string, only?: readonly string[]): string =>
    join(top, 'trees', `${sha256}-${String(UNPACKER)}${only === undefined ? '' : `-${sumOf(only)}`}`);
  return {
    folder: top,
    tree,
    tarball: (sha256) => join(top, 'tarballs', sha256),
    apt: join(top, 'apt'),
    hasTree: (sha256, only) => existsSync(tree(sha256, only)),
    sweep() {
      for (const name of ['trees', 'tarballs', 'downloads', 'evidence']) sweep(join(top, name));
    },
  };
}

/** Tells one list of files from another. */
function sumOf(files: readonly string[]): string {
  return createHash('sha256').update(files.join('\0')).digest('hex').slice(0, 16);
}

function defaultFolder(): string {
  const own = process.env['MAYEXEC_CACHE'] ?? '';
  if (own !== '') return own;
  const xdg = process.env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home(), '.cache'), 'mayexec-kit');
}

/** `$HOME` where it is an absolute path, else what the system has for the user. */
function home(): string {
  const given = process.env['HOME'] ?? '';
  if (isAbsolute(given)) return given;
  try {
    const { homedir } = userInfo();
    if (isAbsolute(homedir)) return homedir;
  } catch {
    // A user that the system does not know, as in a container that is run with some number.
  }
  throw problem('no-cache', { user: String(process.getuid?.() ?? '') });
}
