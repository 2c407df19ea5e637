/** A source package's version as apt knows it. */
export interface SourceVersion {
  readonly version: string;
  readonly files: readonly { readonly sha256: string; readonly size: number; readonly name: string }[];
}

/**
 * Reads what `apt-cache showsrc` prints (the format of a Sources index: deb822 paragraphs).
 *
 * @param source the package; others, which merely make a binary package of that name, are left out
 */
export function sourceVersions(text: string, source: string): SourceVersion[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    if (/^Package: *(\S+)/m.exec(paragraph)?.[1] !== source) return [];
    const version = /^Version: *(\S+)/m.exec(paragraph)?.[1];
    if (version === undefined) return [];
    const sums = /^Checksums-Sha256:.*((?:\n .*)*)/m.exec(paragraph)?.[1] ?? '';
    const files = [...sums.matchAll(/^ ([0-9a-f]{64}) (\d+) (\S+)$/gm)].map(
      ([, sha256 = '', size = '', name = '']) => ({ sha256, size: Number(size), name }),
    );
    return [{ version, files }];
  });
}
