import { perlRegions } from '../languages/perl/regions.ts';
import { regionAt } from '../languages/regions.ts';
import { linesOf, NOTHING, oneLine } from './sourcing.ts';
import type { Named, Reader, Untold } from './sourcing.ts';

/** `do` and `require` with what may be a file behind them: no block, no bareword, no version. */
const CALL =
  /(?<![\w$@%&]|->|::)(do|require)\b(?!')(?!\s{0,99}(?:=>|\}))\s{0,99}(\(?\s{0,99})(?=["'$]|qq?\s{0,99}[^\w\s,;=]|(?:File::Basename::)?dirname\b|File::Spec->|[A-Za-z_]\w{0,99}\s{0,99}\.\s{0,99}["'$])/g;

/** A literal, from its beginning. */
const LITERAL =
  /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|q\s*(?:\(([^()\\]*)\)|\{([^{}\\]*)\}|\[([^[\]\\]*)\]|<([^<>\\]*)>|([/|!,~])([^\\]*?)\7))/s;
/** The folder of the file itself, in front of a literal. */
const ITSELF = /^(?:File::Basename::)?dirname\s*\(?\s*__FILE__\s*\)?\s*\.\s*/;
/** What may follow a literal that is all there is of the expression. */
const END = /^\s*(?:[;)}\]]|$|\b(?:or|and|if|unless|for|foreach|while|until)\b|\|\||&&|,|\/\/|[:?=]|$)/;

/** A reader of Perl code: `do FILE` and `require FILE`; modules by name are looked up in the library. */
export const perlReader: Reader = (text) => {
  CALL.lastIndex = 0;
  const calls = [...text.matchAll(CALL)];
  const last = calls.at(-1);
  if (last === undefined) return NOTHING;
  const regions = perlRegions(text, last.index + 1);
  const lineAt = linesOf(text);
  const named: Named[] = [];
  const untold: Untold[] = [];
  for (const call of calls) {
    if (regionAt(regions, call.index) !== undefined) continue;
    const line = lineAt(call.index);
    const rest = text.slice(call.index + call[0].length, call.index + call[0].length + 4096);
    const known = constant(rest);
    if (known === undefined) untold.push({ line, text: oneLine(statement(text, call.index)) });
    else if (known !== 'module') named.push({ line, ...known, pattern: false });
  }
  return { named, untold };
};

/** @returns `module` for what is no file's name after all */
function constant(rest: string): Omit<Named, 'line' | 'pattern'> | 'module' | undefined {
  const itself = ITSELF.exec(rest)?.[0] ?? '';
  const found = LITERAL.exec(rest.slice(itself.length));
  if (found === null) return undefined;
  const [all] = found;
  const [single, double, ...others]: readonly (string | undefined)[] = found.slice(1);
  if (!END.test(rest.slice(itself.length + all.length))) return undefined;
  if (double !== undefined && /[$@\\]/.test(double)) return undefined;
  const other = others.find((one, index) => one !== undefined && index !== 4);
  const path = single?.replace(/\\([\\'])/g, '$1') ?? double ?? other;
  if (path === undefined || path === '') return undefined;
  if (itself !== '') return path.startsWith('/') ? { from: 'itself', path: path.slice(1) } : undefined;
  if (path.startsWith('/')) return { from: 'root', path };
  // `./x` counts from the folder where the program happens to be.
  return /^\.\.?\//.test(path) ? undefined : { from: 'search', path };
}

function statement(text: string, from: number): string {
  return text.slice(from, from + 200).split(/[;\n]/, 1)[0] ?? '';
}
