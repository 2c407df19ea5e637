import type { Twin } from '../language.ts';

/** Words that hide a function from other files, or have the compiler put its body where it is called. */
const HIDING = /\b(?:static|STATIC|inline|INLINE|__inline(?:__)?|extern)\b[ \t]*/g;

/**
 * A second function, by the name that stands in front of its parameters. It is visible to other files, since the call may
 * stand in front of it or in another file. A call declares it where it stands, with the type of the first one, as GNU C
 * allows in an expression.
 */
export const twin: Twin = {
  definition(text, name, other) {
    const at = new RegExp(`\\b${name}\\b(?=\\s*\\()`).exec(text)?.index;
    if (at === undefined) return undefined;
    return text.slice(0, at).replace(HIDING, '') + other + text.slice(at + name.length);
  },
  call: (name, other) => `({ extern __typeof__ (${name}) ${other}; ${other}; })`,
};
