import { dirname } from 'node:path';
import { commandLine } from '../programs/shell.ts';
import type { Placement, Scenario, ScenarioFile } from '../target/scenario.ts';
import type { Bed, Fixture, Job, Policy, User } from './bed.ts';
import { MODES } from './placement.ts';

/** Stands for the job's folder until a bed has chosen one. */
const PLACE = '{place}';

/** The folder of a scenario in that of its job; the interpreter is beside it. */
const FOLDER = 'folder';
const INTERPRETER = 'interpreter';

/** In ms: a scenario takes a fraction of a second, on a busy machine a few of them. */
const TIMEOUT = 60_000;

/** An interpreter that scenarios are run with. */
export interface Program {
  /** Absolute path. */
  readonly path: string;
  /** What is shown to the job instead, since its user may not reach the path: the program alone, or a folder it lies in. */
  readonly shown?: string;
}

/** A program as a bed's jobs are given it: where nothing can be shown at another path, it is run where it lies. */
export function programIn({ namespaces }: Pick<Bed, 'namespaces'>, program: Program): Program {
  return namespaces ? program : { path: program.path };
}

/** Whether a file of a scenario is one of its code: opened as such, and without its own mode. */
export function isCode(scenario: Scenario, name: string): boolean {
  const file = scenario.files[name];
  if (file === undefined || typeof file !== 'string') return false;
  return isJudged(scenario, name) || (scenario.passing?.includes(name) ?? false);
}

function isJudged(scenario: Scenario, name: string): boolean {
  return matchesAny(name, scenario.marked) || (scenario.judged?.includes(name) ?? false);
}

/** Whether a scenario has code that the policies of files judge, which the standard input is not. */
export function hasJudged(scenario: Scenario): boolean {
  return Object.keys(scenario.files).some((name) => isCode(scenario, name) && isJudged(scenario, name));
}

/** Whether a scenario has code whose placement decides. */
export function hasCode(scenario: Scenario): boolean {
  return Object.keys(scenario.files).some((name) => isCode(scenario, name));
}

/** Whether a path matches one of the patterns of a scenario, in which `*` means any text without a slash. */
export function matchesAny(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matches(path, glob));
}

/** Whether a path matches a pattern; see {@link matchesAny}. */
export function matches(path: string, glob: string): boolean {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}

/** Environment of a scenario beside its own: nothing of the caller's. */
export function environment(scenario: Scenario, folder: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: `${folder}/home`,
    TMPDIR: `${folder}/tmp`,
    LC_ALL: 'C',
    TERM: 'dumb',
    SHELL: '/bin/sh',
    ...scenario.env,
  };
}

/** Arguments of script(1) that run a command on a separate terminal. */
export function onTerminal(command: readonly string[]): readonly [string, ...string[]] {
  return ['/usr/bin/script', '--quiet', '--return', '--command', commandLine(command), '/dev/null'];
}

/**
 * A scenario as a job of a bed.
 *
 * @param placement where its files of code lie, and their mode
 */
export function jobOf(
  scenario: Scenario,
  program: Program,
  {
    placement,
    policy,
    user,
    deny,
  }: {
    readonly placement: Placement;
    readonly policy: Policy;
    readonly user: User;
    /** Whether code that comes from no file is refused too. */
    readonly deny: boolean;
  },
): Job {
  const folder = `${PLACE}/${FOLDER}`;
  const interpreter = program.shown === undefined ? program.path : shownPath(program, PLACE);
  const fill = (text: string): string =>
    text.replaceAll('{interpreter}', interpreter).replaceAll('{folder}', folder);
  const command = scenario.argv.map(fill);
  const [first = interpreter, ...rest] = command;
  const run = scenario.typed === undefined ? ([first, ...rest] as const) : onTerminal(command);
  const input = scenario.typed ?? scenario.input;
  const env = Object.entries(environment(scenario, folder)).map(
    ([name, value]) => [name, fill(value)] as const,
  );
  return {
    argv: ['/usr/bin/env', '-C', FOLDER, ...run],
    place: PLACE,
    policy,
    user,
    ...(deny && { denyInteractive: true }),
    timeout: TIMEOUT,
    env: Object.fromEntries(env),
    fixtures: [...showing(program), ...scene(scenario, placement, fill)],
    ...(input !== undefined && { input }),
  };
}

/**
 * What a job printed, with the paths of its folder and its interpreter taken out.
 *
 * @param place the job's folder, as the job saw it
 */
export function neutral(output: string, program: Program, place: string): string {
  return output
    .replaceAll('\r\n', '\n')
    .replaceAll(program.shown === undefined ? program.path : shownPath(program, place), '{interpreter}')
    .replaceAll(`${place}/${FOLDER}`, '{folder}');
}

function shownPath({ path, shown }: Program, place: string): string {
  const rest =
    shown === undefined || shown === path ? `/${path.replace(/^.*\//, '')}` : path.slice(shown.length);
  return `${place}/${INTERPRETER}${rest}`;
}

/** The interpreter, where its user can reach it. */
function showing({ path, shown }: Program): readonly Fixture[] {
  if (shown === undefined) return [];
  if (shown !== path) return [{ kind: 'bind', path: INTERPRETER, from: shown }];
  return [
    { kind: 'directory', path: INTERPRETER },
    { kind: 'bind', path: `${INTERPRETER}/${path.replace(/^.*\//, '')}`, from: path },
  ];
}

function scene(scenario: Scenario, placement: Placement, fill: (text: string) => string): readonly Fixture[] {
  const fixtures: Fixture[] = [{ kind: placement === 'noexec' ? 'noexec' : 'directory', path: FOLDER }];
  const made = new Set([FOLDER]);
  const makeFolder = (path: string): void => {
    if (made.has(path)) return;
    makeFolder(dirname(path));
    made.add(path);
    fixtures.push({ kind: 'directory', path });
  };
  makeFolder(`${FOLDER}/home`);
  for (const [name, file] of Object.entries(scenario.files)) {
    const path = `${FOLDER}/${name.replace(/\/$/, '')}`;
    if (name.endsWith('/')) makeFolder(path);
    else {
      makeFolder(dirname(path));
      fixtures.push(fixtureOf(path, file, isCode(scenario, name) ? placement : undefined, fill));
    }
  }
  return fixtures;
}

function fixtureOf(
  path: string,
  file: ScenarioFile,
  placement: Placement | undefined,
  fill: (text: string) => string,
): Fixture {
  if (typeof file === 'string') {
    const text = fill(file);
    if (placement === undefined) return { kind: 'file', path, text };
    const owner = placement === 'owner' ? ({ owner: 'root' } as const) : {};
    return { kind: 'file', path, text, mode: MODES[placement], ...owner };
  }
  if ('link' in file) return { kind: 'link', path, to: fill(file.link) };
  if ('hard' in file) return { kind: 'hard', path, of: `${FOLDER}/${file.hard}` };
  return { kind: 'file', path, text: fill(file.text), mode: file.mode };
}
