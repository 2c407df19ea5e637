import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A revision of a source package in an archive that is made for a test. */
export interface Revision {
  readonly version: string;
  readonly tarball: Buffer;
  /** True where the index names the tarball, and it is not there. */
  readonly lost?: boolean;
}

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const md5 = (bytes: Buffer | string): string => createHash('md5').update(bytes).digest('hex');

/**
 * Writes a suite of a package archive: Release, Sources and the tarballs of the source package `toy`.
 *
 * @param until the day at which the suite expires, where it does
 */
export function makeSuite(top: string, suite: string, revisions: readonly Revision[], until?: Date): void {
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), content);
  };
  const paragraphs = revisions.map(({ version, tarball, lost }) => {
    const upstream = version.replace(/-[^-]*$/, '');
    const name = `toy_${upstream}.orig.tar.gz`;
    const folder = `pool/${suite}/${version}`;
    const description = `Format: 1.0\nSource: toy\nVersion: ${version}\n`;
    if (lost !== true) put(`${folder}/${name}`, tarball);
    put(`${folder}/toy_${version}.dsc`, description);
    const files = [
      [name, tarball],
      [`toy_${version}.dsc`, description],
    ] as const;
    const sums = (sum: (bytes: Buffer | string) => string): string =>
      files.map(([file, bytes]) => `\n ${sum(bytes)} ${bytes.length} ${file}`).join('');
    return `Package: toy\nBinary: toy\nVersion: ${version}\nFormat: 1.0\nDirectory: ${folder}\nFiles:${sums(md5)}\nChecksums-Sha256:${sums(sha256)}\n`;
  });
  const sources = paragraphs.join('\n');
  put(`dists/${suite}/main/source/Sources`, sources);
  const end = until === undefined ? '' : `Valid-Until: ${until.toUTCString()}\n`;
  put(
    `dists/${suite}/Release`,
    `Suite: ${suite}\nCodename: ${suite}\nDate: ${new Date(1.7e12).toUTCString()}\n${end}Components: main\nArchitectures: amd64\nSHA256:\n ${sha256(sources)} ${sources.length} main/source/Sources\n`,
  );
}
