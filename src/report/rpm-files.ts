import type { Override } from './override.ts';

/** What has a special meaning in a list of files: patterns, macros, quotes. rpm 4.18 has no way to quote it all. */
const SPECIAL = /[*?[\]{}\\"%\n\r\t\v\f]/;

/** Whether a list of files for rpm can hold a name. */
export function fitsRpm(path: string): boolean {
  return !SPECIAL.test(path);
}

/**
 * Lines for `%files -f`: rpm takes the mode from there whatever the mode in the build root is. A file that a folder of
 * `%files` brings in as well is listed twice, of which rpmbuild warns; this line counts.
 */
export function rpmFiles(_subject: string, overrides: readonly Override[]): string {
  return overrides
    .map(({ path, owner, group, mode }) => {
      const octal = mode.toString(8).padStart(4, '0');
      return `%attr(${octal}, ${owner}, ${group}) ${path.includes(' ') ? `"${path}"` : path}\n`;
    })
    .join('');
}
