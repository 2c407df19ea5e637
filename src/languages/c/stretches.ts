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
        const { text: statements, offsets } = squeezed(layout.parsable(body));
        const text = head + statements;
        const syntax = new Syntax(parser, text, 0);
        const parameters = code.slice(header.start, header.end);
        const at = parameters.lastIndexOf(name, parameters.indexOf('(')) + name.length;
        const made = cBody({
          file: source.file,
          name,
          parameters: parameters.slice(at),
          root: syntax.root,
          text,
          offset: (index) => body.start + (offsets[index - head.length] ?? 0),
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

/**
 * A text with one blank for each run of them: what a comment or a directive left, and indentation, is near half of a function,
 * and the parser looks at each blank.
 *
 * @returns `offsets` has where each byte of it was, and where the text ends
 */
function squeezed(text: string): { readonly text: string; readonly offsets: Int32Array } {
  const bytes = Buffer.allocUnsafe(text.length);
  const offsets = new Int32Array(text.length + 1);
  let length = 0;
  let blank = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const before = blank;
    blank = unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
    if (blank && before) continue;
    offsets[length] = at;
    bytes[length] = unit;
    length += 1;
  }
  offsets[length] = text.length;
  return { text: bytes.toString('latin1', 0, length), offsets };
}
