import type { CodeFiles, Deployment, PlainFiles } from '../target/deployment.js';

/** What a file is to a series. */
export type FileKind =
  | { readonly opened: 'as code'; readonly kind: CodeFiles }
  | { readonly opened: 'as before'; readonly kind: PlainFiles };

/** Tells what a file is by its path on the installed system; undefined for one that nobody opens as code. */
export type KindOf = (path: string) => FileKind | undefined;

/**
 * The kinds of files that count for a series.
 *
 * @param flagged rules whose sites open code in it
 */
export function kindsFor(deployment: Deployment, flagged: ReadonlySet<string>): KindOf {
  const counts = ({ rules }: CodeFiles | PlainFiles): boolean => rules.some((rule) => flagged.has(rule));
  const code = deployment.kinds.filter(counts);
  const plain = deployment.plain.filter((kind) => !counts(kind));
  return (path) => {
    const kind = code.find(({ files }) => files.test(path));
    if (kind !== undefined) return { opened: 'as code', kind };
    const other = plain.find(({ files }) => files.test(path));
    return other === undefined ? undefined : { opened: 'as before', kind: other };
  };
}
