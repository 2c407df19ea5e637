import type { Target } from '../../src/target/contract.ts';

/** One `[[annotations]]` of a REUSE.toml. */
export interface Annotation {
  readonly paths: readonly RegExp[];
  /** `override`: counts even where the file names a licence itself. */
  readonly precedence: string;
  readonly copyright: string;
  readonly license: string;
}

/** Reads the few forms of TOML that a REUSE.toml is written in: strings and lists of strings. */
export function readAnnotations(toml: string): Annotation[] {
  const [, ...tables] = toml.replace(/^\s*#.*$/gm, '').split(/^\[\[annotations\]\]$/m);
  return tables.map((table) => {
    const values = new Map<string, string[]>();
    for (const [, key = '', value = ''] of table.matchAll(/^([\w-]+) = ("[^"]*"|\[[^\]]*\])/gm)) {
      values.set(
        key,
        [...value.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text),
      );
    }
    const one = (key: string): string => values.get(key)?.[0] ?? '';
    return {
      paths: (values.get('path') ?? []).map(pathPattern),
      precedence: one('precedence') || 'closest',
      copyright: one('SPDX-FileCopyrightText'),
      license: one('SPDX-License-Identifier'),
    };
  });
}

/** The line of a REUSE.toml that what is made of the targets comes after. */
const MADE = '# UPDATE=1 npx vitest run test/project/licences.test.ts\n';

/**
 * A REUSE.toml with an annotation for the patches and the excerpts of each target.
 *
 * @param toml as it is
 * @throws Error when it has no line after which they belong
 */
export function writtenAnnotations(
  toml: string,
  targets: readonly Pick<Target, 'name' | 'copyright' | 'license'>[],
): string {
  const end = toml.indexOf(MADE);
  if (end < 0) throw new Error(`REUSE.toml has no line: ${MADE}`);
  const tables = targets.map(({ name, copyright, license }) =>
    [
      '[[annotations]]',
      `path = ["generated/${name}/*/patches/**", "generated/${name}/*/tests/**", "targets/${name}/fixtures/**"]`,
      'precedence = "override"',
      `SPDX-FileCopyrightText = "${copyright}, and the mayexec-kit contributors"`,
      `SPDX-License-Identifier = "${license}"`,
      '',
    ].join('\n'),
  );
  return toml.slice(0, end + MADE.length) + tables.join('\n');
}

/** The licence that a file is under, as an SPDX expression; undefined when nothing says. */
export function licenseOf(
  file: string,
  text: string,
  annotations: readonly Annotation[],
): string | undefined {
  // The last annotation that matches counts, as REUSE has it.
  const annotation = annotations.findLast(({ paths }) => paths.some((path) => path.test(file)));
  if (annotation?.precedence === 'override') return annotation.license;
  const head = text.split('\n', 10).join('\n');
  return /SPDX-License-Identifier: ([\w.() -]+?)(?: \*\/|$)/m.exec(head)?.[1] ?? annotation?.license;
}

/** The licences that an SPDX expression names. */
export function licensesIn(expression: string): string[] {
  return expression.split(/ (?:AND|OR|WITH) |[()]/).filter((name) => name !== '');
}

/** REUSE's globs: `*` stops at a slash, `**` does not. */
function pathPattern(glob: string): RegExp {
  const pattern = glob.replace(/\*\*|\*|[.+?^${}()|[\]\\]/g, (found) => {
    if (found === '**') return '.*';
    return found === '*' ? '[^/]*' : `\\${found}`;
  });
  return new RegExp(`^${pattern}$`);
}
