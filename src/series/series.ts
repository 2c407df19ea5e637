import { applyPatch, parsePatch } from 'diff';
import { problem } from '../problems.ts';
import type { Tree } from '../target/contract.ts';
import { coverLetter } from './cover.ts';
import type { CoverFile, CoverMessage } from './cover.ts';
import { counted, gitDiff } from './diff.ts';
import type { FileChange } from './diff.ts';
import { diffstat } from './diffstat.ts';
import { header, patchFileName } from './message.ts';
import type { Message } from './message.ts';

/** A patch of a series as text (latin1). */
export interface PatchFile {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** What its header says, and the diffs behind it, for formats with another header. */
  readonly message: Message;
  readonly diff: string;
  /** Files it touches, sorted by byte value. */
  readonly files: readonly string[];
}

/** Patches in the order in which they apply. */
export interface Series {
  readonly patches: readonly PatchFile[];
  /** The mail before them; no tool applies it. None where there is no patch. */
  readonly cover?: CoverFile;
}

/** One step of a series: what a patch does to which files. */
export interface Step {
  readonly id: string;
  readonly message: Message;
  readonly changes: readonly FileChange[];
}

/** What of a series is not in its steps. */
export interface SeriesParts {
  /** Whether subjects say `[PATCH n/m]`, as mails that are sent do. */
  readonly numbered?: boolean | undefined;
  /** What the cover letter says; none is written unless given. */
  readonly cover?: CoverMessage;
}

/** Writes patches from steps; a step without changes gives no patch, and takes no number. */
export function seriesOf(steps: readonly Step[], { numbered, cover }: SeriesParts = {}): Series {
  const patches: PatchFile[] = [];
  const made = steps.filter(({ changes }) => changes.length > 0);
  for (const { id, message, changes } of made) {
    const position = numbered === true ? { number: patches.length + 1, total: made.length } : undefined;
    const sorted = [...changes].sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)));
    const diffs = sorted.map(gitDiff);
    const stats = sorted.map((change, index) => ({
      ...counted(diffs[index] ?? ''),
      file: change.file,
      created: change.before === undefined,
      executable: change.executable,
    }));
    const diff = diffs.join('');
    patches.push({
      id,
      name: patchFileName(patches.length + 1, message.subject),
      text: header(message, position) + diffstat(stats) + '\n' + diff,
      message,
      diff,
      files: sorted.map((one) => one.file),
    });
  }
  if (cover === undefined || patches.length === 0) return { patches };
  return { patches, cover: coverLetter(cover, made, numbered) };
}

/** The `series` file of quilt and dpkg-source. */
export function seriesFile(series: { readonly patches: readonly Pick<PatchFile, 'name'>[] }): string {
  return series.patches.map((patch) => `${patch.name}\n`).join('');
}

/**
 * Applies a series to a tree in memory, from the patches' text alone, with no fuzz and no offset.
 *
 * @returns the files that are changed or new, with their text after the whole series
 * @throws Problem `unverified` when a hunk is not exactly where it says
 */
export function applySeries(tree: Tree, series: Series): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const patch of series.patches) {
    for (const part of parsePatch(patch.text.slice(patch.text.indexOf('\ndiff --git ') + 1))) {
      const file = (part.newFileName ?? '').replace(/^b\//, '');
      const before = files.get(file) ?? (tree.has(file) ? tree.read(file) : '');
      const lines = before.split('\n');
      for (const hunk of part.hunks) {
        const old = hunk.lines.filter((line) => line.startsWith(' ') || line.startsWith('-'));
        const astray = old.findIndex((line, index) => lines[hunk.oldStart - 1 + index] !== line.slice(1));
        if (astray >= 0) {
          const message = `${patch.name}: ${file} differs at line ${hunk.oldStart + astray}`;
          throw problem('unverified', { tool: 'apply', message });
        }
      }
      const after = applyPatch(before, part, { fuzzFactor: 0, autoConvertLineEndings: false });
      if (after === false) {
        throw problem('unverified', { tool: 'apply', message: `${patch.name} does not apply to ${file}` });
      }
      files.set(file, after);
    }
  }
  return files;
}
