import type { Region } from '../regions.ts';

/**
 * Where something may begin that is no code, or whose end is not looked for: a sigil or an escape, which takes the
 * letter behind it along; a comment, a string, a document; a quote-like operator or a pattern.
 */
const POINT = /[$\\#"'</]|(?<![\w$@%&>{])(?:q[qrwx]?|[ms]|tr|y)\s*[^\s\w,;=)>-]/g;
const HEREDOC = /<<(~?)(?:"([^"\n]+)"|'([^'\n]+)'|([A-Za-z_]\w*))/y;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;

/** Where a lexer that lost its way, in a literal of more than one line, finds it again. */
const ANEW = /^(?:\}|sub\b|package\b|use\b|__END__|__DATA__)/;

/**
 * The comments, documentation and strings of a Perl file, as far as they can be told without a parser, which Perl has
 * none of but perl. What is not certainly one of them is none: it counts as code.
 *
 * @param text the file as latin1
 * @param until an offset: what begins behind it is not asked for
 */
export function perlRegions(text: string, until: number): readonly Region[] {
  const regions: Region[] = [];
  const heredocs: { readonly end: string; readonly indented: boolean }[] = [];
  let pod: number | undefined;
  let lost = false;
  let blank = true;
  for (let start = 0, next: number; start < until; start = next) {
    const feed = text.indexOf('\n', start);
    next = feed < 0 ? text.length : feed + 1;
    const end = feed < 0 ? text.length : text[feed - 1] === '\r' ? feed - 1 : feed;
    const line = text.slice(start, end);
    const [heredoc] = heredocs;
    if (pod !== undefined) {
      if (!/^=cut\b/.test(line)) {
        const cut = text.indexOf('\n=cut', start);
        next = cut < 0 ? text.length : cut + 1;
        continue;
      }
      regions.push({ start: pod, end, kind: 'comment' });
      pod = undefined;
    } else if (heredoc !== undefined) {
      if ((heredoc.indented ? line.trim() : line) === heredoc.end) heredocs.shift();
      else regions.push({ start, end, kind: 'string' });
    } else if (blank && /^=[A-Za-z]/.test(line) && (!lost || isPod(text, start))) {
      lost = false;
      pod = start;
    } else {
      if (ANEW.test(line)) lost = false;
      const told: Told = lost ? leadingComment(line, start) : lexed(line, start, text, heredocs);
      regions.push(...told.regions);
      lost = told.lost;
    }
    blank = line.trim() === '';
  }
  // Documentation may go on to the end of the file; what is more than that is none.
  if (pod !== undefined && isPod(text, pod)) regions.push({ start: pod, end: text.length, kind: 'comment' });
  return regions;
}

interface Told {
  readonly regions: readonly Region[];
  readonly lost: boolean;
}

/** Whether documentation that begins here ends, or is followed by nothing that looks like code. */
function isPod(text: string, start: number): boolean {
  const rest = text.slice(start);
  return /^=cut\b/m.test(rest) || !/^(?:sub |package |use |\}|1;)/m.test(rest);
}

function leadingComment(line: string, start: number): Told {
  const comment = /^\s*#/.test(line);
  return { regions: comment ? [{ start, end: start + line.length, kind: 'comment' }] : [], lost: true };
}

function lexed(
  line: string,
  start: number,
  text: string,
  heredocs: { readonly end: string; readonly indented: boolean }[],
): Told {
  const regions: Region[] = [];
  const here = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(line);
  };
  let from = 0;
  for (let point = here(POINT, from); point !== null; point = here(POINT, from)) {
    const at = point.index;
    const [letter] = point;
    const before = line[at - 1] ?? ' ';
    from = at + 1;
    if (letter === '$' || letter === '\\') from = at + 2;
    else if (letter === '#') {
      if (!/[\s;{}),]/.test(before)) continue;
      regions.push({ start: start + at, end: start + line.length, kind: 'comment' });
      break;
    } else if (letter === '"' || letter === "'") {
      if (letter === "'" && /\w/.test(before)) continue;
      const found = here(STRING, at);
      if (found === null) return { regions, lost: true };
      from = at + found[0].length;
      regions.push({ start: start + at, end: start + from, kind: 'string' });
    } else if (letter === '<') {
      const found = here(HEREDOC, at);
      const [all, tilde, double, single, bare] = found ?? [];
      const end = double ?? single ?? bare;
      if (all === undefined || end === undefined) continue;
      const indented = tilde === '~';
      const last = new RegExp(`^${indented ? '\\s*' : ''}${end.replace(/\W/g, '\\$&')}\\r?$`, 'm');
      if (last.test(text.slice(start + line.length))) heredocs.push({ end, indented });
      from = at + all.length;
    } else {
      // An operator: whether it ends on this line is not looked for.
      break;
    }
  }
  return { regions, lost: false };
}
