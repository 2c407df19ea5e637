import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UML } from '../../src/commands/uml.ts';
import { packageFolder } from '../../src/package.ts';
import { build } from '../../src/prove/build.ts';
import type { Build } from '../../src/prove/build.ts';
import { Problem } from '../../src/problems.ts';
import { runWithInterrupts } from '../../src/programs/cleanup.ts';
import { scan } from '../../src/scan.ts';
import { obtain } from '../../src/source/obtain.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { readTree } from '../../src/source/tree.ts';
import { attackAll } from './attacks.ts';
import { checkText, runCheck, timesText } from './checks.ts';
import type { Check, Outcome } from './checks.ts';
import { compareOwnTests } from './compare-tests.ts';
import { checkDebian, dscOf, PACKAGED } from './debian.ts';
import { checkImports } from './imports.ts';
import { playedKernel } from './kernel.ts';
import { kernelCells } from './cells.ts';
import { buildChoices } from './choices.ts';
import { inBeds, inUml, kernelOfUml, missedSites } from './in-beds.ts';
import { recount } from './recount.ts';
import { missedHunks, ownTests } from './selftest.ts';
import { checkScenario } from './scenarios.ts';
import { checkStacks } from './stack.ts';
import { kernels, subjects } from './subjects.ts';
import type { KernelSubject, Subject } from './subjects.ts';
import { checkVariant } from './variants.ts';
import { compareWarnings } from './warnings.ts';
import { isFor } from '../../src/target/capabilities.ts';
import { givenTree } from '../trees.ts';

/**
 * Run by `npm run test:interpreters`: builds each release as it is and patched, and holds the one against the
 * other.
 *
 * Arguments: releases, also of a kernel (one of each interpreter unless named, every one with `--all`), `--only TEXT` for
 * the checks whose name holds it, `--json`. MAYEXEC_TREES may name a folder of trees, as for the tests.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

const tell = (check: Check): void => {
  if (!values.json) process.stdout.write(checkText(check));
};

/**
 * How many releases are tried at a time. One alone leaves most of two processors idle: configure, links and many own
 * tests are one process after the other. What has a time limit would miss it with many more.
 */
const AT_A_TIME = 2;

/** @param folder gets what helps to see why a check failed; made when missing */
async function tryRelease(subject: Subject, folder: string): Promise<Check[]> {
  const { name, target, release, trials } = subject;
  // Two releases have tests of one name, and a library of one is loaded while that of another is linked.
  const details = join(folder, name);
  mkdirSync(details, { recursive: true });
  const generated = join(packageFolder, 'generated', target.name, release.version);
  const checks: Check[] = [];
  const check = async (id: string, work: () => Promise<Outcome> | Outcome): Promise<void> => {
    if (id.includes(values.only)) checks.push(await runCheck(`${name} ${id}`, work, tell));
  };
  const path = await sourceOf(subject);
  if (path === undefined) return [];
  // Before anything is built: what the builds are held against must be whole.
  await check('census', () => recount(path, target));
  const built = async (label: string, patches: readonly string[]): Promise<Build | undefined> => {
    let made: Build | undefined;
    const work = async (): Promise<Outcome> => {
      made = await build(subject, path, patches);
      return { ok: true, said: made.fresh ? 'built' : 'built by an earlier run' };
    };
    checks.push(await runCheck(`${name} ${label}`, work, tell));
    return made;
  };
  const { ledger } = await scan({ tree: readTree(path), target, release });
  const stock = await built('build stock', []);
  const series = seriesIn(join(generated, 'patches'));
  const patched = await built('build patched', series);
  if (stock === undefined || patched === undefined) return checks;

  await check('warnings', () =>
    compareWarnings(readFileSync(stock.log, 'utf8'), readFileSync(patched.log, 'utf8')),
  );
  await check('imports', () => checkImports(stock.tree, subject, ledger));
  const kernel = await playedKernel(details);
  const pair = { stock: stock.binary, patched: patched.binary, kernel };
  for (const scenario of trials.scenarios) {
    if (scenario.traced === false || !isFor(scenario, release)) continue;
    await check(`opens ${scenario.id}`, () => checkScenario(scenario, pair));
  }
  await check('beds', () => inBeds(subject, stock, patched));
  await check('uml', () => inUml(subject, stock, patched, values.all));
  // A series that asks nothing about code from no file cannot answer them.
  if (target.questions !== undefined) {
    await check('cells', () => kernelCells(subject, stock, patched));
    await check('choices', () => buildChoices(subject, path, patched));
  }
  await check('attack', () => attackAll(subject, patched));
  await check('missed sites', () => missedSites(subject, path, patched, values.all));
  if (values.all || trials.unoptimisedRarely === undefined) {
    await check('stack', async () => {
      const plain = await build(
        { ...subject, trials: { ...trials, warnings: trials.unoptimised } },
        path,
        [],
      );
      return checkStacks(plain, subject, ledger);
    });
  } else process.stdout.write(`not run: ${name} stack, without --all: ${trials.unoptimisedRarely}\n`);
  if (target.name === PACKAGED) {
    const dsc = dscOf(name, release);
    if (dsc !== undefined) await check('debian', () => checkDebian(dsc));
  }
  for (const variant of trials.variants ?? []) {
    if (values.all || values.only !== '')
      await check(`variant ${variant.id}`, () => checkVariant(variant, subject, path, series));
    else process.stdout.write(`not run: ${name} variant ${variant.id}, without --all: a build more\n`);
  }
  await check('own tests', () => compareOwnTests(stock.tree, patched.tree, trials.ownTests, details));
  return checks;
}

/**
 * What is tried with a kernel: the table, and the test that the series brings.
 *
 * @param bedOnly leaves the test out
 */
async function tryKernel({ name, kernel }: KernelSubject, bedOnly = false): Promise<Check[]> {
  const checks: Check[] = [];
  const check = async (id: string, work: () => Promise<Outcome>): Promise<void> => {
    if (`${name} ${id}`.includes(values.only)) checks.push(await runCheck(`${name} ${id}`, work, tell));
  };
  await check('kernel', () => kernelOfUml(kernel));
  if (bedOnly) return checks;
  await check('own tests', () => ownTests(kernel));
  await check('missed hunks', () => missedHunks(kernel, values.all));
  return checks;
}

/** The release's tree; undefined, and said, where nobody has it: a distribution has its own releases only. */
async function sourceOf({ name, target, release }: Subject): Promise<string | undefined> {
  const tree = givenTree(name);
  if (tree !== undefined) return tree;
  try {
    return (await obtain(target, release, { progress: terminalProgress() })).path;
  } catch (error) {
    const nowhere = error instanceof Problem && ['no-source', 'no-network'].includes(error.code);
    if (!nowhere || positionals.includes(name)) throw error;
    process.stdout.write(`not run: ${name}: ${error.message}\n`);
    return undefined;
  }
}

function seriesIn(folder: string): string[] {
  const names = readFileSync(join(folder, 'series'), 'utf8').trim().split('\n');
  return names.map((name) => readFileSync(join(folder, name), 'latin1'));
}

async function main(): Promise<number> {
  const start = performance.now();
  const details = mkdtempSync(join(tmpdir(), 'mayexec-interpreters-'));
  const checks: Check[] = [];
  const { named, others } = await kernels(positionals);
  for (const kernel of named) checks.push(...(await tryKernel(kernel)));
  // What runs in the bed of a kernel needs one, and whoever names interpreters wants no more of it.
  if (named.length === 0) checks.push(...(await tryKernel({ name: UML, kernel: {} }, others.length > 0)));
  if (named.length === 0 || others.length > 0) {
    const waiting = (await subjects(others, values.all)).entries();
    const found: Check[][] = [];
    const lane = async (): Promise<void> => {
      for (const [place, subject] of waiting) found[place] = await tryRelease(subject, details);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    checks.push(...found.flat());
  }
  const failed = checks.filter(({ ok }) => !ok);
  if (values.json) process.stdout.write(`${JSON.stringify(checks, null, 2)}\n`);
  else {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (failed.length > 0) process.stdout.write(`details: ${details}\n`);
    process.stdout.write(`\n${checks.length} checks in ${seconds} s\n`);
    process.stdout.write(timesText(checks));
    process.stdout.write(`${checks.length - failed.length} passed, ${failed.length} failed\n`);
  }
  return failed.length === 0 && checks.length > 0 ? 0 : 1;
}

try {
  process.exitCode = await runWithInterrupts(main);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // At once: after a signal the work still waits for a check, and each check left would fail and say so.
  process.exit(error instanceof Problem ? error.exit : 1);
}
