import type { Language, Opener } from '../target/contract.js';

const ALIAS = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+([A-Za-z_]\w*)[ \t]*(?:\/\*.*)?$/gm;

/**
 * Openers that a macro makes: `#define X open` means that X opens too.
 *
 * @param sources the C files of a tree
 * @param openers those of the target
 * @returns one opener more for each alias, found until there are no new ones
 */
export function aliasesOf(
  sources: readonly { readonly file: string; readonly language: Language; readonly text: string }[],
  openers: readonly Opener[],
): readonly Opener[] {
  const names = openers.filter((one) => one.as === 'callee' && one.lang === 'c');
  const all = sources
    .filter((one) => one.language === 'c')
    .flatMap(({ file, text }) =>
      [...text.matchAll(ALIAS)].flatMap(([, name, value]) =>
        name !== undefined && value !== undefined ? [{ file, name, value }] : [],
      ),
    );
  const made = new Map<string, Opener>();
  for (;;) {
    const before = made.size;
    for (const { file, name, value } of all) {
      const opener = [...names, ...made.values()].find(
        (one) => wholly(one.token, value) && one.files.test(file),
      );
      const known = names.some((one) => wholly(one.token, name)) || made.has(name);
      // A macro that gives a name of the family to itself, or one inside the family, is no new name.
      if (opener && !known) made.set(name, { ...opener, token: new RegExp(name) });
    }
    if (made.size === before) return [...made.values()];
  }
}

function wholly(token: RegExp, name: string): boolean {
  return new RegExp(`^(?:${token.source})$`).test(name);
}
