import type { CodeFiles, PlainFiles } from '../target/deployment.ts';
import type { Followed } from './follow.ts';
import { guidesAgainst } from './guides.ts';
import { executableMode, isExecutable } from './executable-mode.ts';
import type { FoundFile } from './search.ts';

/** A file that is opened as code and that not everybody who reads it may execute. */
export interface CodeFile extends FoundFile {
  readonly code: CodeFiles;
  /** Permission bits as they are, and as they should be. */
  readonly before: number;
  readonly after: number;
}

/** A file that needs x bits, and that a guide to hardening forbids them. */
export interface HeldFile extends CodeFile {
  readonly guides: readonly string[];
}

/** What of a search is to be done, and what is not. */
export interface Survey {
  readonly files: readonly CodeFile[];
  /** Left as they are. */
  readonly held: readonly HeldFile[];
  /** By kind, in order of its first file: how many need x bits, and how many have them. */
  readonly kinds: readonly { readonly kind: CodeFiles; readonly need: number; readonly have: number }[];
  /** Files that are opened as before, by kind. */
  readonly plain: readonly { readonly kind: PlainFiles; readonly files: number }[];
  /** What somebody should look at before he trusts the list, one sentence each with a path in it. */
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Sorts what a search found.
 *
 * @param despiteGuides whether files get x bits that a guide to hardening forbids
 * @param otherNames of a file that has more than those found, by its identity
 */
export function surveyOf(
  search: Followed,
  despiteGuides: boolean,
  otherNames: (files: readonly FoundFile[]) => ReadonlyMap<string, readonly string[]>,
): Survey {
  const files: CodeFile[] = [];
  const held: HeldFile[] = [];
  const kinds = new Map<CodeFiles, { need: number; have: number }>();
  const plain = new Map<PlainFiles, number>();
  const warnings: { path: string; message: string }[] = [];
  for (const file of search.files) {
    const { path, kind, stats } = file;
    if (kind.opened === 'as before') {
      plain.set(kind.kind, (plain.get(kind.kind) ?? 0) + 1);
      continue;
    }
    if (kind.kind.notEmpty === true && stats.size === 0) continue;
    const before = stats.mode & 0o7777;
    const readers = kind.kind.readers ?? 'everybody';
    const counts = kinds.get(kind.kind) ?? { need: 0, have: 0 };
    kinds.set(kind.kind, counts);
    if ((before & 0o002) !== 0)
      warnings.push({ path, message: 'everybody may write to it, so execute permission means nothing' });
    if (isExecutable(before, readers)) {
      counts.have += 1;
      continue;
    }
    counts.need += 1;
    const after = executableMode(before, readers);
    const needing: CodeFile = { ...file, code: kind.kind, before, after };
    const guides = guidesAgainst(path, before, after).map(({ who }) => who);
    if (guides.length > 0 && !despiteGuides) held.push({ ...needing, guides });
    else files.push(needing);
    if (guides.length > 0) {
      const done = despiteGuides
        ? 'gets execute permission'
        : 'left as it is, so a policy by permission refuses it';
      warnings.push({ path, message: `${done}: ${guides.join('; ')}` });
    }
  }
  const names = otherNames(files);
  for (const file of files) {
    const known = names.get(identity(file));
    if (known !== undefined) warnings.push({ path: file.path, message: sharing(file, known) });
  }
  return {
    files,
    held,
    kinds: [...kinds].map(([kind, counts]) => ({ kind, ...counts })),
    plain: [...plain].map(([kind, count]) => ({ kind, files: count })),
    warnings: [
      ...warnings,
      ...search.open.map((path) => ({ path, message: 'everybody may write to this folder' })),
      ...search.irregular.map((path) => ({
        path,
        message: 'not a regular file: refused whatever its mode',
      })),
      ...search.outside.map((path) => ({
        path,
        message: 'a link that leaves what is searched: its target is not listed',
      })),
      ...search.beyond.map(({ path, line, to }) => ({
        path: `${path}:${line}`,
        message: `names ${to}, which is not listed: it is outside what was searched`,
      })),
      ...search.untold.map(({ path, line, text }) => ({
        path: line === 0 ? path : `${path}:${line}`,
        message: line === 0 ? text : `sources a file whose name is unknown until it runs: ${text}`,
      })),
    ],
  };
}

/** What is said of a file with several names. */
function sharing({ path, stats }: FoundFile, names: readonly string[]): string {
  const others = names.filter((name) => name !== path);
  const unseen = stats.nlink - 1 - others.length;
  const more = unseen > 0 ? [`${unseen} more outside the root`] : [];
  return `changes the mode of its other names too: ${[...others, ...more].join(', ')}`;
}

/** A text that is the same for all names of a file. */
export function identity({ stats: { dev, ino } }: FoundFile): string {
  return `${dev}:${ino}`;
}
