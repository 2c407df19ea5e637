import type { CodeFile } from '../deploy/survey.ts';
import type { Override } from './override.ts';
import { fitsRpm, rpmFiles } from './rpm-files.ts';
import { fitsDpkg, statoverrideScript } from './statoverride.ts';

interface Form {
  readonly fits: (path: string) => boolean;
  /** Whether files that others write anew have a place in it. */
  readonly remade: boolean;
  readonly text: (subject: string, overrides: readonly Override[]) => string;
}

/** How a package manager is told modes. */
export const MODE_FORMATS = {
  statoverride: { fits: fitsDpkg, remade: false, text: statoverrideScript },
  rpm: { fits: fitsRpm, remade: true, text: rpmFiles },
} as const satisfies Record<string, Form>;

/** What a package manager is told, and what it cannot be told. */
export interface Modes {
  /** Bytes as latin1. */
  readonly text: string;
  /** How many files are left out since they are written anew on the installed system. */
  readonly remade: number;
  /** Files whose names do not fit; bytes as latin1. */
  readonly odd: readonly string[];
}

/**
 * Modes of files in the form of a package manager.
 *
 * @param subject what the files belong to, for a comment
 * @param root of the system; where it is not that of this machine, the files are root's in the end
 * @param ownedName gives the name that dpkg has a file by
 */
export function modesFor(
  format: keyof typeof MODE_FORMATS,
  subject: string,
  files: readonly CodeFile[],
  root: string,
  ownedName: (path: string) => string,
): Modes {
  const form: Form = MODE_FORMATS[format];
  const id = (number: number): string => (root !== '' || number === 0 ? 'root' : `#${number}`);
  const [fit, odd] = [
    files.filter(({ path }) => form.fits(path)),
    files.filter(({ path }) => !form.fits(path)).map(({ path }) => path),
  ];
  const kept = fit.filter(({ code }) => form.remade || code.remade === undefined);
  const overrides = kept.map(({ path, after, stats }) => ({
    path: format === 'statoverride' ? ownedName(path) : path,
    mode: after,
    owner: id(stats.uid),
    group: id(stats.gid),
  }));
  return { text: form.text(subject, overrides), remade: fit.length - kept.length, odd };
}
