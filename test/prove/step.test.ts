import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { step } from '../../src/prove/step.ts';

/** What is said of a step that runs a program and fails. */
async function saidOf(program: string): Promise<string> {
  try {
    await step(process.execPath, ['-e', `${program}; process.exitCode = 2`], {
      cwd: tmpdir(),
      package: 'nodejs',
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'tool-failed') return error.message;
    throw error;
  }
  throw new Error('the step did not fail');
}

it('says what a compiler says, with its quotes', async () => {
  expect(await saidOf("console.error('\\u2018x\\u2019 undeclared')")).toContain('\u2018x\u2019 undeclared');
});

it('says the last whole lines of much', async () => {
  const said = await saidOf('for (let line = 1; line <= 500; line++) console.error("line", line, "ends")');
  const [first = '', ...rest] = said.split('\n');
  expect(first).toMatch(/: line \d+ ends$/);
  expect(rest.filter((line) => !/^line \d+ ends$/.test(line))).toEqual([]);
  expect(rest.at(-1)).toBe('line 500 ends');
  expect(rest.length).toBeLessThan(200);
});
