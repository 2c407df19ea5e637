import type { Tree } from '../target/contract.ts';

/** A text that says a version, and its file. */
export interface FoundVersion {
  readonly version: string;
  readonly file: string;
  /** Its first group is the version. */
  readonly find: RegExp;
}

/** Where projects say their version, the plainest first. */
const SIGNS: readonly { readonly files: RegExp; readonly find: RegExp }[] = [
  { files: /^VERSION(?:\.txt)?$/, find: /^v?(\d+(?:\.\d+)+\S*)/ },
  { files: /^configure\.(?:ac|in)$/, find: /AC_INIT\(\s*\[?[^,\]]+\]?,\s*\[?v?(\d+(?:\.\d+)+[\w.-]*)/ },
  { files: /^CMakeLists\.txt$/, find: /\bproject\s*\([^)]*\bVERSION\s+(\d+(?:\.\d+)+)/i },
  { files: /^meson\.build$/, find: /\bversion\s*:\s*'v?(\d+(?:\.\d+)+[^']*)'/ },
  { files: /^(?:GNU)?[Mm]akefile(?:\.in)?$/, find: /^VERSION\s*:?=\s*v?(\d+(?:\.\d+)+\S*)/m },
  { files: /version[^/]*\.h$/i, find: /^#\s*define\s+\w*VERSION\w*\s+"v?(\d+(?:\.\d+)+[^"\s]*)"/m },
];

/** The version that a tree says, where one of the usual files says it. */
export function versionIn(tree: Tree): FoundVersion | undefined {
  for (const { files, find } of SIGNS) {
    for (const file of tree.files.filter((one) => files.test(one))) {
      const version = find.exec(tree.read(file))?.[1];
      if (version !== undefined) return { version, file, find };
    }
  }
  return undefined;
}
