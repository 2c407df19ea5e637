import type { Span } from '../../target/contract.ts';

/** A function, or a macro, as far as it tells where what is opened in it comes from. */
export interface Passing {
  /** The file with comments and strings blanked. */
  readonly code: string;
  /** The parameters as they are declared: for a function the text behind its name, up to the body. */
  readonly parameters: string;
  readonly body: Span;
  /** The calls that open. */
  readonly calls: readonly Span[];
}

/**
 * The first of some calls in a function that is given something that comes from the function's parameters.
 *
 * It goes by words: what is assigned from a word that comes from a parameter, and what is given to another function
 * beside one (by its address, as an array, or as what strcpy and its like write to), comes from that parameter too, wherever it stands. So it says yes too
 * often. It says no where a path goes through a global variable.
 */
export function callWithParameter({ calls, ...about }: Passing): Span | undefined {
  return calls.find(passing(about));
}

/** What tells of one call after the other in a function whether it is given something that comes from its parameters. */
export function passing({ code, parameters, body }: Omit<Passing, 'calls'>): (call: Span) => boolean {
  const given = new Set(parametersIn(parameters));
  let sources: Sources | undefined;
  return ({ start, end }) => {
    if (given.size === 0) return false;
    // The function's name is none of what it is given.
    const open = code.indexOf('(', start);
    if (open < 0) return false;
    const wanted = new Set(wordsOf(code.slice(open, end)));
    // A set that grows while it is gone through.
    for (const word of wanted) {
      if (given.has(word)) return true;
      sources ??= sourcesIn(code.slice(body.start, body.end));
      for (const source of sources.get(word) ?? []) for (const other of source()) wanted.add(other);
    }
    return false;
  };
}

// What a parameter of such a type holds is no path.
const NUMBER =
  /\b(?:int|long|short|char|unsigned|signed|bool|_Bool|float|double|s?size_t|mode_t|off_t|pid_t)\s+([A-Za-z_]\w*)\s*(?=[,);])/g;

/** The names of parameters that can hold a path, of an ANSI header, of a K&R one with its declarations, or of a macro. */
function parametersIn(text: string): readonly string[] {
  const numbers = new Set([...text.matchAll(NUMBER)].map(([, name]) => name));
  return [...text.matchAll(/([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?(?=[,);])/g)].flatMap(([, name]) =>
    name === undefined || numbers.has(name) || name === 'void' ? [] : [name],
  );
}

/** For each word that something is put in, the words that it may come from: a list for each time. */
type Sources = ReadonlyMap<string, readonly (() => readonly string[])[]>;

// `name = …` and `name[…] = …`; an array that is declared; `strcpy (name,`; `f (&name` and `f (name,`.
const PUT =
  /\b([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?=(?!=)|\b([A-Za-z_]\w*)\s*\[|(?:printf|cpy|cat|memmove)\s*\(\s*([A-Za-z_]\w*)\s*(?=[,+])|[(,]\s*(?:&\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(?=[,)+]))/g;

function sourcesIn(code: string): Sources {
  const arrays = new Set<string>();
  const found: { name: string; filled: boolean; words: () => readonly string[] }[] = [];
  for (const { index, 0: whole, ...names } of code.matchAll(PUT)) {
    const { 1: assigned, 2: array, 3: written, 4: address, 5: name } = names;
    const end = index + whole.length;
    if (array !== undefined) arrays.add(array);
    if (assigned !== undefined)
      found.push({ name: assigned, filled: false, words: () => wordsOf(code.slice(end, endOf(code, end))) });
    const given = written ?? address ?? name;
    if (given !== undefined) {
      const words = (): readonly string[] => wordsOf(code.slice(startOf(code, index), endOf(code, end)));
      found.push({ name: given, filled: given === name, words });
    }
  }
  const sources = new Map<string, (() => readonly string[])[]>();
  for (const { name, filled, words } of found) {
    // Of what is given by its name only an array can be written to.
    if (filled && !arrays.has(name)) continue;
    const known = sources.get(name);
    if (known) known.push(words);
    else sources.set(name, [words]);
  }
  return sources;
}

/** Where the statement around an offset begins. */
function startOf(code: string, at: number): number {
  let start = at;
  while (start > 0 && !ENDS.has(code[start - 1])) start -= 1;
  return start;
}

/** Where the statement around an offset ends. */
function endOf(code: string, at: number): number {
  let end = at;
  while (end < code.length && !ENDS.has(code[end])) end += 1;
  return end;
}

const ENDS: ReadonlySet<string | undefined> = new Set(';{}');

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? [];
}
