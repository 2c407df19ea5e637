import { describe, expect, it } from 'vitest';
import { withBeds } from '../../src/prove/beds.ts';
import { matrixOf, runMatrix } from '../../src/prove/matrix.ts';
import type { Choice, Result } from '../../src/prove/matrix.ts';
import type { Programs } from '../../src/prove/reach.ts';
import { matrixText, outcomeText } from '../../src/report/matrix.ts';
import type { Release } from '../../src/target/contract.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { problemOf, say } from './bed.ts';
import { toy } from './interpreter.ts';
import { needs, partly, root, wholeBeds } from '../needs.ts';
import { cache } from './place.ts';

const release: Release = {
  version: '1',
  capabilities: [],
  date: '2026-01-01',
};

/** A script that sources a file, and one that is sourced by a trusted script. */
const scenarios: readonly Scenario[] = [
  {
    id: 'script',
    what: 'a script',
    files: { script: 'say script ran\n' },
    argv: ['{interpreter}', 'script'],
    marked: ['script'],
    plain: [],
    says: ['script ran'],
    refused: { says: ['script: Permission denied'], status: 126 },
    placements: ['executable', 'plain', 'owner', 'noexec'],
    users: ['root', 'nobody'],
  },
  {
    id: 'sourced',
    what: 'a sourced file',
    files: { script: { text: 'say before\nsource lib\n', mode: 0o755 }, lib: 'say lib ran\n' },
    argv: ['{interpreter}', '{folder}/script'],
    marked: ['script', 'lib'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['before\nlib ran'],
    refused: { says: ['before', 'lib: Permission denied'], never: ['lib ran'], status: 126 },
  },
];

async function run(programs: Programs, some = scenarios, choice: Choice = {}): Promise<readonly Result[]> {
  return withBeds({ cache, say }, (beds) =>
    runMatrix(matrixOf('toy', some, release, beds, programs, choice), programs),
  );
}

const shownAs = (path: string): Programs['patched'] => ({ path, shown: path });

/** By scenario, placement, user, bed and policy: what the patched interpreter did. */
function seen(results: readonly Result[]): Record<string, string> {
  const name = (one: Result): string =>
    `${one.scenario.id} ${one.placement} ${one.user}: ${one.bed.name} ${one.policy}`;
  return Object.fromEntries(
    results.filter(({ which }) => which === 'patched').map((one) => [name(one), one.seen]),
  );
}

describe('a matrix', () => {
  it(
    'is green for a patched interpreter and a stock one beside it, with every refusal that is due',
    needs(wholeBeds),
    async () => {
      const { stock, patched } = await toy();
      const results = await run({ stock: shownAs(stock), patched: shownAs(patched) });
      expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
      const cells = seen(results);
      expect(cells['script plain nobody: supervisor 2']).toBe('refused');
      expect(cells['script plain nobody: supervisor 1']).toBe('ran');
      expect(cells['script noexec nobody: supervisor 1']).toBe('refused');
      expect(cells['script noexec nobody: supervisor 2']).toBe('ran');
      expect(cells['sourced plain nobody: supervisor 3']).toBe('refused');
      expect(cells['script plain nobody: stock 0']).toBe('ran');
      if (partly(root)) {
        expect(cells['script owner nobody: supervisor 3']).toBe('refused');
        expect(cells['script owner root: supervisor 3']).toBe('ran');
        expect(cells['script plain root: supervisor 3']).toBe('refused');
      }
    },
  );

  it('is red where the interpreter that is called patched never asks', async () => {
    const { stock } = await toy();
    const results = await run({ patched: shownAs(stock) }, scenarios, {
      cells: ({ policy }) => policy === 3,
    });
    const red = results.filter(({ wrong }) => wrong.length > 0);
    expect(red.length).toBeGreaterThan(0);
    expect(red.every(({ seen: did, expected }) => did === 'ran' && expected === 'refused')).toBe(true);
    const refused = results.filter(({ expected }) => expected === 'refused');
    expect(red).toEqual(refused);
  });

  it('is red where the interpreter that is called stock is refused', async () => {
    const { patched } = await toy();
    const programs = { stock: shownAs(patched), patched: shownAs(patched) };
    const red = (await run(programs)).filter(({ wrong }) => wrong.length > 0);
    expect(red.length).toBeGreaterThan(0);
    expect(red.every(({ which, seen: did }) => which === 'stock' && did === 'refused')).toBe(true);
  });

  it('is red where a refusal has another message or status than it is to have', async () => {
    const { patched } = await toy();
    const [script] = scenarios;
    if (script?.refused === undefined) throw new Error('no scenario');
    const programs = { patched: shownAs(patched) };
    for (const refused of [
      { ...script.refused, status: 1 },
      { ...script.refused, says: ['EPERM'] },
      { ...script.refused, never: ['Permission'] },
    ]) {
      const results = await run(programs, [{ ...script, refused }], {
        cells: ({ policy, placement, bed }) =>
          policy === 3 && placement === 'plain' && bed.name === 'supervisor',
      });
      expect(results.map((one) => one.seen)).toEqual(results.map(() => 'other'));
      expect(results.length).toBeGreaterThan(0);
    }
  });

  it('has a scenario about an optional patch only where the series has that patch', async () => {
    const { patched } = await toy();
    const some = scenarios.map((one) => (one.id === 'script' ? { ...one, patch: 'extra' } : one));
    const ids = async (patches?: ReadonlySet<string>): Promise<readonly string[]> => {
      const choice = patches === undefined ? {} : { patches };
      const results = await run({ patched: shownAs(patched) }, some, choice);
      return [...new Set(results.map(({ scenario }) => scenario.id))];
    };
    expect(await ids()).toEqual(['sourced']);
    expect(await ids(new Set(['other']))).toEqual(['sourced']);
    expect(await ids(new Set(['extra']))).toEqual(['script', 'sourced']);
  });

  it('is not run for a scenario that does not say what a refusal looks like', async () => {
    const { patched } = await toy();
    const silent = scenarios.map(({ refused: _refused, ...rest }) => rest);
    const found = await problemOf(() => run({ patched: shownAs(patched) }, silent));
    expect(found?.code).toBe('target-invalid');
    expect(found?.message).toContain('scenario script does not say');
  });
});

describe('the interactive policy', () => {
  const beds = (['check', 'flag', 'none'] as const).map((mechanism) => ({
    ...{ name: mechanism, mechanism, policies: [0, 3] as const, manyUsers: true, namespaces: true },
    run: () => expect.fail('nothing is run'),
  }));
  const denied = { says: ['denied'], status: 126 };
  const undecided: Scenario = {
    ...{ id: 'option', what: 'an option', files: {}, argv: ['{interpreter}', '-c', 'say ran'] },
    ...{ marked: [], plain: [], says: ['ran'] },
  };
  const option: Scenario = { ...undecided, denied };
  const input: Scenario = { ...option, id: 'input', files: { script: 'say ran\n' }, passing: ['script'] };
  /** Where a scenario is to be refused, by bed, policy (D where it denies) and placement, and with which words. */
  const refusedIn = (scenario: Scenario): Record<string, readonly string[] | undefined> =>
    Object.fromEntries(
      matrixOf('toy', [scenario], release, beds, { stock: { path: '/s' }, patched: { path: '/p' } })
        .filter(({ expected }) => expected === 'refused')
        .map(({ bed, policy, deny, placement, which, refusal }) => {
          expect(which).toBe('patched');
          return [`${bed.name} ${policy}${deny ? 'D' : ''} ${placement}`, refusal?.says];
        }),
    );

  it('refuses an option wherever it denies, whatever the policy of files is', () => {
    expect(refusedIn(option)).toEqual({ 'check 0D plain': ['denied'], 'check 3D plain': ['denied'] });
  });

  it('refuses a file on the standard input where the file does not pass the check, and only then', () => {
    expect(refusedIn(input)).toEqual({
      'check 0D plain': ['denied'],
      'check 3D plain': ['denied'],
      'check 0D noexec': ['denied'],
      'check 3D noexec': ['denied'],
    });
  });

  it('has no say about a script, which its own policy refuses', () => {
    const [script] = scenarios;
    if (script === undefined) throw new Error('no scenario');
    const runs = { ...script, denied: 'runs', placements: ['plain'], users: ['nobody'] } as const;
    const [message] = script.refused?.says ?? [];
    expect(refusedIn(runs)).toEqual({
      'check 3 plain': [message],
      'check 3D plain': [message],
      'flag 3 plain': [message],
    });
  });

  it('is what all that nothing refuses is tried with', () => {
    const cells = matrixOf('toy', [{ ...undecided, open: 'not asked yet' }], release, beds, {
      patched: { path: '/p' },
    });
    expect(cells.map(({ bed, policy, deny }) => `${bed.name} ${policy}${deny ? 'D' : ''}`)).toEqual([
      'check 0',
      'check 0D',
      'check 3',
      'check 3D',
      'flag 0',
      'flag 3',
      'none 0',
      'none 3',
    ]);
    expect(cells.every(({ expected }) => expected === 'ran')).toBe(true);
  });
});

describe('the text of a matrix', () => {
  const one = {
    scenario: 'script',
    what: 'a script',
    placement: 'plain',
    user: 'nobody',
    bed: 'supervisor',
    policy: 3,
    deny: false,
    interpreter: 'patched',
    expected: 'refused',
    seen: 'refused',
    wrong: [],
  } as const;

  it('has a row for each scenario, the controls last, and a count', () => {
    const stock = { ...one, interpreter: 'stock', expected: 'ran', seen: 'ran' } as const;
    expect(matrixText([one, { ...one, policy: 0, expected: 'ran', seen: 'ran' }, stock])).toBe(
      'scenario  code is  user    supervisor 0  3        unpatched\n' +
        'script    plain    nobody  ran           refused  ran 1 of 1\n' +
        '3 runs, 0 not as expected\n',
    );
  });

  it('shows what is not as expected in capitals and in words, and ways in that are open', () => {
    const text = matrixText([
      { ...one, seen: 'ran', wrong: ['printed "script ran"'] },
      { ...one, scenario: 'command', expected: 'ran', seen: 'ran', open: 'nothing is asked' },
    ]);
    expect(text).toContain('script    plain    nobody  RAN           -\n');
    expect(text).toContain('command   plain    nobody  open          -\n');
    expect(text).toContain('open, nothing refuses them yet: 1 scenarios\n  command: nothing is asked\n');
    expect(text).toContain(
      '  script, patched: ran, not refused\n    in supervisor 3 (plain, nobody)\n      printed "script ran"\n',
    );
    expect(text).toMatch(/2 runs, 1 not as expected\nit refused nothing that a policy refuses, .*\n$/);
  });

  it('of outcomes has holes and breaks, and nothing else', () => {
    const hole = { ...one, seen: 'ran', wrong: ['hole: status 0, printed "script ran"'] } as const;
    const broken = { ...one, scenario: 'command', expected: 'ran', wrong: ['break: status 1'] } as const;
    expect(outcomeText([one, hole, { ...hole, user: 'root' }, broken])).toBe(
      'holes: code ran although a policy refuses it:\n' +
        '  script, patched: ran, not refused\n' +
        '    in supervisor 3 (plain, nobody), supervisor 3 (plain, root)\n' +
        '      hole: status 0, printed "script ran"\n' +
        'breaks: code did not run although nothing refuses it:\n' +
        '  command, patched: refused, not ran\n' +
        '    in supervisor 3 (plain, nobody)\n' +
        '      break: status 1\n' +
        '4 runs: 2 holes in 1 scenarios, 1 breaks in 1\n',
    );
    expect(outcomeText([one])).toBe('1 runs: 0 holes in 0 scenarios, 0 breaks in 0\n');
  });
});
