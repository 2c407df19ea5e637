import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ended } from '../../src/programs/run.ts';
import { run } from '../../src/programs/run.ts';
import { environment, onTerminal } from '../../src/prove/scene.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { readTrace, TRACED } from './strace.ts';
import type { TraceEvent } from './strace.ts';

/** In ms; a scenario takes a fraction of a second. */
const TIMEOUT = 60_000;

/** A scenario that was run. */
export interface Played {
  readonly folder: string;
  readonly events: readonly TraceEvent[];
  readonly status: number;
  /** Both streams; the folder and the interpreter's path taken out. */
  readonly output: string;
  /** What strace wrote. */
  readonly trace: string;
}

/**
 * Runs a scenario under strace, in a folder of its own.
 *
 * @param scenario which one
 * @param interpreter the program's absolute path
 * @param preload a library that plays a kernel with the flag
 * @param more further options of strace
 * @throws Error when the trace is not one of a whole run of the interpreter
 */
export async function play(
  scenario: Scenario,
  interpreter: string,
  preload: string | undefined,
  more: readonly string[] = [],
): Promise<Played> {
  const around = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-scenario-')));
  const folder = join(around, 'folder');
  try {
    const fill = (text: string): string =>
      text.replaceAll('{interpreter}', interpreter).replaceAll('{folder}', folder);
    lay(scenario, folder, fill);
    const traceFile = join(around, 'trace');
    // strace itself is not preloaded.
    const played = preload === undefined ? [] : ['-E', `LD_PRELOAD=${preload}`];
    const argv = scenario.argv.map(fill);
    const strace = [
      '-f',
      '-y',
      '-s',
      '4096',
      '-e',
      `trace=${TRACED}`,
      '-o',
      traceFile,
      ...more,
      ...played,
      ...argv,
    ];
    const ended = await start(scenario, strace, folder, fill);
    const trace = existsSync(traceFile) ? readFileSync(traceFile, 'utf8') : '';
    const events = readTrace(trace);
    assertWhole(events, argv[0] ?? '', ended);
    // Where an installed one finds its library; nothing to take out for one at the root, as /bin/sh is.
    const prefix = dirname(dirname(interpreter));
    const named = `${ended.stdout.toString()}${ended.stderr.toString()}`
      .replaceAll(folder, '{folder}')
      .replaceAll(interpreter, '{interpreter}');
    const output = prefix === '/' ? named : named.replaceAll(prefix, '{prefix}');
    return { folder, events, status: ended.status, output: output.replaceAll('\r\n', '\n'), trace };
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}

function start(
  scenario: Scenario,
  strace: readonly string[],
  folder: string,
  fill: (text: string) => string,
): Promise<Ended> {
  const given = Object.entries(environment(scenario, folder)).map(
    ([name, value]) => [name, fill(value)] as const,
  );
  const { input } = scenario;
  const options = {
    cwd: folder,
    timeout: TIMEOUT,
    purpose: `the scenario ${scenario.id}`,
    env: Object.fromEntries(given),
  };
  if (scenario.typed === undefined)
    return run('strace', strace, { ...options, package: 'strace', ...(input !== undefined && { input }) });
  const [program, ...args] = onTerminal(['strace', ...strace]);
  return run(program, args, { ...options, package: 'bsdutils', input: scenario.typed });
}

function lay(scenario: Scenario, folder: string, fill: (text: string) => string): void {
  mkdirSync(join(folder, 'home'), { recursive: true });
  for (const [name, file] of Object.entries(scenario.files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (name.endsWith('/')) continue;
    if (typeof file === 'string') writeFileSync(path, fill(file));
    else if ('link' in file) symlinkSync(fill(file.link), path);
    else if ('hard' in file) linkSync(join(folder, file.hard), path);
    else writeFileSync(path, fill(file.text), { mode: file.mode });
  }
}

/** A tracer that died, or an interpreter that never ran, opens nothing: that must not pass for a good result. */
function assertWhole(events: readonly TraceEvent[], program: string, { status, stderr }: Ended): void {
  const [first] = events;
  const started = first?.kind === 'exec' && first.path === program;
  const ended = events.some((event) => event.kind === 'end' && event.pid === first?.pid);
  if (started && ended) return;
  const what = started ? 'the trace breaks off' : 'the interpreter did not start';
  throw new Error(`${what} (status ${status}): ${stderr.toString().trim().slice(0, 400)}`);
}
