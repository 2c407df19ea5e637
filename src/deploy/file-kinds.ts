import type { CodeFiles, Deployment, PlainFiles } from '../target/deployment.ts';

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
  const kinds: readonly { readonly files: RegExp; readonly is: FileKind }[] = [
    ...deployment.kinds
      .filter(counts)
      .map((kind) => ({ ...anyByte(kind), is: { opened: 'as code', kind } as const })),
    ...deployment.plain
      .filter((kind) => !counts(kind))
      .map((kind) => ({ ...anyByte(kind), is: { opened: 'as before', kind } as const })),
  ];
  return (path) => kinds.find(({ files }) => files.test(path))?.is;
}

/** A name may hold every byte, also that of a new line. */
function anyByte({ files }: CodeFiles | PlainFiles): { readonly files: RegExp } {
  return { files: new RegExp(files.source, 's') };
}
