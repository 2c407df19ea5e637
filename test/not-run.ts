import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Lack } from './needs.ts';

/** Tests that were not run for one reason. */
interface Reason extends Lack {
  /** By file, how many of its tests. */
  readonly files: Map<string, number>;
  /** By file, how many tests ran in part. */
  readonly parts: Map<string, number>;
}

/**
 * Names at the end of a run, once each, what the machine lacked, what brings it, and how many tests of which files were
 * not run for it. A test that is skipped and does not say why makes the run a failure.
 */
export class NotRun implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const { reasons, silent } = reasonsOf(tests, skipped);
    // What was filtered out by a name on the command line is no lack of the machine.
    const filtered = process.argv.some((argument) => /^(-t|--testNamePattern)/.test(argument));
    if (silent.length > 0 && !filtered) {
      process.exitCode = 1;
      print(
        `\nskipped without a reason, which counts as a failure:\n${silent.map((one) => `  ${one}\n`).join('')}`,
      );
    }
    print(summaryOf(reasons, skipped.length - silent.length, tests.length));
  }
}

function reasonsOf(
  tests: readonly TestCase[],
  skipped: readonly TestCase[],
): { readonly reasons: readonly Reason[]; readonly silent: readonly string[] } {
  const reasons = new Map<string, Reason>();
  const silent: string[] = [];
  const reasonOf = ({ what, brings }: Lack): Reason => {
    const found = reasons.get(what) ?? { what, brings, files: new Map(), parts: new Map() };
    reasons.set(what, found);
    return found;
  };
  for (const test of skipped) {
    const lacking = lackingOf(test);
    // The first is reason enough: a test is counted once.
    const [first] = lacking;
    if (first === undefined) silent.push(`${test.module.relativeModuleId} > ${test.fullName}`);
    else count(reasonOf(first).files, test);
    for (const one of lacking.slice(1)) reasonOf(one);
  }
  for (const test of tests) for (const one of test.meta().partly ?? []) count(reasonOf(one).parts, test);
  return { reasons: [...reasons.values()], silent };
}

/** What a test or a group that it is in says it lacks. */
function lackingOf(test: TestCase): readonly Lack[] {
  for (let task: TestCase | TestCase['parent'] = test; task.type !== 'module'; task = task.parent) {
    const { lacking } = task.meta();
    if (lacking !== undefined) return lacking;
  }
  return [];
}

function count(files: Map<string, number>, { module }: TestCase): void {
  const file = module.relativeModuleId;
  files.set(file, (files.get(file) ?? 0) + 1);
}

/** The text for the end of a run; empty where all was run. */
export function summaryOf(reasons: readonly Reason[], skipped: number, all: number): string {
  if (reasons.length === 0) return '';
  const bySize = [...reasons].sort((a, b) => total(b) - total(a) || (a.what < b.what ? -1 : 1));
  const lines = bySize.filter(counts).map((reason) => {
    const { what, brings, files, parts } = reason;
    const whole = [...files].map(([file, tests]) => `    ${file}: ${tests}`);
    const some = [...parts].map(([file, tests]) => `    ${file}: a part of ${tests}`);
    return [`  ${what}: ${total(reason)}; ${brings}`, ...whole, ...some].join('\n');
  });
  const further = bySize.filter((one) => !counts(one)).map(({ what, brings }) => `${what} (${brings})`);
  if (further.length > 0) lines.push(`  and then, for some of these: ${further.join(', ')}`);
  const short = bySize
    .filter((one) => total(one) > 0)
    .map((reason) => `${reason.what} ${total(reason)}`)
    .join(', ');
  return `\nnot run here, for what this machine lacks:\n${lines.join('\n')}\nnot run: ${skipped} of ${all} tests (${short})\n`;
}

/** Whether a test was left out for it, in whole or in part, and not for something else first. */
function counts({ files, parts }: Reason): boolean {
  return files.size + parts.size > 0;
}

function total({ files }: Reason): number {
  return [...files.values()].reduce((sum, tests) => sum + tests, 0);
}

function print(text: string): void {
  process.stderr.write(text);
}
