import type { LeftOut } from '../target/left-out.ts';
import { seriesFile } from '../series/series.ts';
import type { PatchFile, Series } from '../series/series.ts';
import type { Held } from '../review/held.ts';
import { debianPatch } from './debian.ts';
import { FORMATS } from './forms.ts';
import type { Format } from './forms.ts';
import { provenanceOf } from './provenance.ts';
import type { Source } from './provenance.ts';
import type { Release, Target } from '../target/contract.ts';

/** What is written of a patched tree. */
export interface Made {
  readonly series: Series;
  readonly left: readonly LeftOut[];
  readonly held: Held;
  readonly scanned: { readonly ledger: object; readonly target: Target; readonly release: Release };
}

/**
 * The folder of a release, as it is under generated/: patches with their `series` file, their cover letter (mails
 * have one), the ledger, and where all of it came from.
 *
 * @param source what the tree was; undefined for one that was given
 * @param format mails for git, which quilt and patch take too, or what a Debian source package has
 * @returns file names with their text (latin1)
 */
export function outputFiles(
  made: Made,
  source: Source | undefined,
  format: Format = 'git',
): ReadonlyMap<string, string> {
  const { series, scanned, left, held } = made;
  const folder = FORMATS[format];
  const files = new Map<string, string>();
  // A Debian source package has no place for a letter.
  if (format === 'git' && series.cover !== undefined)
    files.set(`${folder}/${series.cover.name}`, series.cover.text);
  for (const patch of series.patches) files.set(`${folder}/${patch.name}`, formatted(patch, format));
  files.set(`${folder}/series`, seriesFile(series));
  files.set('ledger.json', json(scanned.ledger));
  files.set(
    'provenance.json',
    json(provenanceOf(files, scanned.target, scanned.release, { left, held, source })),
  );
  return files;
}

/** A patch in one of the forms. */
export function formatted(patch: PatchFile, format: Format): string {
  return format === 'debian' ? debianPatch(patch) : patch.text;
}

/** JSON in ASCII, so that the text can be written as latin1 like the patches. */
function json(value: object): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
