import { seriesFile } from '../series/series.js';
import type { Series } from '../series/series.js';
import { provenanceOf } from './provenance.js';
import type { Release, Target } from '../target/contract.js';

/** What is written of a patched tree. */
export interface Made {
  readonly series: Series;
  readonly scanned: { readonly ledger: object; readonly target: Target; readonly release: Release };
}

/**
 * The folder of a release, as it stands under generated/: patches with their `series` file, the ledger, and
 * where all of it came from.
 *
 * @param pinned whether the tree was unpacked from the tarball that the release pins
 * @returns file names with their text (latin1)
 */
export function outputFiles(made: Made, pinned: boolean): ReadonlyMap<string, string> {
  const { series, scanned } = made;
  const files = new Map<string, string>();
  for (const { name, text } of series.patches) files.set(`patches/${name}`, text);
  files.set('patches/series', seriesFile(series));
  files.set('ledger.json', json(scanned.ledger));
  files.set('provenance.json', json(provenanceOf(files, scanned.target, scanned.release, pinned)));
  return files;
}

/** JSON in ASCII, so that the text can be written as latin1 like the patches. */
function json(value: object): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
