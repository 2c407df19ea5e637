import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSeries } from '../../src/pipeline.ts';
import { build } from '../../src/prove/build.ts';
import { tools } from '../../src/prove/tools.ts';
import { openCache } from '../../src/source/cache.ts';
import { obtain } from '../../src/source/obtain.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { readTree } from '../../src/source/tree.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import type { Row } from './rows.ts';
import { timed } from './timed.ts';

/** SECBIT_EXEC_RESTRICT_FILE of linux/securebits.h. */
const RESTRICT_FILE = 0x100;

/** A piece of work that opens many files of code. */
export interface Work {
  readonly release: string;
  /** What it is, for the table. */
  readonly what: string;
  /** Files that it needs, executable all of them. */
  readonly files: Readonly<Record<string, string>>;
  /** Behind the interpreter. */
  readonly args: readonly string[];
}

/** What is measured of each interpreter. */
export const works: readonly Work[] = [
  {
    release: 'bash@5.2.15',
    what: '50 sourced files',
    files: {
      'script.sh': 'for ((one = 0; one < 50; one++)); do . ./lib.sh; done\n',
      'lib.sh': '((count += 1))\n',
    },
    args: ['--norc', 'script.sh'],
  },
  { release: 'bash@5.2.15', what: '-c :', files: {}, args: ['--norc', '-c', ':'] },
  { release: 'python@3.11.2', what: '-c pass', files: {}, args: ['-c', 'pass'] },
  { release: 'python@3.11.2', what: 'import asyncio', files: {}, args: ['-c', 'import asyncio'] },
  // Its carrier is /dev/null, which is no code: nothing is asked.
  { release: 'perl@5.36.0', what: '-e1', files: {}, args: ['-e1'] },
  { release: 'perl@5.36.0', what: '-MPOSIX -e1', files: {}, args: ['-MPOSIX', '-e1'] },
];

/** A state of the kernel that an interpreter runs in, and how it is started there. */
interface State {
  readonly name: string;
  readonly before: readonly string[];
}

/** What a run of the work came to. */
interface Counted {
  readonly calls: ReadonlyMap<string, number>;
  readonly total: number;
}

/**
 * What a patched interpreter costs beside the stock one, in each state that the kernel can be in: system calls, which
 * count the same on every run; instructions of its own where there is no policy; and time, run in turn.
 *
 * @param runs a quarter of how many times each is timed
 */
export async function measureInterpreter(work: Work, runs: number): Promise<Row[]> {
  const { stock, patched, states } = await prepare(work);
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-cost-'));
  try {
    for (const [name, text] of Object.entries(work.files)) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    const at = { folder, args: work.args };
    const rows: Row[] = [];
    // Where the kernel knows the flag, each code open carries it, and so does the probe before the first.
    const known = await count(states.known, patched, at);
    const opens = Math.max(0, of(known, 'openat2') - 1);
    rows.push({ what: 'files opened as code', values: [opens], unit: 'calls' });
    const before = await count(states.none, stock, at);
    const after = await count(states.none, patched, at);
    const more = (name: string): number => of(after, name) - of(before, name);
    // Limits say at most: one that asks nothing at all would keep them.
    if (opens > 0 && (more('openat2') === 0 || more('prctl') === 0)) {
      throw new Error(`${work.release} ${work.what}: opens ${opens} files as code, and asks nothing`);
    }
    const perOpen = (name: string): number => (more(name) === 0 ? 0 : more(name) / opens);
    rows.push(
      { what: 'no policy: probes a process', values: [more('openat2')], unit: 'calls', limit: 1 },
      // The question about code that is in no file, as the text of -c is.
      {
        what: 'no policy: prctl beyond one an open',
        values: [more('prctl') - opens],
        unit: 'calls',
        limit: 1,
      },
      {
        what: 'no policy: ioctl and fcntl an open',
        values: [perOpen('ioctl') + perOpen('fcntl')],
        unit: 'calls',
        limit: 1,
      },
      {
        what: 'no policy: instructions more',
        values: [percent(await instructions(patched, at), await instructions(stock, at))],
        unit: '%',
        limit: 1,
      },
    );
    for (const state of Object.values(states)) {
      const [old, now] = [await count(state, stock, at), await count(state, patched, at)];
      // A run is short, and what else the machine does is not.
      const each = await inTurn(state, stock, patched, at, 4 * runs);
      rows.push(
        { what: `${state.name}: system calls more`, values: [now.total - old.total], unit: 'calls' },
        {
          what: `${state.name}: execveat`,
          values: [of(now, 'execveat') - of(old, 'execveat')],
          unit: 'calls',
        },
        { what: `${state.name}: time, stock`, values: each.map((one) => one.stock), unit: 'ms' },
        {
          what: `${state.name}: time more`,
          values: each.map((one) => percent(one.patched, one.stock)),
          unit: '%',
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(work: Work): Promise<{
  readonly stock: string;
  readonly patched: string;
  readonly states: { readonly none: State; readonly known: State; readonly restricted: State };
}> {
  const named = await namedRelease(work.release);
  if (named === undefined) throw new Error(`${work.release} is no release`);
  const { path } = await obtain(named.target, named.release, { progress: terminalProgress() });
  const subject = { ...named, trials: await loadTrials(named.target.name) };
  const { series } = await makeSeries({ ...named, tree: readTree(path) });
  const stock = await build(subject, path, []);
  const patched = await build(
    subject,
    path,
    series.patches.map(({ text }) => text),
  );
  const { supervisor, stage } = await tools(openCache().folder);
  return {
    stock: stock.binary,
    patched: patched.binary,
    states: {
      none: { name: 'no policy', before: [] },
      // The supervisor answers for the kernel: its time is not what a kernel would take.
      known: { name: 'flag known (supervisor)', before: [supervisor, '--policy', '0', '--'] },
      restricted: { name: 'RESTRICT_FILE', before: [stage, '--securebits', String(RESTRICT_FILE), '--'] },
    },
  };
}

interface At {
  readonly folder: string;
  readonly args: readonly string[];
}

function start({ folder }: At, command: readonly string[]): ReturnType<typeof timed> {
  const [program = '', ...args] = command;
  // The same hashes, and nothing written, on every run.
  const env = { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
  return timed(program, args, 'strace valgrind', { cwd: folder, env });
}

async function count(state: State, interpreter: string, at: At): Promise<Counted> {
  const log = join(at.folder, 'calls');
  const strace = ['strace', '-f', '-c', '-U', 'name,calls', '-o', log];
  await start(at, [...state.before, ...strace, interpreter, ...at.args]);
  const rows = [...readFileSync(log, 'utf8').matchAll(/^(\w+)\s+(\d+)$/gm)];
  const calls = new Map(rows.map(([, name = '', number]) => [name, Number(number)] as const));
  const total = calls.get('total');
  if (total === undefined) throw new Error('strace counted nothing');
  calls.delete('total');
  return { calls, total };
}

/** Instructions of the process itself. Valgrind knows no openat2 (3.19), so this tells of a kernel without one. */
async function instructions(interpreter: string, at: At): Promise<number> {
  const callgrind = ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null'];
  const { stderr } = await start(at, [...callgrind, interpreter, ...at.args]);
  const collected = /Collected : (\d+)/.exec(stderr)?.[1];
  if (collected === undefined) throw new Error('valgrind counted nothing');
  return Number(collected);
}

async function inTurn(
  state: State,
  stock: string,
  patched: string,
  at: At,
  runs: number,
): Promise<readonly { readonly stock: number; readonly patched: number }[]> {
  const times: { stock: number; patched: number }[] = [];
  const take = async (interpreter: string): Promise<number> =>
    1000 * (await start(at, [...state.before, interpreter, ...at.args])).seconds;
  for (let run = 0; run < runs; run += 1) {
    times.push({ stock: await take(stock), patched: await take(patched) });
  }
  return times;
}

function of({ calls }: Counted, name: string): number {
  return calls.get(name) ?? 0;
}

function percent(now: number, before: number): number {
  return 100 * (now / before - 1);
}
