import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { questionMutantsOf, siteMutantsOf } from '../mutants.ts';
import { chosenPatches, makeSeries } from '../pipeline.ts';
import type { Patched } from '../pipeline.ts';
import { problem } from '../problems.ts';
import type { Bed, Policy } from '../prove/bed.ts';
import { withBeds } from '../prove/beds.ts';
import { build, programOf } from '../prove/build.ts';
import type { Build, Buildable } from '../prove/build.ts';
import { contentOf } from '../prove/content.ts';
import { lackedCapabilities } from '../prove/harness.ts';
import { judgeEnding, judgeOutcome } from '../prove/judge.ts';
import { lackOf, matrixOf, runMatrix } from '../prove/matrix.ts';
import type { Cell, Choice, Result } from '../prove/matrix.ts';
import type { Found } from '../prove/means.ts';
import { assertProven, mutationCells, noticedMutants, unmadeNoticed } from '../prove/mutate.ts';
import type { Noticed } from '../prove/mutate.ts';
import { bringsNamespaces } from '../prove/namespaces.ts';
import { checkReach } from '../prove/reach.ts';
import type { Programs } from '../prove/reach.ts';
import { isRunnable, whyNotRunnable } from '../prove/runs-there.ts';
import { hasCode } from '../prove/scene.ts';
import { matrixText, outcomeText } from '../report/matrix.ts';
import type { MatrixRun } from '../report/matrix.ts';
import { columns } from '../report/terminal.ts';
import { openCache } from '../source/cache.ts';
import { terminalProgress } from '../source/progress.ts';
import { partsWithout, usingLibraries } from '../target/bundled.ts';
import { isFor } from '../target/capabilities.ts';
import { loadTrials, namedRelease, allReleases } from '../target/find.ts';
import { inVariant, variantNamed } from '../target/variant.ts';
import { nearest } from '../target/versions.ts';
import { absences } from './notes.ts';
import { subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';
import { UML, umlIsAsked, umlMaker } from './uml.ts';

/** What `prove` takes from the command line. */
export interface ProveOptions extends SourceOptions {
  readonly json: boolean;
  readonly mutate: boolean;
  /** Only whether code ran: holes and breaks, whatever is said of them. */
  readonly outcome?: boolean | undefined;
  readonly bed?: readonly string[] | undefined;
  readonly requireBed?: 'all' | readonly string[] | undefined;
  /** A variant of the target. */
  readonly variant?: string | undefined;
  readonly interpreter?: string | undefined;
  readonly stock?: string | undefined;
  readonly only?: string | undefined;
  readonly policy?: readonly Policy[] | undefined;
  readonly roles?: readonly string[] | undefined;
}

/**
 * `mayexec prove`: runs every scenario of a target with every policy of every bed, stock and patched, and compares
 * what is seen with what is expected; with `mutate`, leaves each site and each question out in turn and wants that
 * noticed.
 *
 * @throws Problem `refused` with the runs that are not as expected, `unproven` with the sites that nothing notices,
 * and whatever keeps a run from counting
 */
export async function proveCommand(name: string, options: ProveOptions): Promise<void> {
  if (options.mutate && options.interpreter !== undefined) {
    throw problem('usage', { message: '--mutate builds the interpreter, so it takes no --interpreter' });
  }
  if (options.variant !== undefined && options.interpreter !== undefined)
    throw problem('usage', { message: '--variant builds the interpreter, so it takes no --interpreter' });
  if (options.mutate && options.outcome === true)
    throw problem('usage', { message: '--outcome judges a matrix, but --mutate makes none' });
  if (options.stock !== undefined && options.interpreter === undefined) {
    throw problem('usage', {
      message: '--stock needs --interpreter: without it, prove builds the stock interpreter too',
    });
  }
  const made =
    options.interpreter === undefined ? await builds(name, options) : await installed(name, options);
  const progress = terminalProgress();
  const choice = choiceOf(options, made);
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
    progress.note(line);
  };
  for (const line of made.built === undefined
    ? []
    : absences(made.subject.target.name, made.built.series.held))
    say(line);
  for (const line of unbundled(made, choice)) say(line);
  for (const { id, patch } of leftOut(made, choice)) {
    say(`not run: scenario ${id}: it needs the optional patch ${patch}; choose it with --roles`);
  }
  await withBeds(
    {
      cache: openCache(options.cache).folder,
      say,
      only: options.bed,
      require: options.requireBed ?? options.bed,
      ...(wantsUml(options) && {
        more: [umlMaker({ cache: openCache(options.cache).folder, build: buildsUml(options), progress })],
      }),
    },
    async (beds, _tools, means) => {
      if (options.bed === undefined && beds.every(({ mechanism }) => mechanism === 'none')) {
        const reasons = said.filter((line) => line.includes('test bed')).map((line) => `  ${line}`);
        throw problem('no-bed', { reasons: reasons.join('\n') });
      }
      const cells = cellsOf(made, beds, choice);
      for (const line of notRun(made, beds, choice, means)) say(line);
      const [first] = cells;
      if (first === undefined)
        throw problem('usage', { message: 'no run is left: no scenario, policy and bed match the options' });
      const users = new Set(cells.map(({ user }) => user));
      const { stock, patched } = made.programs;
      for (const program of stock === undefined ? [patched] : [stock, patched])
        await checkReach(first.bed, program, users);
      if (cells.every(({ expected }) => expected === 'ran'))
        say('no policy refuses any of these runs: they show only that nothing is broken');
      if (options.mutate) await mutate(made, beds, choice, options.json);
      else await matrix(made, cells, options);
    },
  );
}

/** Whether the bed with a kernel of its own is among those to start. */
function wantsUml({ bed }: ProveOptions): boolean {
  return bed === undefined || bed.includes(UML);
}

/** Whether its kernel is built where that has not been done: nobody waits minutes for what was not asked for. */
function buildsUml({ bed, requireBed }: ProveOptions): boolean {
  const named = bed?.includes(UML) === true || requireBed === 'all' || requireBed?.includes(UML) === true;
  return named || umlIsAsked();
}

/** What is run, and how it came to be. */
interface Made {
  readonly subject: Buildable;
  readonly programs: Programs;
  readonly built?: { readonly series: Patched; readonly patched: Build };
}

/** Makes the series and builds both interpreters, or finds them built. */
async function builds(name: string, options: ProveOptions): Promise<Made> {
  const obtained = await subjectOf(name, options);
  const { target, path } = obtained;
  const pinned = obtained.pinned ?? nearest(target.releases, obtained.version);
  if (pinned === undefined)
    throw problem('unknown-release', { name, known: (await allReleases()).join(', ') });
  const release = { ...pinned, ...obtained.release };
  const usual = {
    target,
    release,
    trials: await loadTrials(target.name),
    ...(obtained.pinned === undefined && { content: contentOf(path) }),
  };
  const subject = options.variant === undefined ? usual : variantOf(usual, options.variant);
  const series = await makeSeries(obtained, { roles: options.roles });
  const progress = terminalProgress();
  progress.step(
    `${target.name} ${release.version}: building the stock interpreter, unless an earlier run did`,
  );
  const stock = await build(subject, path, [], options.cache);
  progress.step(
    `${target.name} ${release.version}: building the patched interpreter, unless an earlier run did`,
  );
  const texts = series.series.patches.map(({ text }) => text);
  const patched = await build(subject, path, texts, options.cache);
  progress.done();
  return {
    subject,
    programs: { stock: programOf(subject, stock), patched: programOf(subject, patched) },
    built: { series, patched },
  };
}

/** A target as a variant builds it; what the variant does not run is said. */
function variantOf(usual: Buildable, name: string): Buildable {
  const variant = variantNamed(usual, name);
  const without = Object.entries(variant.scenarios?.without ?? {});
  for (const [id, why] of without)
    process.stderr.write(`not run: scenario ${id}, in the variant ${name}: ${why}\n`);
  return inVariant(usual, variant);
}

/** An interpreter that is there already. */
async function installed(name: string, options: ProveOptions): Promise<Made> {
  const named = await namedRelease(name);
  if (named === undefined)
    throw problem('unknown-release', { name, known: (await allReleases()).join(', ') });
  const { target } = named;
  const program = (path: string): Programs['patched'] => {
    const whole = resolve(path);
    const message = 'cannot be run as a program';
    try {
      if (!statSync(whole).isFile()) throw problem('bad-path', { path, message });
    } catch (error) {
      throw problem('bad-path', { path, message }, error);
    }
    if (!isRunnable(whole))
      throw problem('bad-path', { path, message: `${message} (${whyNotRunnable(whole)})` });
    return { path: whole };
  };
  const stock = options.stock === undefined ? undefined : program(options.stock);
  if (stock === undefined)
    process.stderr.write('not run: the unpatched interpreter as a control; name one with --stock PATH\n');
  const patched = program(options.interpreter ?? '');
  const bytes = readFileSync(patched.path);
  const release = usingLibraries(target, named.release, (library) => bytes.includes(library));
  return {
    subject: { target, release, trials: await loadTrials(target.name) },
    programs: { stock, patched },
  };
}

function cellsOf(
  { subject: { target, trials, release }, programs }: Made,
  beds: readonly Bed[],
  choice: Choice,
): readonly Cell[] {
  return matrixOf(target.name, trials.scenarios, release, beds, programs, choice);
}

function choiceOf({ only, policy, roles }: ProveOptions, { subject: { target, release } }: Made): Choice {
  return {
    patches: new Set(chosenPatches(target, release, roles).map(({ id }) => id)),
    scenarios: ({ id }) => only === undefined || id.includes(only),
    cells: (cell) => policy === undefined || policy.includes(cell.policy),
  };
}

/** The runs that beds would have on another machine, in a line for each reason. */
function notRun(made: Made, beds: readonly Bed[], choice: Choice, { reason }: Found): readonly string[] {
  const byName = new Map(beds.map((bed) => [bed.name, bed]));
  const whole = beds.map((bed) => ({ ...bed, manyUsers: true, namespaces: true }));
  const lacks = cellsOf(made, whole, choice).map((cell) => {
    const bed = byName.get(cell.bed.name);
    return bed === undefined ? undefined : lackOf({ ...cell, bed });
  });
  const count = (what: ReturnType<typeof lackOf>): number => lacks.filter((one) => one === what).length;
  const [users, namespaces] = [count('users'), count('namespaces')];
  return [
    ...(users > 0
      ? [`not run: ${users} runs as root, or with files that root owns: they need ${rootThatCan()}`]
      : []),
    ...(namespaces > 0
      ? [
          `not run: ${namespaces} runs of code on a noexec mount: they need namespaces (${reason ?? 'unavailable here'}); ${bringsNamespaces()}`,
        ]
      : []),
  ];
}

function rootThatCan(): string {
  const lacks = process.getuid?.() === 0 ? lackedCapabilities() : [];
  return lacks.length === 0 ? 'root' : `root with ${lacks.join(', ')}`;
}

/** The scenarios about bundled parts that the interpreter has from the system, a line for each part. */
function unbundled({ subject: { target, trials, release } }: Made, { scenarios }: Choice): readonly string[] {
  return partsWithout(target, release).flatMap(({ what, capability = '' }) => {
    const about = trials.scenarios
      .filter((one) => scenarios?.(one) !== false && [one.where ?? []].flat().includes(capability))
      .map(({ id }) => id);
    const list = about.join(', ');
    return about.length === 0
      ? []
      : [`not run: scenarios ${list}: they test the tree's own ${what}, but this build uses the system's`];
  });
}

/** The scenarios about an optional patch that the series has not. */
function leftOut(
  { subject: { trials, release } }: Made,
  { patches, scenarios }: Choice,
): readonly { readonly id: string; readonly patch: string }[] {
  return trials.scenarios
    .filter((one) => isFor(one, release) && scenarios?.(one) !== false)
    .flatMap(({ id, patch }) => (patch === undefined || patches?.has(patch) === true ? [] : [{ id, patch }]));
}

async function matrix(
  { programs }: Made,
  cells: readonly Cell[],
  { json, outcome = false }: Pick<ProveOptions, 'json' | 'outcome'>,
): Promise<void> {
  const progress = terminalProgress();
  progress.step(`${cells.length} runs`);
  const tell = (_result: Result, done: number): void => {
    progress.count(done, cells.length);
  };
  const results = await runMatrix(cells, programs, tell, outcome ? judgeOutcome : judgeEnding);
  progress.done();
  const runs = results.map(reported);
  const text = outcome ? outcomeText : matrixText;
  process.stdout.write(json ? `${JSON.stringify(runs, null, 2)}\n` : text(runs));
  const wrong = runs.filter((run) => run.wrong.length > 0);
  if (wrong.length === 0) return;
  const names = [...new Set(wrong.map((run) => `  ${run.scenario}`))];
  throw problem('refused', { count: names.length, list: names.join('\n') });
}

function reported({
  scenario,
  placement,
  user,
  bed,
  policy,
  deny,
  which,
  expected,
  seen,
  wrong,
}: Result): MatrixRun {
  return {
    scenario: scenario.id,
    what: scenario.what,
    placement: hasCode(scenario) ? placement : scenario.irregular === true ? 'irregular' : 'none',
    user,
    bed: bed.name,
    policy,
    deny,
    interpreter: which,
    expected,
    seen,
    ...(scenario.open !== undefined && { open: scenario.open }),
    wrong,
  };
}

async function mutate(made: Made, beds: readonly Bed[], choice: Choice, json: boolean): Promise<void> {
  const { subject, built } = made;
  if (built === undefined) throw new Error('nothing was built');
  const bed = beds.find(({ mechanism }) => mechanism !== 'none');
  if (bed === undefined) throw problem('usage', { message: '--mutate needs a bed that refuses' });
  // Questions are asked of the securebits, which one kind of bed has.
  const asked = beds.find(({ mechanism }) => mechanism === 'check');
  const cells = {
    site: mutationCells(cellsOf(made, [bed], choice)).site,
    question: asked === undefined ? [] : mutationCells(cellsOf(made, [asked], choice)).question,
  };
  const sites = siteMutantsOf(built.series);
  // Where nothing can be asked no question is tried; where no scenario is left none is proved, and that must show.
  const questions = asked === undefined ? { mutants: [], unmade: [] } : questionMutantsOf(built.series);
  const mutants = [...sites.mutants, ...questions.mutants];
  const progress = terminalProgress();
  if (asked === undefined)
    progress.note('not run: questions about code that comes from no file: only the bed securebits asks them');
  progress.step(`${mutants.length} sites and questions, left out one by one, each in its own build`);
  const tried = await noticedMutants(
    {
      subject,
      patched: built.patched,
      files: built.series.files,
      program: (one) => ({ patched: programOf(subject, one) }),
      cells,
      tell: ({ at, scenarios, seconds }, done) => {
        const by =
          scenarios.length === 0 ? 'no scenario notices' : `noticed by ${scenarios.length} scenarios`;
        progress.step(`${done} of ${mutants.length}: ${at.file}:${at.line} ${by}, ${seconds.toFixed(1)} s`);
      },
    },
    mutants,
  );
  progress.done();
  const noticed = [...tried, ...[...sites.unmade, ...questions.unmade].map(unmadeNoticed)];
  process.stdout.write(json ? `${JSON.stringify(noticed.map(told), null, 2)}\n` : mutationText(noticed));
  assertProven(noticed);
}

function told({ at: { id, file, line }, kind, unmade, scenarios, saw, seconds }: Noticed): object {
  return {
    id,
    file,
    line,
    kind,
    ...(unmade && { unmade }),
    scenarios,
    saw,
    seconds: Number(seconds.toFixed(1)),
  };
}

function mutationText(noticed: readonly Noticed[]): string {
  return columns([
    ['left out', 'call', 'seconds', 'noticed by'],
    ...noticed.map(({ at: { file, line, text }, unmade, scenarios, seconds }) => [
      `${file}:${line}`,
      text,
      seconds.toFixed(1),
      scenarios.length > 0
        ? scenarios.join(', ')
        : unmade === undefined
          ? 'NOTHING'
          : `${unmade.excused ? 'no mutant' : 'NO MUTANT'}: ${unmade.why}`,
    ]),
  ]);
}
