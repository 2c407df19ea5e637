import type { Language, NotShipped, Skipped, Target, Tree } from '../target/contract.ts';

/** The files that are scanned, and those that are not, with the reason. */
export interface Shipped {
  readonly files: readonly { readonly file: string; readonly language: Language }[];
  readonly left: readonly { readonly why: string; readonly files: readonly string[] }[];
}

/** What a tree skipped that may be source by its name, or may hold some. */
export function unreadIn(tree: Tree, target: Target): readonly Skipped[] {
  return (tree.skipped ?? []).filter(
    ({ file, folder }) =>
      (folder || target.language(file) !== undefined) &&
      !target.notShipped.some((one) => one.files.test(folder ? `${file}/` : file)),
  );
}

/** Divides the sources of a tree into what is installed and what is not. */
export function shippedOf(tree: Tree, target: Target): Shipped {
  const files: { file: string; language: Language }[] = [];
  const left = new Map<NotShipped, string[]>();
  for (const file of tree.files) {
    const language = target.language(file);
    if (language === undefined) continue;
    const reason = target.notShipped.find((one) => one.files.test(file));
    if (reason) left.set(reason, [...(left.get(reason) ?? []), file]);
    else files.push({ file, language });
  }
  return {
    files,
    left: target.notShipped.flatMap((one) => {
      const found = left.get(one);
      return found ? [{ why: one.why, files: found }] : [];
    }),
  };
}
