import { expect, it } from 'vitest';
import type { Dialect } from '../../src/target/dialect.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { commonScenarios } from '../../src/target/shapes.ts';
import { shellScenarios } from '../../src/target/shell-shapes.ts';
import { smallShellScenarios } from '../../src/target/small-shells/small-shells.ts';

const plain: Dialect = {
  extension: '.toy',
  option: '-e',
  hello: (name) => `say ${name} ran\n`,
  refused: (name) => [`cannot open ${name}`],
  status: 2,
};

/** What each shared scenario runs, in one text. */
function commands(dialect: Dialect): ReadonlyMap<string, string> {
  return new Map(
    commonScenarios(dialect, []).map(({ id, argv, files }) => {
      const { tool } = files;
      return [id, `${argv.join(' ')} ${JSON.stringify(tool ?? '')}`];
    }),
  );
}

it('shared scenarios put the words of a dialect before each script, and those for the standard input after the program', () => {
  const without = commands(plain);
  const withWords = commands({ ...plain, script: ['-f'], input: ['-f', '-'] });
  expect([...withWords.keys()]).toEqual([...without.keys()]);
  for (const [id, command] of withWords) {
    const word = id.startsWith('stdin-') ? ' -f -' : ' -f';
    expect(command, id).toContain(word);
    expect(command.replace(word, ''), id).toBe(without.get(id));
  }
});

it('shared scenarios put what a script works on behind each script, and in the other root', () => {
  const without = commands(plain);
  const withOperand = commands({ ...plain, operands: ['/file'] });
  expect([...withOperand.keys()]).toEqual([...without.keys()]);
  for (const [id, command] of withOperand) {
    expect(command, id).toContain(' /file');
    // An argument of a script is in its place.
    const [first = '', ...others] = command.split(' /file');
    const rest = [id === 'script' ? `${first} argument` : first, ...others].join('');
    expect(rest, id).toBe(without.get(id));
  }
});

it('a program from the standard input that is denied ends with the status of a refused script, or with its own', () => {
  const statusOf = (status?: number): Scenario['denied'] =>
    commonScenarios(
      { ...plain, denied: { input: ['denied'], patch: 'commands', ...(status !== undefined && { status }) } },
      [],
    ).find(({ id }) => id === 'stdin-pipe')?.denied;
  expect(statusOf()).toEqual({ says: ['denied'], status: 2 });
  expect(statusOf(1)).toEqual({ says: ['denied'], status: 1 });
});

it('scenarios of shells put an applet before each option and script, and leave out those that the shell has itself', () => {
  const endings = {
    sourced: (name: string) => ({ says: [name], status: 2 }),
    command: { says: ['denied'], status: 2 },
    ends: true,
  };
  const all = shellScenarios({ ...plain, applet: 'toy' }, endings, []);
  for (const { id, argv } of all) expect(argv.join(' '), id).toMatch(/^\{interpreter\} toy |"\$0" toy/);
  const [first] = all;
  if (first === undefined) throw new Error('there is none');
  const rest = shellScenarios({ ...plain, applet: 'toy' }, endings, [first]);
  expect(rest.map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
});

it('a shell that goes on where a file is refused says what comes behind it', () => {
  const nested = (ends: boolean): Scenario['refused'] =>
    shellScenarios(
      plain,
      { sourced: (name) => ({ says: [`no ${name}`], status: 2 }), command: { says: [], status: 2 }, ends },
      [],
    ).find(({ id }) => id === 'dot-nested')?.refused;
  expect(nested(true)).toEqual({ says: ['no ./two.toy'], never: ['one ran', 'two ran'], status: 2 });
  expect(nested(false)).toEqual({ says: ['no ./two.toy', 'one ran'], never: ['two ran'], status: 0 });
});

it('a small shell of a family has its scenarios, an applet before each, and none that the target has itself', () => {
  const voice = {
    dialect: { ...plain, applet: 'toy' },
    refusedFile: (name: string, status: number) => ({ says: [`no ${name}`], status }),
    dotStatus: 3,
    foundAs: 'name',
    missing: (name: string) => [`nowhere ${name}`],
    startup: ['home/.toyrc'],
    denied: (what: string) => ({ says: [`denied ${what}`], status: 4 }),
    environmentPatch: 'environment',
  } as const;
  const korn = smallShellScenarios(voice, 'korn', []);
  const almquist = smallShellScenarios(voice, 'almquist', []);
  for (const { id, argv } of almquist)
    if (id !== 'login-name') expect(argv.join(' '), id).toMatch(/^\{interpreter\} toy|"\$0" toy/);
  expect(new Set(almquist.map(({ id }) => id)).size).toBe(almquist.length);
  const only = almquist.map(({ id }) => id).filter((id) => !korn.some((one) => one.id === id));
  expect(only).toContain('function-folder');
  const found = (id: string): Scenario | undefined => korn.find((one) => one.id === id);
  expect(found('dot-path')?.refused).toEqual({ says: ['no two.sh'], status: 3 });
  expect(found('terminal')?.marked).toEqual(['home/.toyrc']);
  expect(found('trace-prompt')?.patch).toBe('environment');
  const [first] = korn;
  if (first === undefined) throw new Error('there is none');
  expect(smallShellScenarios(voice, 'korn', [first])).toHaveLength(korn.length - 1);
});
