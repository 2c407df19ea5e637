import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Ledger } from '../../src/classify/ledger.ts';
import { run } from '../../src/programs/run.ts';
import type { Outcome } from './checks.ts';
import type { Subject } from './subjects.ts';

/** Functions of the C library that open a file, a directory, a process or a library by name or descriptor. */
const FAMILY =
  /^(?:__)?(open|openat|creat|fopen|freopen|fdopen|popen|mkstemps?|mkostemps?|mkdtemp|tmpfile|opendir|fdopendir|dlopen|dlmopen|shm_open)(?:64)?(?:_2|_chk)?$/;

/** By object, what it calls of the family, by the functions' plain names: from the output of `nm -A -u`. */
export function importsIn(symbols: string): Map<string, string[]> {
  const imports = new Map<string, string[]>();
  for (const [, object = '', symbol = ''] of symbols.matchAll(/^(\S+?): +U (\w+)(?:@.*)?$/gm)) {
    const name = FAMILY.exec(symbol)?.[1];
    const names = imports.get(object) ?? [];
    if (name !== undefined && !names.includes(name)) imports.set(object, [...names, name]);
  }
  return imports;
}

/**
 * The compiler's own word on what opens files, against the census: each function of the family that an object of
 * the stock build calls must be the callee of a site in the object's source, or in a file that this includes.
 *
 * @param tree the stock build
 * @param sites of the release's ledger
 */
export async function checkImports(
  tree: string,
  { target, trials }: Subject,
  { sites }: Pick<Ledger, 'sites'>,
): Promise<Outcome> {
  const lines: string[] = [];
  let imports = 0;
  const apart: string[] = [];
  const objects = objectsIn(tree);
  for (const [object, called] of importsIn(await symbolsOf(tree, objects))) {
    const source = sourceOf(tree, object);
    if (source === undefined) {
      lines.push(`${object}: calls ${called.join(', ')} and has no source`);
      continue;
    }
    if (target.notShipped.some(({ files }) => files.test(source))) {
      apart.push(object);
      continue;
    }
    imports += called.length;
    const copied = trials.copies?.[source];
    const files = new Set([...includedBy(tree, source), ...(copied === undefined ? [] : [copied])]);
    for (const name of called) {
      const known = sites.some(
        ({ file, callee }) => files.has(file) && (plainName(callee) ?? callee) === name,
      );
      if (!known) lines.push(`${object}: calls ${name}, and ${[...files].join(', ')} have no such site`);
    }
  }
  const rest = apart.length === 0 ? '' : `, ${apart.length} not shipped`;
  return {
    ok: lines.length === 0 && imports > 0,
    said: `${imports} functions called by ${objects.length} objects${rest}`,
    lines,
  };
}

/** What a function of the family is called without the C library's prefixes and suffixes; undefined for another. */
export function plainName(callee: string): string | undefined {
  return FAMILY.exec(callee)?.[1];
}

function objectsIn(tree: string): string[] {
  return allFiles(tree).filter((file) => file.endsWith('.o'));
}

function allFiles(tree: string): string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' }).sort();
}

async function symbolsOf(tree: string, objects: readonly string[]): Promise<string> {
  const ended = await run('nm', ['-A', '-u', ...objects], {
    cwd: tree,
    purpose: 'what objects call',
    package: 'binutils',
  });
  if (ended.status !== 0) throw new Error(`nm: ${ended.stderr.toString()}`);
  return ended.stdout.toString();
}

/** The file that an object was compiled from; a generated C file stands for the one that it was made from. */
function sourceOf(tree: string, object: string): string | undefined {
  const stem = object.replace(/\.o$/, '');
  // Bison's y.tab.c says in #line what it was made from.
  const generated = `${stem}.c`;
  const made = ['.def', '.y'].map((ending) => stem + ending).find((file) => existsSync(join(tree, file)));
  if (made !== undefined) return made;
  if (!existsSync(join(tree, generated))) {
    // Automake puts the program's name before that of an object with flags of its own: sed-execute.o.
    const own = join(posix.dirname(stem), `${posix.basename(stem).replace(/^\w+-/, '')}.c`);
    if (existsSync(join(tree, own))) return own;
    // Compiled from another folder's source, as the build's own tools are.
    const named = allFiles(tree).filter((file) => posix.basename(file) === posix.basename(generated));
    return named.length === 1 ? named[0] : undefined;
  }
  const from = /^#line \d+ "([^"]+\.[a-z]+)"$/m.exec(readFileSync(join(tree, generated), 'latin1'))?.[1];
  const origin = from === undefined ? undefined : posix.join(posix.dirname(stem), from);
  return origin !== undefined && existsSync(join(tree, origin)) ? origin : generated;
}

/** A source and all that it includes with quotes, relative to the tree. */
function includedBy(tree: string, source: string): string[] {
  const found = [source];
  // The list grows while it is walked.
  for (const file of found) {
    const text = readFileSync(join(tree, file), 'latin1');
    for (const [, name = ''] of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]/gm)) {
      const places = [posix.join(posix.dirname(file), name), name, `include/${name}`, `lib/${name}`];
      const included = places.find((place) => existsSync(join(tree, place)));
      if (included !== undefined && !found.includes(included)) found.push(included);
    }
  }
  return found;
}
