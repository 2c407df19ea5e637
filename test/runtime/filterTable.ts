import { drive, errnoNamed, type Recipe, type Surroundings } from './lab.ts';
import { apart, WITH_SYSCTL, type Scripts } from './ground.ts';

/** The system calls that the helper makes beside `open`. */
type Call = 'openat2' | 'access' | 'prctl' | 'execveat';

/** A filter that answers calls: which, and when it comes. */
interface Filter {
  readonly name: string;
  /** In the order in which the filters are put up, which takes prctl. */
  readonly calls: readonly Call[];
  /** After the first file was opened, as a program does that confines itself. */
  readonly late?: true;
  /** No /proc is in sight. */
  readonly hidden?: true;
}

/** A system, and the file that is opened there. */
interface System {
  readonly name: string;
  readonly script: 'yes' | 'no';
  /** Securebits that were set before the program started. */
  readonly bits?: string;
  /** A kernel that knows the flag, with this policy. */
  readonly kernel?: 2;
  readonly recipe?: Recipe;
}

/** By filter and system: what the open ended with, `ok` or an errno by its name; the index is the filter's answer. */
export type Ends = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const STRICT: Recipe = { source: 'drive.c', flags: ['-DMAYEXEC_STRICT'] };

export const FILTERS: readonly Filter[] = [
  { name: 'openat2', calls: ['openat2'] },
  { name: 'openat2, no `/proc` in sight', calls: ['openat2'], hidden: true },
  { name: 'openat2, after the first open', calls: ['openat2'], late: true },
  { name: 'access', calls: ['access'] },
  { name: 'openat2 and access', calls: ['openat2', 'access'] },
  { name: 'prctl', calls: ['prctl'] },
  { name: 'prctl, after the first open', calls: ['prctl'], late: true },
  { name: 'execveat', calls: ['execveat'] },
  { name: 'openat2, execveat and prctl', calls: ['openat2', 'execveat', 'prctl'] },
];

export const SYSTEMS: readonly System[] = [
  { name: 'no policy: 0644', script: 'no' },
  { name: 'RESTRICT_FILE set: 0755', script: 'yes', bits: '0x100' },
  { name: 'RESTRICT_FILE set: 0644', script: 'no', bits: '0x100' },
  { name: 'O_MAYEXEC, policy 2: 0755', script: 'yes', kernel: 2 },
  { name: 'policy 2: 0644', script: 'no', kernel: 2 },
  { name: '`MAYEXEC_STRICT`, no policy: 0755', script: 'yes', recipe: STRICT },
  { name: '`MAYEXEC_STRICT`, no policy: 0644', script: 'no', recipe: STRICT },
];

async function sweep(filter: Filter, system: System, scripts: Scripts): Promise<readonly string[]> {
  const first = [
    ...(system.bits === undefined ? [] : [`bits=${system.bits}`]),
    ...(filter.late === true ? [`open=${scripts.yes}`] : []),
  ];
  const question = `sweep=${filter.calls.join('+')},open=${scripts[system.script]}`;
  const around: Surroundings = {
    ...(system.recipe !== undefined && { recipe: system.recipe }),
    ...(system.kernel !== undefined && {
      kernel: system.kernel,
      ...(filter.hidden !== true && { under: apart(WITH_SYSCTL) }),
    }),
  };
  const lines = await drive([...first, question], around);
  return lines.map((line) => line.slice('open '.length)).slice(filter.late === true ? 1 : 0);
}

/** Runs the helper under each filter on each system. */
export async function sweepAll(scripts: Scripts): Promise<Ends> {
  const all = new Map<string, Map<string, readonly string[]>>();
  for (const filter of FILTERS) {
    const row = new Map<string, readonly string[]>();
    for (const system of SYSTEMS) row.set(system.name, await sweep(filter, system, scripts));
    all.set(filter.name, row);
  }
  return all;
}

/** The table of docs/helper.md. */
export function filterTable(all: Ends): string {
  const rows = FILTERS.map((filter) => {
    const cells = SYSTEMS.map((system) => cell(filter, all.get(filter.name)?.get(system.name) ?? []));
    return `| ${[filter.name, ...cells].join(' | ')} |`;
  });
  const head = `| answered by the filter | ${SYSTEMS.map(({ name }) => name).join(' | ')} |`;
  return [head, `|${' --- |'.repeat(SYSTEMS.length + 1)}`, ...rows].join('\n');
}

/** What most answers lead to, and after that each other end with the answers that lead to it. */
function cell(filter: Filter, ends: readonly string[]): string {
  const answers = new Map<string, string[]>();
  ends.forEach((end, answer) => {
    // An openat2 that "worked" after the first open: the file is then whatever has the descriptor, here the input.
    if (answer === 0 && filter.late === true && filter.calls.includes('openat2')) return;
    const name = answer === 0 ? '0' : errnoNamed(answer);
    const shown = end === 'ok' ? 'yes' : end === 'EACCES' ? '**no**' : end === name ? 'that error' : end;
    answers.set(shown, [...(answers.get(shown) ?? []), name]);
  });
  const [most, ...others] = [...answers].sort(([, a], [, b]) => b.length - a.length);
  const exceptions = others.map(([shown, names]) => `${shown} after ${names.join(', ')}`);
  return [most?.[0] ?? '', ...exceptions].join('; ');
}
