import { visibleBytes } from '../target/visible.ts';
import type { Followed } from '../deploy/follow.ts';
import type { Survey } from '../deploy/survey.ts';
import { columns } from './terminal.ts';

/** What becomes of x bits that were set, in short; docs/deploy.md has the whole. */
export const AFTERWARDS = `afterwards (docs/deploy.md):
  upgrade   each upgrade restores the package's modes: change them in the package, or with dpkg-statoverride
  lintian   warns about each (executable-not-elf-or-script): add an override to the package
  rpmlint   reports each as an error: script-without-shebang, and executable-sourced-script in profile.d
  rpm -V    shows M (mode differs) if the mode was changed after the installation
`;

/**
 * What was found, for a person; latin1, as paths are.
 *
 * @param subject for instance `name 1.2.3`
 * @param root what paths are relative to on the installed system
 */
export function deployText(
  subject: string,
  root: string,
  { absent }: Followed,
  { files, held, kinds, plain, warnings }: Survey,
): string {
  const rows = kinds.map(({ kind, need, have }) => [`  ${kind.id}`, String(need), String(have), kind.what]);
  const remade = kinds.filter(({ kind, need }) => kind.remade !== undefined && need > 0);
  const named = files.flatMap(({ path, namedBy }) => (namedBy === undefined ? [] : [{ path, namedBy }]));
  return [
    `${subject}, files that it opens as code; the root of the system is ${root}:\n`,
    columns([['  kind', 'need x', 'have x', 'what'], ...rows]),
    remade.map(({ kind }) => `  ${kind.id}: ${kind.remade ?? ''}\n`).join(''),
    plain.length === 0 ? '' : 'not listed, since they are opened as before:\n',
    plain.map(({ kind, files: count }) => `  ${count} of ${kind.what}: ${kind.why}\n`).join(''),
    named.length === 0 ? '' : 'named by files of the list:\n',
    named.map(({ path, namedBy }) => `${visibleBytes(`  ${path}: ${some(namedBy)}`)}\n`).join(''),
    held.length === 0
      ? ''
      : `${held.length} left as they are, since a guide to hardening forbids the change (--despite-guides changes them)\n`,
    absent.length === 0
      ? ''
      : `${absent.length} paths that listed files name do not exist (--json shows them)\n`,
    warnings.map(({ path, message }) => `${visibleBytes(`warning: ${path}: ${message}`)}\n`).join(''),
  ].join('');
}

/** The first of them, and how many more there are. */
function some(places: readonly string[]): string {
  const rest = places.length - 3;
  return places.slice(0, 3).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}
