import { BodyMaker, RETURNED } from '../body.ts';
import type { Body, Place } from '../body.ts';

/** A sub, or what is outside of subs, as text: comments and documentation are blanked. */
export interface PerlText {
  readonly file: string;
  /** `-` outside of subs. */
  readonly name: string;
  readonly text: string;
  /** The same with strings blanked: no word in one of them calls anything. */
  readonly code: string;
  /** Where the text begins in the file, in bytes. */
  readonly start: number;
}

// A statement ends with a semicolon, or where a block begins or ends; braces behind a name or an arrow hold a key. What
// is done in another case, `or die`, is a statement as well.
const END = /[;{}]|\|\||&&|\b(?:or|and|if|unless|for|foreach|while|until)\b/g;

// Variables, without their sigils, as what holds them; `$h->{key}` and `{key}` are fields.
const VARIABLE = /[$@%](?:\{\s*)?\$*((?:\w+::)*[A-Za-z_]\w*|_)|<\s*\$?([A-Za-z_]\w*)\s*>/g;
const KEY = /(?:->\s*|[\w}\])])\{\s*['"]?([A-Za-z_]\w*)['"]?\s*\}/g;
const HANDLE = /\b([A-Z][A-Z0-9_]*)\b(?!\s*(?:=>|::|\())/g;
const CALL = /(->\s*|&\s*|\b)((?:\w+::)*[A-Za-z_]\w*)\s*(?=\()|->\s*([A-Za-z_]\w*)|&\s*([A-Za-z_]\w*)/g;

// What is evaluated is no block, and what is required no name that is written out.
const EVALUATED =
  /(?<![$@%&>:\w]|->\s*)(eval|evalbytes|do|require)\b(?!\s*(?:\{|=>|\}|[A-Z]\w*(?:::|\s|$)|v?\d))/;

/** Words in front of parentheses that call nothing of the tree. */
const WORDS =
  /^(?:if|unless|while|until|for|foreach|and|or|not|my|our|local|return|defined|ref|exists|delete|scalar|keys|values|each|print|printf|say|die|warn|croak|carp|confess|cluck|close|closedir|length|push|unshift|shift|pop|sub|eq|ne|q|qq|qw|qr|m|s|tr|y|select|chmod|chdir|rename|unlink|sprintf|join|split|map|grep|sort|binmode|fileno|seek|eof|eval|do|require)$/;

/**
 * What a sub of Perl does with values, by its words: a statement with an assignment gives all that is on its right to all
 * that is on its left, a call is given all that is in its statement. It says too much rather than too little.
 */
export function perlBody({ file, name, text, code, start }: PerlText): Body {
  const maker = new BodyMaker();
  const statements = statementsOf(text, code);
  const blocks: { readonly to: readonly Place[]; readonly end: number }[] = [];
  for (const [index, { at, text: statement, code: words }] of statements.entries()) {
    const here = start + at;
    const assignment = /^((?:[^=;"']|=>)*?[\w\])}])\s*(?:\.|\|\||\/\/|\+|x)?=(?![=~>])/.exec(words);
    const left = statement.slice(0, assignment?.[1]?.length ?? 0);
    const right = statement.slice(assignment?.[0].length ?? 0);
    const from = placesIn(right);
    const result = `<${here + statement.length}>`;
    const to = placesIn(left).filter((one) => one !== '_');
    if (to.length > 0) maker.move([...from, result], to, here);
    // `$x = do { … }`: what its last statement gives, or any.
    for (const block of blocks) if (at < block.end) maker.move([...from, result], block.to, here);
    const behind = at + words.length;
    if (/=\s*(?:do|eval)\s*$/.test(words) && code[behind] === '{')
      blocks.push({ to, end: endOfBlock(code, behind) });
    // What is read, or gone through, without a variable is left in the one that has no name.
    const each = /^\s*(?:(?:my|our)\s+)?\$(\w+)\s*\(/.exec(statement)?.[1];
    if (each !== undefined) maker.move(from, [each], here);
    else if (to.length === 0 && /<\s*\$?\w+\s*>|\breadline\b|\b(?:map|grep)\b/.test(words))
      maker.move([...from, result], ['_'], here);
    // What reads into a variable, and what puts into a list.
    const into =
      /\b(?:sys)?read\s*\(?\s*[^,]+,\s*(?:my\s*)?[$@](\w+)|\b(?:push|unshift)\s*\(?\s*@(?:\{\s*)?\$?(\w+)/.exec(
        statement,
      );
    const filled = into?.[1] ?? into?.[2];
    if (filled !== undefined) maker.move([...from, result], [filled], here);
    const last = index === statements.length - 1 || /^\s*return\b/.test(words);
    if (last) maker.move([...from, ...to, result], [RETURNED], here);
    for (const [, , called, method, reference] of words.matchAll(CALL)) {
      const path = called ?? method ?? reference ?? '';
      if (!WORDS.test(path)) maker.call({ at: here, path, receiver: [], given: [{ from }], result });
    }
    const evaluated = EVALUATED.exec(words);
    // A block ends the statement before it.
    const block = /^\w+\s*$/.test(words.slice(evaluated?.index)) && code[behind] === '{';
    if (evaluated?.[1] !== undefined && !block) {
      const operand = placesIn(statement.slice(evaluated.index));
      // Without an operand it takes the variable that has no name.
      const alone = /^\w+\s*(?:\(\s*\)\s*)?$/.test(words.slice(evaluated.index));
      const taken = alone ? ['_'] : operand;
      maker.call({ at: here, path: evaluated[1], receiver: [], given: [{ from: taken }], result });
    }
    // The replacement of `s///ee`.
    if (/=~\s*s\W.*\W[a-z]*ee[a-z]*\s*$/s.test(statement))
      maker.call({ at: here, path: 's///ee', receiver: [], given: [{ from: placesIn(statement) }], result });
  }
  const own = new Set(
    [...code.matchAll(/\b(?:my|local)\b\s*(\([^)]*\)|[$@%]\w+)/g)].flatMap(([, list = '']) => placesIn(list)),
  );
  return maker.made({ file, name, start, end: start + text.length, parameters: ['_', '*'], own });
}

/** Where the block ends that begins at an offset. */
function endOfBlock(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    else if (code[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

function statementsOf(
  text: string,
  code: string,
): readonly { readonly at: number; readonly text: string; readonly code: string }[] {
  const found: { at: number; text: string; code: string }[] = [];
  const add = (from: number, end: number): void => {
    const words = code.slice(from, end);
    if (words.trim() !== '') found.push({ at: from, text: text.slice(from, end), code: words });
  };
  let from = 0;
  for (const { index, 0: end } of code.matchAll(END)) {
    if (!endsStatement(code, index, end)) continue;
    add(from, index);
    from = index + end.length;
  }
  add(from, code.length);
  return found;
}

/** Whether what may end a statement does so where it is. */
function endsStatement(code: string, at: number, end: string): boolean {
  const [before = ' ', behind = ' '] = [code[at - 1], code[at + end.length]];
  switch (end) {
    case ';':
    case '||':
    case '&&':
      return true;
    case '{':
      return /[\s)]/.test(before) && /\s/.test(behind);
    case '}':
      return /^[ \t]*$/.test(code.slice(code.lastIndexOf('\n', at) + 1, at));
    default:
      return (
        /\s/.test(before) &&
        /\s/.test(behind) &&
        !/^\s+(?:my|our)\s+\$\w+\s+\(/.test(code.slice(at + end.length, at + end.length + 60))
      );
  }
}

function placesIn(text: string): readonly Place[] {
  const found = new Set<Place>();
  for (const [, name, handle] of text.matchAll(VARIABLE)) found.add(name ?? handle ?? '_');
  for (const [, key] of text.matchAll(KEY)) found.add(`.${key ?? ''}`);
  for (const [, handle] of text.matchAll(HANDLE)) if (handle !== undefined) found.add(handle);
  if (/\bshift\b|@_/.test(text)) found.add('_');
  found.delete('self');
  return [...found];
}
