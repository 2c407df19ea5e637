import type { Series } from '../series/series.ts';

/** What `git format-patch` puts before each mail; the zeros are those of its `--zero-commit`: there is no commit. */
const SEPARATOR = `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n`;

/**
 * A series as one mailbox, so that `git am` reads as many mails from a pipe as there are patches. `patch -p1` takes
 * the same text and skips what is between the diffs.
 *
 * @returns text (latin1); the mails themselves are those of the patches' files
 */
export function mailbox(series: Series): string {
  // Readers of mailboxes other than git want an empty line before the separator.
  return series.patches.map(({ text }) => `${SEPARATOR}${text}\n`).join('');
}
