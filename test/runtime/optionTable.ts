import { drive, type Injection, type Surroundings } from './lab.ts';
import type { Scripts } from './ground.ts';

/** A way to build: what is defined, and what the program does first. */
interface Build {
  readonly name: string;
  readonly defines: readonly string[];
  readonly first: readonly string[];
}

/** A system that a built program may meet, and what it is asked there. */
interface Situation {
  readonly name: string;
  readonly actions: (scripts: Scripts) => readonly string[];
  readonly around: Surroundings;
}

const OPTIONS = [
  'STRICT',
  'RESTRICT_FILE',
  'DENY_INTERACTIVE',
  'DENY_OPTIONS',
  'DENY_STDIN',
  'DENY_ENVIRONMENT',
  'CHECK_ALWAYS',
  'SYSLOG',
  'REPORT_ONLY',
  'DISABLE',
];

const BUILDS: readonly Build[] = [
  { name: '(none)', defines: [], first: [] },
  ...OPTIONS.map((option) => ({ name: `\`MAYEXEC_${option}\``, defines: [`MAYEXEC_${option}`], first: [] })),
  {
    name: 'the first three, in a program of the build',
    defines: ['MAYEXEC_STRICT', 'MAYEXEC_RESTRICT_FILE', 'MAYEXEC_DENY_INTERACTIVE'],
    first: ['exempt'],
  },
];

const no = ({ no: script }: Scripts): string[] => [`open=${script}`];
const yes = ({ yes: script }: Scripts): string[] => [`open=${script}`];
const noCheck: Injection = { call: 'execveat', error: 'EINVAL', when: 'real' };
const hidden: Injection = { call: 'openat2', error: 'EINVAL', when: 'always' };

const SITUATIONS: readonly Situation[] = [
  { name: 'kernel with neither: 0755', actions: yes, around: { inject: [noCheck] } },
  { name: 'Linux 6.14, no bit: 0755', actions: yes, around: {} },
  { name: 'no bit: 0644', actions: no, around: {} },
  { name: 'no bit: `-c`', actions: () => ['denied'], around: {} },
  { name: 'no bit: a variable', actions: () => ['denied=4'], around: {} },
  { name: 'no bit: stdin is a pipe', actions: () => ['stdin', 'passes=0'], around: {} },
  {
    name: 'no bit: stdin is 0755',
    actions: ({ yes: script }) => [`stdin=${script}`, 'passes=0'],
    around: {},
  },
  { name: 'RESTRICT_FILE set: 0644', actions: (scripts) => ['bits=0x100', ...no(scripts)], around: {} },
  { name: 'DENY_INTERACTIVE set: `-c`', actions: () => ['bits=0x400', 'denied'], around: {} },
  { name: 'O_MAYEXEC, policy 2: 0755', actions: yes, around: { kernel: 2 } },
  { name: 'policy 2: 0644', actions: no, around: { kernel: 2 } },
  { name: 'policy 2, flag hidden by a filter: 0644', actions: no, around: { kernel: 2, inject: [hidden] } },
];

/** Builds the helper with each option, runs it in each situation, and makes the table of docs/helper.md from that. */
export async function optionTable(scripts: Scripts): Promise<string> {
  const rows = [];
  for (const build of BUILDS) {
    const cells = [];
    for (const situation of SITUATIONS) cells.push(await cell(build, situation, scripts));
    rows.push(`| ${[build.name, ...cells].join(' | ')} |`);
  }
  const head = `| built with | ${SITUATIONS.map(({ name }) => name).join(' | ')} |`;
  return [head, `|${' --- |'.repeat(SITUATIONS.length + 1)}`, ...rows].join('\n');
}

async function cell(build: Build, { actions, around }: Situation, scripts: Scripts): Promise<string> {
  const flags = ['-DCATCH_SYSLOG', ...build.defines.map((name) => `-D${name}`)];
  const lines = await drive([...build.first, ...actions(scripts)], {
    ...around,
    recipe: { source: 'drive.c', flags },
  });
  const answer = lines.at(-1)?.endsWith(' ok') === true ? 'yes' : '**no**';
  return lines.some((line) => line.startsWith('log')) ? `${answer}, logged` : answer;
}
