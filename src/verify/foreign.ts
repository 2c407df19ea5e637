import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { problem, Problem } from '../problems.ts';
import { onInterrupt, throwIfInterrupted } from '../programs/cleanup.ts';
import { run } from '../programs/run.ts';
import type { Ended } from '../programs/run.ts';
import { seriesFile } from '../series/series.ts';
import type { Series } from '../series/series.ts';
import type { Tree } from '../target/contract.ts';

/** What a foreign tool made of a series. */
export interface Judgement {
  readonly tool: string;
  /** `applied`, or why the tool was not asked. */
  readonly result: 'applied' | 'missing';
}

interface Tool {
  readonly name: string;
  readonly package: string;
  readonly apply: (tree: string, patches: string, series: Series) => Promise<void>;
}

// quilt and patch read options from the user's settings; a verification must not depend on them.
const PLAIN = {
  QUILT_PATCHES: 'patches',
  QUILTRC: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

const TOOLS: readonly Tool[] = [
  { name: 'git am', package: 'git', apply: withGit },
  { name: 'patch', package: 'patch', apply: withPatch },
  { name: 'quilt', package: 'quilt', apply: withQuilt },
];

/**
 * Has git am, `patch -p1 --fuzz=0` and `quilt push --fuzz=0` apply a series to copies of the files it touches,
 * at no offset, and compares the bytes that they make with ours.
 *
 * @param files the files after the series, as this kit makes them
 * @returns what each tool said; a tool that is not installed is reported as missing
 * @throws Problem `unverified` when a tool refuses, finds an offset, or makes other bytes
 */
export async function verifySeries(
  tree: Tree,
  series: Series,
  files: ReadonlyMap<string, string>,
): Promise<readonly Judgement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-verify-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const finished = onInterrupt(remove);
  try {
    const patches = join(folder, 'patches');
    mkdirSync(patches);
    for (const { name, text } of series.patches) writeFileSync(join(patches, name), text, 'latin1');
    // It lies beside the patches, and must not be taken for one.
    if (series.cover !== undefined)
      writeFileSync(join(patches, series.cover.name), series.cover.text, 'latin1');
    writeFileSync(join(patches, 'series'), seriesFile(series));
    const judgements: Judgement[] = [];
    for (const tool of TOOLS) {
      throwIfInterrupted();
      const copy = join(folder, tool.name.replace(' ', '-'));
      lay(copy, tree, files);
      judgements.push({ tool: tool.name, result: await asked(tool, copy, patches, series) });
      if (judgements.at(-1)?.result !== 'applied') continue;
      compare(tool.name, copy, files);
      if (tool.apply === withPatch) await reverse(copy, patches, series, tree);
    }
    return judgements;
  } finally {
    finished();
    remove();
  }
}

async function asked(
  tool: Tool,
  copy: string,
  patches: string,
  series: Series,
): Promise<Judgement['result']> {
  try {
    await tool.apply(copy, patches, series);
    return 'applied';
  } catch (error) {
    if (error instanceof Problem && error.code === 'missing-tool') return 'missing';
    throw error;
  }
}

function lay(copy: string, tree: Tree, files: ReadonlyMap<string, string>): void {
  mkdirSync(copy);
  for (const file of files.keys()) {
    if (!tree.has(file)) continue;
    const path = join(copy, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, tree.read(file), { encoding: 'latin1', mode: tree.executable(file) ? 0o755 : 0o644 });
  }
}

function compare(tool: string, copy: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    if (readFileSync(join(copy, file), 'latin1') !== text) {
      throw problem('unverified', { tool, message: `${file}: its bytes differ from the kit's` });
    }
  }
}

async function withGit(copy: string, patches: string, series: Series): Promise<void> {
  const git = (...args: readonly string[]): Promise<Ended> => must('git', 'git', copy, args);
  await git('init', '-q');
  await git('-c', 'core.autocrlf=false', 'add', '-A', '-f');
  const person = ['-c', 'user.name=verify', '-c', 'user.email=verify@localhost.invalid'];
  await git(...person, 'commit', '-q', '--allow-empty', '-m', 'before');
  // --keep-cr: mail would lose the carriage returns of a file that has them.
  const names = series.patches.map(({ name }) => join(patches, name));
  await git(...person, '-c', 'core.autocrlf=false', 'am', '-q', '--keep-cr', '--whitespace=nowarn', ...names);
}

const PATCH = ['-p1', '--fuzz=0', '--binary', '--no-backup-if-mismatch', '-i'];

async function withPatch(copy: string, patches: string, series: Series): Promise<void> {
  for (const { name } of series.patches) {
    exact('patch', name, await must('patch', 'patch', copy, [...PATCH, join(patches, name)]));
  }
}

/** Takes the series off again, last patch first, and compares with what was there before. */
async function reverse(copy: string, patches: string, series: Series, before: Tree): Promise<void> {
  for (const { name } of [...series.patches].reverse()) {
    exact('patch', name, await must('patch', 'patch', copy, ['-R', ...PATCH, join(patches, name)]));
  }
  for (const file of new Set(series.patches.flatMap((patch) => patch.files))) {
    const left = existsSync(join(copy, file)) ? readFileSync(join(copy, file), 'latin1') : undefined;
    if (left === (before.has(file) ? before.read(file) : undefined)) continue;
    throw problem('unverified', {
      tool: 'patch -R',
      message: `${file}: differs from the file before the series`,
    });
  }
}

async function withQuilt(copy: string, patches: string, series: Series): Promise<void> {
  if (series.patches.length === 0) return;
  const ended = await must('quilt', 'quilt', copy, ['push', '-a', '--fuzz=0'], { QUILT_PATCHES: patches });
  exact('quilt', 'the series', ended);
}

function exact(tool: string, name: string, ended: Ended): void {
  const said = /^Hunk #\d+ .*\b(?:offset|fuzz)\b.*/m.exec(ended.stdout.toString('latin1'))?.[0];
  if (said !== undefined) throw problem('unverified', { tool, message: `${name}: ${said.trim()}` });
}

async function must(
  program: string,
  debian: string,
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const ended = await run(program, args, {
    cwd,
    env: { ...PLAIN, ...env },
    purpose: 'verifying a series',
    package: debian,
  });
  if (ended.status === 0) return ended;
  const message = Buffer.concat([ended.stdout, ended.stderr]).toString('latin1').trim();
  throw problem('unverified', { tool: program, message });
}
