import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../src/package.ts';
import { run } from '../../../src/programs/run.ts';
import { Lines } from '../../../src/languages/site.ts';
import { censusOf } from '../../../src/sites/sites.ts';
import type { Census } from '../../../src/sites/sites.ts';
import { readTree } from '../../../src/source/tree.ts';
import { loadTarget } from '../../../src/target/find.ts';
import type { Target, Tree } from '../../../src/target/contract.ts';
import { given, needs, tool } from '../../needs.ts';
import { grepOracle } from '../../sites/grep-oracle.ts';

const top = process.env['MAYEXEC_PYTHON_TREE'] ?? '';
const tree = given('a source tree of CPython', 'set MAYEXEC_PYTHON_TREE to its folder', top !== '');

const Place = v.tuple([v.number(), v.number(), v.string()]);
const Listed = v.tuple([v.string(), v.array(Place), v.array(v.tuple([v.number(), v.string()]))]);

/** What Python's own parser finds of the openers in Lib: `file:line:column:name`, without a column in f-strings. */
async function namesByPython(tree: Tree, target: Target): Promise<string[]> {
  const files = tree.files.filter(
    (file) => target.language(file) === 'python' && !target.notShipped.some((one) => one.files.test(file)),
  );
  const tokens = target.openers
    .filter((one) => one.lang === 'python' && one.as === 'callee')
    .map((one) => one.token.source);
  const ended = await run('python3', [join(packageFolder, 'test/targets/python/names.py')], {
    input: JSON.stringify({ top: tree.path, files, tokens }),
    purpose: "Python's own view of Lib",
    package: 'python3',
  });
  expect(ended.stderr.toString()).toBe('');
  const lines = ended.stdout.toString().trimEnd().split('\n');
  expect(lines).toHaveLength(files.length);
  return lines.flatMap((line) => {
    const [file, plain, formatted] = v.parse(Listed, JSON.parse(line));
    return [...plain, ...formatted].map((place) => [file, ...place].join(':'));
  });
}

/** The same of the census: its sites, and of the branches that no build has what Python names as well. */
function namesByCensus(tree: Tree, census: Census, theirs: ReadonlySet<string>): string[] {
  const lines = new Map<string, Lines>();
  return census.accounts.flatMap(({ hit, was }) => {
    if (hit.opener.lang !== 'python' || hit.opener.as !== 'callee') return [];
    if (was !== 'site' && was !== 'dead') return [];
    const text = tree.read(hit.file);
    const known = lines.get(hit.file) ?? new Lines(text);
    lines.set(hit.file, known);
    const { line, column } = known.at(hit.start);
    const name = text.slice(hit.start, hit.end);
    const [short, long] = [`${hit.file}:${line}:${name}`, `${hit.file}:${line}:${column}:${name}`];
    if (theirs.has(short)) return [short];
    return was === 'site' || theirs.has(long) ? [long] : [];
  });
}

describe('the census of CPython', needs(tree), () => {
  it("has the names that Python's own parser finds in Lib", needs(tool('python3')), async () => {
    const tree = readTree(top);
    const target = await loadTarget('python');
    const theirs = await namesByPython(tree, target);
    const ours = namesByCensus(tree, await censusOf(tree, target), new Set(theirs));
    expect(theirs.length).toBeGreaterThan(500);
    expect([...ours].sort()).toEqual([...theirs].sort());
  });

  it('has the hits that grep finds', needs(tool('grep')), async () => {
    expect(await grepOracle(top, await loadTarget('python'))).toEqual({ missing: [], extra: [] });
  });
});
