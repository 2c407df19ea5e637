import type { Opener } from '../../target/contract.ts';
import type { Source } from '../language.ts';
import { atLineStarts } from '../line-starts.ts';

// A define's name and the rest of it, which is looked at only where it can be a name alone: most are numbers.
const DEFINE =
  /#[ \t]*define[ \t]+([A-Za-z_]\w*)((?=[ \t(]*[A-Za-z_/\\])(?:[ \t]|\\\r?\n|\/\*)(?:\\\r?\n|[^\n])*)/g;

/**
 * Openers that a macro makes: `#define X open` means that X opens too.
 *
 * @param sources the C files of a tree
 * @param openers those of the target
 * @returns one opener more for each alias, found until there are no new ones
 */
export function aliasesOf(sources: readonly Source[], openers: readonly Opener[]): readonly Opener[] {
  // Asked for each macro of a tree: made once.
  const names = openers
    .filter((one) => one.as === 'callee')
    .map((opener) => ({ opener, whole: new RegExp(`^(?:${opener.token.source})$`) }));
  const all = sources.flatMap(({ file, text }) =>
    [...atLineStarts(text, DEFINE)].flatMap(([, name, rest]) => {
      const value = rest === undefined ? undefined : nameAlone(rest);
      return name !== undefined && value !== undefined ? [{ file, name, value }] : [];
    }),
  );
  const made = new Map<string, Opener>();
  for (;;) {
    const before = made.size;
    for (const { file, name, value } of all) {
      const named = made.get(value);
      const opener =
        names.find(({ whole, opener }) => whole.test(value) && opener.files.test(file))?.opener ??
        (named?.files.test(file) === true ? named : undefined);
      if (!opener) continue;
      const known = made.has(name) || names.some(({ whole }) => whole.test(name));
      // A macro that gives a name of the family to itself, or one inside the family, is no new name.
      if (!known) made.set(name, { ...opener, token: new RegExp(name) });
    }
    if (made.size === before) return [...made.values()];
  }
}

/** The name that a macro's body is, be it in parentheses or beside comments. */
function nameAlone(body: string): string | undefined {
  const plain = body.replace(/\\\r?\n/g, ' ').replace(/\/\*.*?(?:\*\/|$)|\/\/.*/g, ' ');
  return /^\s*(?:\(\s*)*([A-Za-z_]\w*)(?:\s*\))*\s*$/.exec(plain)?.[1];
}
