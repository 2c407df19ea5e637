import { createHash } from 'node:crypto';
import { structuredPatch } from 'diff';
import { problem } from '../problems.ts';

/** A file before and after a patch, as latin1; `before` is undefined for a new file. */
export interface FileChange {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly executable: boolean;
}

// git's default, and what `patch` wants at least to place a hunk without fuzz.
const CONTEXT = 3;

// xdiff cuts a hunk's heading at 80 bytes (git, xdiff/xemit.c: the size of its buffer).
const HEADING = 80;

// git shows of a heading what is UTF-8, up to the first byte that is not.
const UTF8 =
  /^(?:(?!\xef\xbf[\xbe\xbf])(?:[^\x80-\xff]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}))*/;

/**
 * The diff of a file as git writes it: `diff --git`, `index`, hunks with the heading of the function.
 *
 * @throws Problem `unverified` when the two texts do not differ: a patch with an empty diff is a defect
 */
export function gitDiff(change: FileChange): string {
  const { file, before, after } = change;
  const old = before ?? '';
  const made = structuredPatch(file, file, old, after, '', '', { context: CONTEXT });
  if (made.hunks.length === 0) throw problem('unverified', { tool: 'diff', message: `${file} is unchanged` });
  const mode = change.executable ? '100755' : '100644';
  const ids = `${before === undefined ? '0000000' : shortId(old)}..${shortId(after)}`;
  const head =
    before === undefined
      ? [
          `diff --git a/${file} b/${file}`,
          `new file mode ${mode}`,
          `index ${ids}`,
          '--- /dev/null',
          `+++ b/${file}`,
        ]
      : [`diff --git a/${file} b/${file}`, `index ${ids} ${mode}`, `--- a/${file}`, `+++ b/${file}`];
  const lines = old.split('\n');
  const body = made.hunks.flatMap((hunk) => {
    const heading = headingFor(lines, hunk.oldStart);
    return [
      `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@${heading}`,
      ...hunk.lines,
    ];
  });
  return [...head, ...body, ''].join('\n');
}

function range(start: number, lines: number): string {
  // A place with no line has the number of the line before it: 0 in an empty file.
  if (lines === 0) return `${start - 1},0`;
  return lines === 1 ? String(start) : `${start},${lines}`;
}

/** The last line above a hunk that begins with a letter, `_` or `$`: git's rule for files without attributes. */
function headingFor(lines: readonly string[], hunkStart: number): string {
  for (let at = hunkStart - 2; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (!/^[A-Za-z_$]/.test(line)) continue;
    const cut = line.slice(0, HEADING).replace(/[ \t\r]+$/, '');
    return ` ${UTF8.exec(cut)?.[0] ?? ''}`;
  }
  return '';
}

/** The first seven digits of the id that git gives to a blob. */
function shortId(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex').slice(0, 7);
}

/** Lines added and removed by a diff. */
export function counted(diff: string): { readonly added: number; readonly removed: number } {
  let [added, removed] = [0, 0];
  let inHunk = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('@@')) inHunk = true;
    else if (inHunk && line.startsWith('+')) added += 1;
    else if (inHunk && line.startsWith('-')) removed += 1;
  }
  return { added, removed };
}
