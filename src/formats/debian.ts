import type { PatchFile } from '../series/series.ts';

/**
 * A patch as a Debian source package has it in debian/patches (DEP-3): every line of the header is a field or
 * folded into one, so that tools that read fields find them all, and the diff is as `quilt refresh -p ab
 * --no-index --no-timestamps` writes it.
 */
export function debianPatch({ message, diff }: PatchFile): string {
  const { author, date, subject, body, origin, forwarded, signoff } = message;
  const fields = [
    `Description: ${subject}`,
    ...body.trim().split('\n').map(folded),
    `Author: ${author}`,
    ...(signoff === undefined ? [] : [`Signed-off-by: ${signoff}`]),
    `Origin: ${origin}`,
    `Forwarded: ${forwarded}`,
    `Last-Update: ${date}`,
    '---',
  ];
  return `${fields.join('\n')}\n${withoutGit(diff)}`;
}

/** A line of a field that goes on; an empty one is a dot. */
function folded(line: string): string {
  return line.trim() === '' ? ' .' : ` ${line}`;
}

/** A diff without the lines that only git reads: those before each `---` that are no text of a hunk. */
function withoutGit(diff: string): string {
  return diff
    .split(/^(?=diff --git )/m)
    .map((part) => part.slice(part.search(/^--- /m)))
    .join('');
}
