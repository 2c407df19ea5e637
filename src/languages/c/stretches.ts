import { parserFor } from '../../parse/grammar.ts';
import { Syntax } from '../../parse/syntax.ts';
import type { Target } from '../../target/contract.ts';
import type { Outline, Source, Stretch } from '../language.ts';
import { once } from '../once.ts';
import { cBody } from './bodies.ts';
import { GRAMMAR } from './grammar.ts';
import { layoutOf } from './layout.ts';

/** What divides a C file into its functions. */
export async function stretcher(
  target: Pick<Target, 'masks'>,
): Promise<(source: Source, outline: Outline | undefined) => readonly Stretch[]> {
  const parser = await parserFor(GRAMMAR);
  return (source, outline) => {
    const layout = layoutOf(source, target, outline);
    const { code, blocks } = layout;
    return blocks.flatMap(({ name, header, body, span }): readonly Stretch[] => {
      if (name === undefined) return [];
      const bodies = once(() => {
        const head = 'void f() ';
        // Without the lines of directives: both branches of a condition are read.
        const syntax = new Syntax(parser, head + layout.parsable(body), 0);
        const parameters = code.slice(header.start, header.end);
        const at = parameters.lastIndexOf(name, parameters.indexOf('(')) + name.length;
        const made = cBody({
          file: source.file,
          name,
          parameters: parameters.slice(at),
          root: syntax.root,
          shift: body.start - head.length,
          start: span.start,
          end: span.end,
        });
        syntax.free();
        return [made];
      });
      return [{ start: span.start, end: span.end, name, bodies }];
    });
  };
}
