import type { CodeFiles, PlainFiles } from '../target/deployment.js';
import { executableMode, isExecutable } from './modes.js';
import type { FoundFile, Search } from './search.js';

/** A file that is opened as code and that not everybody who may read it may execute. */
export interface CodeFile extends FoundFile {
  readonly code: CodeFiles;
  /** Permission bits as they are, and as they should be. */
  readonly before: number;
  readonly after: number;
}

/** What of a search is to be done, and what is not. */
export interface Survey {
  readonly files: readonly CodeFile[];
  /** By kind, in order of its first file: how many need x bits, and how many have them. */
  readonly kinds: readonly { readonly kind: CodeFiles; readonly need: number; readonly have: number }[];
  /** Files that are opened as before, by kind. */
  readonly plain: readonly { readonly kind: PlainFiles; readonly files: number }[];
  /** What somebody should look at before he trusts the list, one sentence each with a path in it. */
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

/** Sorts what a search found. */
export function surveyOf(search: Search): Survey {
  const files: CodeFile[] = [];
  const kinds = new Map<CodeFiles, { need: number; have: number }>();
  const plain = new Map<PlainFiles, number>();
  const warnings: { path: string; message: string }[] = [];
  const names = namesHere(search.files);
  for (const file of search.files) {
    const { path, kind, stats } = file;
    if (kind.opened === 'as before') {
      plain.set(kind.kind, (plain.get(kind.kind) ?? 0) + 1);
      continue;
    }
    if (kind.kind.notEmpty === true && stats.size === 0) continue;
    const before = stats.mode & 0o7777;
    const counts = kinds.get(kind.kind) ?? { need: 0, have: 0 };
    kinds.set(kind.kind, counts);
    if ((before & 0o002) !== 0)
      warnings.push({ path, message: 'everybody may write it: an x bit says nothing of it' });
    if (isExecutable(before)) {
      counts.have += 1;
      continue;
    }
    counts.need += 1;
    files.push({ ...file, code: kind.kind, before, after: executableMode(before) });
    const here = names.get(identity(file)) ?? 0;
    if (stats.nlink > here) {
      const others = stats.nlink - here;
      warnings.push({
        path,
        message: `has ${others} name(s) more that are not listed, and the same mode by each`,
      });
    }
  }
  return {
    files,
    kinds: [...kinds].map(([kind, counts]) => ({ kind, ...counts })),
    plain: [...plain].map(([kind, count]) => ({ kind, files: count })),
    warnings: [
      ...warnings,
      ...search.open.map((path) => ({ path, message: 'everybody may put files into this folder' })),
      ...search.irregular.map((path) => ({
        path,
        message: 'is no regular file, and is refused whatever its mode',
      })),
      ...search.outside.map((path) => ({
        path,
        message: 'a link to nothing below the prefix: what it leads to is not listed',
      })),
    ],
  };
}

/** A text that is the same for all names of a file. */
export function identity({ stats: { dev, ino } }: FoundFile): string {
  return `${dev}:${ino}`;
}

function namesHere(files: readonly FoundFile[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const file of files) names.set(identity(file), (names.get(identity(file)) ?? 0) + 1);
  return names;
}
