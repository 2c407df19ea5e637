import type { Source, Stretch } from '../language.ts';
import { once } from '../once.ts';
import { codeOnly } from '../regions.ts';
import { perlBody } from './bodies.ts';
import { perlRegions } from './regions.ts';

/** Divides a Perl file into its subs, and what is between them. */
export function stretchesOf({ file, text }: Source): readonly Stretch[] {
  const regions = perlRegions(text, text.length);
  const code = codeOnly(text, regions);
  const said = codeOnly(
    text,
    regions.filter(({ kind }) => kind === 'comment'),
  );
  const heads = [...code.matchAll(/^sub\s+(?:\w+::)*(\w+)/gm)];
  const stretches: Stretch[] = [];
  const add = (name: string, start: number, end: number): void => {
    if (end <= start) return;
    const bodies = once(() => [
      perlBody({ file, name, text: said.slice(start, end), code: code.slice(start, end), start }),
    ]);
    stretches.push({ start, end, bodies });
  };
  let from = 0;
  for (const [index, head] of heads.entries()) {
    add('-', from, head.index);
    const next = heads[index + 1]?.index ?? code.length;
    const brace = code.indexOf('\n}', head.index);
    from = brace < 0 || brace > next ? next : brace + 2;
    add(head[1] ?? '-', head.index, from);
  }
  add('-', from, code.length);
  return stretches;
}
