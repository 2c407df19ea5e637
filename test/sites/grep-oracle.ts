import { run } from '../../src/programs/run.ts';
import { aliasesOf } from '../../src/languages/c/aliases.ts';
import { shippedOf } from '../../src/sites/shipped.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Opener, Target } from '../../src/target/contract.ts';

/** What GNU grep finds and the census does not, and the other way round: `file:offset:token`. */
export interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/**
 * Has GNU grep look for the openers' tokens in the files that a census of a tree scans, and compares what it finds
 * with the census' hits, offset by offset.
 *
 * grep is told the tokens and the files and nothing else: it finds no file's language, comments or functions.
 *
 * @param top the tree's folder
 * @param told the target whose tokens grep is told; another one than the census' is for a test of this oracle
 * @throws Problem `missing-tool` without grep; an error when grep fails
 */
export async function grepOracle(top: string, target: Target, told: Target = target): Promise<Difference> {
  const tree = readTree(top);
  const { accounts } = await censusOf(tree, target);
  const ours = new Set(
    accounts.map(({ hit }) => `${hit.file}:${hit.start}:${tree.read(hit.file).slice(hit.start, hit.end)}`),
  );
  const sources = shippedOf(tree, target).files.map((one) => ({ ...one, text: tree.read(one.file) }));
  const openers = [...told.openers, ...aliasesOf(sources, told.openers)];
  const theirs = new Set<string>();
  for (const [pattern, files] of patterns(sources, openers)) {
    for (const line of await grep(top, pattern, files)) theirs.add(line);
  }
  return {
    missing: [...theirs].filter((one) => !ours.has(one)),
    extra: [...ours].filter((one) => !theirs.has(one)),
  };
}

/** For each set of openers that some files have, one expression and those files. */
function patterns(
  sources: readonly { readonly file: string; readonly language: string }[],
  openers: readonly Opener[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { file, language } of sources) {
    const tokens = openers
      .filter((one) => one.lang === language && one.files.test(file))
      .map(({ token, as }) => (as === 'callee' ? `\\b(?:${token.source})\\b` : `(?:${token.source})`));
    if (tokens.length === 0) continue;
    const pattern = tokens.join('|');
    found.set(pattern, [...(found.get(pattern) ?? []), file]);
  }
  return found;
}

async function grep(top: string, pattern: string, files: readonly string[]): Promise<readonly string[]> {
  // -z: lines end with a NUL byte, so that a token may span lines of text; offsets are the file's all the same.
  const ended = await run('grep', ['-aobPZ', '-z', '-H', '-e', pattern, '--', ...files], {
    cwd: top,
    env: { LC_ALL: 'C' },
    purpose: 'recounting the census',
    package: 'grep',
  });
  if (ended.status > 1) throw new Error(`grep: ${ended.stderr.toString()}`);
  // Each hit: the file's name, NUL, the offset, a colon, the token, NUL.
  const fields = ended.stdout.toString('latin1').split('\0');
  const hits: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const file = Buffer.from(fields[at] ?? '', 'latin1').toString();
    hits.push(`${file}:${fields[at + 1] ?? ''}`);
  }
  return hits;
}
