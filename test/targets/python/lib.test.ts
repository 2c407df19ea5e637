import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../src/package.js';
import { run } from '../../../src/programs/run.js';
import { Lines } from '../../../src/sites/site.js';
import { censusOf } from '../../../src/sites/sites.js';
import type { Census } from '../../../src/sites/sites.js';
import { readTree } from '../../../src/source/tree.js';
import { loadTarget } from '../../../src/target/find.js';
import type { Target, Tree } from '../../../src/target/contract.js';
import { have } from '../../needs.js';
import { grepOracle } from '../../sites/grep-oracle.js';

const top = process.env['MAYEXEC_PYTHON_TREE'] ?? '';
if (top === '') {
  process.stderr.write(
    "not run: the recount of CPython's census needs MAYEXEC_PYTHON_TREE, an unpacked tree\n",
  );
}

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

describe.runIf(top !== '')('the census of CPython', () => {
  it.runIf(have('python3', 'python3', "the recount of Lib by Python's own parser"))(
    "has the names that Python's own parser finds in Lib",
    async () => {
      const tree = readTree(top);
      const target = await loadTarget('python');
      const theirs = await namesByPython(tree, target);
      const ours = namesByCensus(tree, await censusOf(tree, target), new Set(theirs));
      expect(theirs.length).toBeGreaterThan(500);
      expect([...ours].sort()).toEqual([...theirs].sort());
    },
  );

  it.runIf(have('grep', 'grep', 'the recount of the census by grep'))(
    'has the hits that grep finds',
    async () => {
      expect(await grepOracle(top, await loadTarget('python'))).toEqual({ missing: [], extra: [] });
    },
  );
});
