import type { Placement } from '../target/scenario.ts';
import { columns } from './terminal.ts';

/** A run, as it is reported. */
export interface MatrixRun {
  readonly scenario: string;
  readonly what: string;
  /** `irregular`: no regular file, `none`: no file that a policy judges, or one with its own mode. */
  readonly placement: Placement | 'irregular' | 'none';
  readonly user: string;
  readonly bed: string;
  readonly policy: number;
  /** Whether code that comes from no file is refused too. */
  readonly deny: boolean;
  readonly interpreter: 'stock' | 'patched';
  readonly expected: 'ran' | 'refused';
  readonly seen: 'ran' | 'refused' | 'other';
  /** Why nothing refuses it yet, where that is so. */
  readonly open?: string | undefined;
  readonly wrong: readonly string[];
}

/**
 * A matrix for a person: a row for each scenario, placement and user, a column for each bed and policy, and at the
 * end the controls with the unpatched interpreter. What is not as expected is in capitals, and below, in words.
 */
export function matrixText(runs: readonly MatrixRun[]): string {
  const places = placesOf(runs);
  const rows = unique(runs.map(rowName));
  const cells = rows.map((name) => {
    const mine = runs.filter((run) => rowName(run) === name);
    const stock = mine.filter(({ interpreter }) => interpreter === 'stock');
    const cell = (place: string): string => {
      const [run] = mine.filter((one) => one.interpreter === 'patched' && placeOf(one) === place);
      return run === undefined ? '-' : word(run);
    };
    const good = stock.filter(({ wrong }) => wrong.length === 0).length;
    const [first] = mine;
    const unpatched = stock.length === 0 ? '-' : `ran ${good} of ${stock.length}`;
    return [first?.scenario ?? '', first?.placement ?? '', first?.user ?? '', ...places.map(cell), unpatched];
  });
  const wrong = runs.filter((run) => run.wrong.length > 0);
  const open = unique(
    runs.flatMap((run) => (run.open === undefined ? [] : [`  ${run.scenario}: ${run.open}\n`])),
  );
  return [
    columns([['scenario', 'code is', 'user', ...heads(places), 'unpatched'], ...cells]),
    open.length === 0 ? '' : `open, nothing refuses them yet: ${open.length} scenarios\n${open.join('')}`,
    wrong.length === 0 ? '' : `not as expected:\n${wrongText(wrong)}`,
    `${runs.length} runs, ${wrong.length} not as expected\n`,
    refusesNothing(runs)
      ? 'it refused nothing that a policy refuses, as an interpreter without the series does\n'
      : '',
  ].join('');
}

/** Whether an interpreter that should be patched ran all code that a policy refuses: most likely it is a stock one. */
function refusesNothing(runs: readonly MatrixRun[]): boolean {
  const due = runs.filter(({ interpreter, expected }) => interpreter === 'patched' && expected === 'refused');
  return due.length > 0 && due.every(({ seen }) => seen !== 'refused');
}

/**
 * Only what is wrong with a matrix that was judged by its outcome: code that ran where a policy refuses it, and code that
 * did not where none does.
 */
export function outcomeText(runs: readonly MatrixRun[]): string {
  const patched = runs.filter(({ interpreter }) => interpreter === 'patched');
  const wrong = (seen: MatrixRun['seen']): readonly MatrixRun[] =>
    patched.filter((run) => run.wrong.length > 0 && (run.seen === 'ran') === (seen === 'ran'));
  const part = (head: string, some: readonly MatrixRun[]): string =>
    some.length === 0 ? '' : `${head}:\n${wrongText(some)}`;
  const [holes, breaks] = [wrong('ran'), wrong('refused')];
  const names = (some: readonly MatrixRun[]): number => unique(some.map(({ scenario }) => scenario)).length;
  const stock = runs.filter((run) => run.interpreter === 'stock' && run.wrong.length > 0);
  return [
    part('holes: code ran although a policy refuses it', holes),
    part('breaks: code did not run although nothing refuses it', breaks),
    part('the unpatched interpreter, as control', stock),
    `${runs.length} runs: ${holes.length} holes in ${names(holes)} scenarios, ${breaks.length} breaks in ${names(breaks)}\n`,
  ].join('');
}

/** Runs that are not as expected: a part for each scenario and what it did, with what is wrong in the first of them. */
function wrongText(runs: readonly MatrixRun[]): string {
  const kind = ({ scenario, interpreter, seen, expected }: MatrixRun): string =>
    `${scenario}, ${interpreter}: ${seen}, not ${expected}`;
  return unique(runs.map(kind))
    .map((name) => {
      const mine = runs.filter((run) => kind(run) === name);
      const places = mine.map((run) => `${placeOf(run)} (${run.placement}, ${run.user})`);
      const lines = (mine[0]?.wrong ?? []).map((line) => `      ${line}\n`).join('');
      return `  ${name}\n    in ${places.join(', ')}\n${lines}`;
    })
    .join('');
}

/** The columns: beds in their order, and the policies of each. */
function placesOf(runs: readonly MatrixRun[]): readonly string[] {
  return unique(runs.map(({ bed }) => bed)).flatMap((bed) =>
    unique(runs.filter((run) => run.bed === bed).map(placeOf)).toSorted(),
  );
}

/** A bed and its policies; `D` is that of code that comes from no file. */
function placeOf({ bed, policy, deny }: MatrixRun): string {
  return `${bed} ${policy}${deny ? 'D' : ''}`;
}

/** The policies of a bed are below its name once. */
function heads(places: readonly string[]): readonly string[] {
  return places.map((place, index) => {
    const [bed = '', policy = ''] = place.split(' ');
    return places[index - 1]?.startsWith(`${bed} `) === true ? policy : place;
  });
}

function word({ seen, wrong, open }: MatrixRun): string {
  if (wrong.length > 0) return seen.toUpperCase();
  return open === undefined ? seen : 'open';
}

function rowName({ scenario, placement, user }: MatrixRun): string {
  return `${scenario} ${placement} ${user}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
