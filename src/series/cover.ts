import { wrapped } from '../target/wrapped.ts';
import { counted, gitDiff } from './diff.ts';
import type { FileChange } from './diff.ts';
import { diffstat } from './diffstat.ts';
import { asBytes, mail } from './message.ts';
import type { Position } from './message.ts';

/**
 * The file of a cover letter. It does not end with `.patch`: git am stops at a mail that has no diff, and
 * `git am *.patch` has to take the series.
 */
const COVER_FILE = '0000-cover-letter.txt';

/** What a cover letter says: whom and when it is from, its subject and its text. */
export interface CoverMessage {
  /** `Name <mail>`. */
  readonly author: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string;
  readonly body: string;
}

/** A cover letter as a file (latin1). */
export interface CoverFile {
  readonly name: string;
  readonly text: string;
}

/** What a step of a series says of itself in the letter, and what it changes. */
interface Covered {
  readonly message: { readonly author: string; readonly subject: string };
  readonly changes: readonly FileChange[];
}

// `git format-patch` sets its shortlog in 72 columns: two before a subject, four before the rest of it.
const WIDTH = 72;
const INDENT = 2;

/**
 * The mail before the first patch, as `git format-patch --cover-letter` lays it out: the letter, the subjects of the
 * patches, and the diffstat of all of them together.
 *
 * @param steps the patches, in order
 * @param numbered whether its subject says `[PATCH 0/m]`
 */
export function coverLetter(message: CoverMessage, steps: readonly Covered[], numbered = false): CoverFile {
  const position: Position | undefined = numbered ? { number: 0, total: steps.length } : undefined;
  const text = [
    mail(message, position),
    '',
    shortlog(message.author, steps),
    '',
    totalStat(steps.flatMap(({ changes }) => changes)),
  ].join('\n');
  return { name: COVER_FILE, text };
}

/** The subjects of the patches below the name of their author. */
function shortlog(author: string, steps: readonly Covered[]): string {
  const name = author.replace(/\s*<[^<>]*>$/, '');
  return asBytes(
    [`${name} (${steps.length}):`, ...steps.flatMap(({ message }) => item(message.subject))].join('\n'),
  );
}

function item(subject: string): readonly string[] {
  const [first = '', ...rest] = wrapped(subject, WIDTH - INDENT);
  const more = rest.length === 0 ? [] : wrapped(rest.join(' '), WIDTH - 2 * INDENT);
  return [' '.repeat(INDENT) + first, ...more.map((line) => ' '.repeat(2 * INDENT) + line)];
}

/** The diffstat of changes that follow one another: each file from what it was at first to what it is at last. */
function totalStat(changes: readonly FileChange[]): string {
  const files = new Map<string, FileChange>();
  for (const change of changes) {
    const first = files.get(change.file);
    files.set(change.file, first === undefined ? change : { ...change, before: first.before });
  }
  const stats = [...files.values()]
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)))
    .map((change) => ({
      ...counted(gitDiff(change)),
      file: change.file,
      created: change.before === undefined,
      executable: change.executable,
    }));
  return stats.length === 0 ? '' : diffstat(stats);
}
