import type { Bed } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import type { Build } from '../../src/prove/build.ts';
import { programOf } from '../../src/prove/build.ts';
import { jobOf, programIn } from '../../src/prove/scene.ts';
import type { Program } from '../../src/prove/scene.ts';
import { inShell, wordsOf } from '../../src/target/dialect.ts';
import type { Dialect } from '../../src/target/dialect.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { bedOptions } from './in-beds.ts';
import type { Outcome } from './checks.ts';
import { loadDialect } from './subjects.ts';
import type { Subject } from './subjects.ts';

/**
 * The kernel's own view of what each combination of the two securebits lets an interpreter run: the 32 cells that
 * tools/testing/selftests/exec/check-exec-tests.sh (Linux 6.14) asks of its sample interpreter. `x` is a file that may be
 * executed, `-` one that may not; each letter of an answer is a combination: none, RESTRICT_FILE, DENY_INTERACTIVE, both;
 * y runs, n does not.
 */
const CELLS = {
  'executed x': 'yyyy',
  'executed -': 'nnnn',
  'argument x': 'yyyy',
  'argument -': 'ynyn',
  'input x': 'yyyy',
  'input -': 'yynn',
  'pipe -': 'yynn',
  'option -': 'yynn',
} as const;

/** What an interpreter without the series does: the kernel alone refuses to execute a file without x bits. */
const STOCK: Readonly<Record<keyof typeof CELLS, string>> = {
  ...{ 'executed x': 'yyyy', 'executed -': 'nnnn', 'argument x': 'yyyy', 'argument -': 'yyyy' },
  ...{ 'input x': 'yyyy', 'input -': 'yyyy', 'pipe -': 'yyyy', 'option -': 'yyyy' },
};

const COMBINATIONS = [
  { policy: 0, deny: false },
  { policy: 3, deny: false },
  { policy: 0, deny: true },
  { policy: 3, deny: true },
] as const;

/** Asks each cell of an interpreter, and of the unpatched one as control. */
export async function kernelCells(subject: Subject, stock: Build, patched: Build): Promise<Outcome> {
  const dialect = await loadDialect(subject.target.name);
  return withBeds({ ...bedOptions(), only: ['securebits'] }, async ([bed]) => {
    if (bed === undefined) return { ok: true, said: 'not run: Linux 6.14 has the securebits' };
    const lines = [
      ...(await unlike(bed, dialect, programOf(subject, patched), CELLS, 'patched')),
      ...(await unlike(bed, dialect, programOf(subject, stock), STOCK, 'stock')),
    ];
    const count = Object.keys(CELLS).length * COMBINATIONS.length;
    return { ok: lines.length === 0, said: `${count} cells, held against the kernel's own tests`, lines };
  });
}

/** The cells that are not as they should be, a line each. */
async function unlike(
  bed: Bed,
  dialect: Dialect,
  whole: Program,
  wanted: Readonly<Record<string, string>>,
  which: string,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [cell, answers] of Object.entries(wanted)) {
    let seen = '';
    for (const combination of COMBINATIONS)
      seen += (await runs(bed, dialect, whole, cell, combination)) ? 'y' : 'n';
    if (seen !== answers) lines.push(`${which}, ${cell}: ${seen}, not ${answers}`);
  }
  return lines;
}

/** Whether the code of a cell ran. */
async function runs(
  bed: Bed,
  dialect: Dialect,
  whole: Program,
  cell: string,
  { policy, deny }: (typeof COMBINATIONS)[number],
): Promise<boolean> {
  const [how = '', mode] = cell.split(' ');
  const text = dialect.hello('cell');
  const line = ['#!{interpreter}', ...wordsOf(dialect).script].join(' ');
  const script = { text: `${line}\n${text}`, mode: mode === 'x' ? 0o755 : 0o644 };
  const scenario: Scenario = {
    ...{ id: cell, what: cell, marked: [], plain: [], says: ['cell ran'], files: { script, plain: text } },
    argv: ['/bin/sh', '-c', commandOf(how, dialect), '{interpreter}'],
    ...(dialect.env && { env: dialect.env }),
  };
  const program = programIn(bed, whole);
  const { stdout } = await bed.run(
    jobOf(scenario, program, { placement: 'plain', user: 'nobody', policy, deny }),
  );
  return stdout.toString('latin1').includes('cell ran');
}

/** How a shell has the interpreter, which it knows as `$0`, run the code. */
function commandOf(how: string, dialect: Dialect): string {
  const { option, script, input, operands } = wordsOf(dialect);
  switch (how) {
    case 'executed':
      return ['./script', ...operands].join(' ');
    case 'argument':
      return inShell(...script, 'script', ...operands);
    case 'input':
      return `${inShell(...input, ...operands)} <script`;
    case 'pipe':
      return `cat script | ${inShell(...input, ...operands)}`;
    default:
      return inShell(...option, '"$(cat plain)"', ...operands);
  }
}
