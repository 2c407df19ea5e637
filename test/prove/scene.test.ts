import { describe, expect, it } from 'vitest';
import { jobIn } from '../../src/prove/job-in.ts';
import { judgeEnding, judgeOutcome } from '../../src/prove/judge.ts';
import { refuses, refusesIrregular } from '../../src/prove/placement.ts';
import { answerOf } from '../../src/prove/run-table.ts';
import { hasCode, hasJudged, isCode, jobOf, matches, neutral } from '../../src/prove/scene.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import type { Policy } from '../../src/prove/bed.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { inBed } from './bed.ts';
import { needs, partly, root, wholeBeds } from '../needs.ts';

const scenario: Scenario = {
  id: 'scene',
  what: 'files of every kind',
  files: {
    'lib/code': 'in {folder}\n',
    'own-mode': { text: 'x', mode: 0o711 },
    data: 'y',
    link: { link: '{folder}/lib/code' },
    other: { hard: 'lib/code' },
    'empty/': '',
  },
  argv: ['/bin/sh', '-c', 'true'],
  marked: ['lib/*'],
  plain: ['data'],
  says: ['ran'],
  refused: { says: ['Permission denied'], status: 126 },
};

const sh = { path: '/bin/sh' };
const at = { placement: 'plain', policy: 3, user: 'nobody', deny: false } as const;

describe('a scene', () => {
  it(
    'is laid as the scenario says: modes and owners by placement, links, other names, folders',
    needs(wholeBeds),
    async () => {
      const script =
        'stat -c "%n %a %h" lib/code own-mode data other empty home; readlink link; cat link; ' +
        'cp /usr/bin/true here; chmod 755 here; ./here 2>/dev/null && echo runs || echo noexec';
      const argv = ['/bin/sh', '-c', script];
      await inBed('stock', async (bed) => {
        const seen = async (placement: 'executable' | 'plain' | 'noexec'): Promise<string> => {
          const where = { ...at, placement, policy: 0 } as const;
          const { stdout, folder } = await bed.run(jobOf({ ...scenario, argv }, sh, where));
          return neutral(stdout.toString(), sh, folder);
        };
        const rest = (mode: number, where: string): string =>
          `lib/code ${mode} 2\nown-mode 711 1\ndata 644 1\nother ${mode} 2\nempty 755 2\nhome 755 2\n` +
          `{folder}/lib/code\nin {folder}\n${where}\n`;
        expect(await seen('plain')).toBe(rest(644, 'runs'));
        expect(await seen('executable')).toBe(rest(755, 'runs'));
        expect(await seen('noexec')).toBe(rest(755, 'noexec'));
        if (!partly(root)) return;
        const owned = { ...scenario, argv: ['/usr/bin/stat', '-c', '%a %u', 'lib/code', 'data'] };
        const { stdout } = await bed.run(jobOf(owned, sh, { ...at, placement: 'owner', policy: 0 }));
        expect(stdout.toString()).toBe('744 0\n644 65534\n');
      });
    },
  );

  it('knows its code: what is opened as such and has no mode of its own', () => {
    const code = Object.keys(scenario.files).filter((name) => isCode(scenario, name));
    expect(code).toEqual(['lib/code']);
    expect(isCode({ ...scenario, judged: ['data'] }, 'data')).toBe(true);
    expect(isCode({ ...scenario, judged: ['own-mode', 'nowhere'] }, 'own-mode')).toBe(false);
    expect(matches('a/b.c', 'a/*.c')).toBe(true);
    expect(matches('a/b/c.c', 'a/*.c')).toBe(false);
    expect(matches('a/bxc', 'a/b.c')).toBe(false);
  });

  it('places what is the standard input, which is no code to the policies of files', () => {
    const input = { ...scenario, marked: [], passing: ['data'] };
    expect([isCode(input, 'data'), hasCode(input), hasJudged(input)]).toEqual([true, true, false]);
    expect([hasCode(scenario), hasJudged(scenario)]).toEqual([true, true]);
  });

  it('is told to refuse what comes from no file only where it is to', () => {
    expect(jobOf(scenario, sh, { ...at, deny: true }).denyInteractive).toBe(true);
    expect(jobOf(scenario, sh, at).denyInteractive).toBeUndefined();
  });
});

it('a job names its folder in arguments, environment, texts and links, and not in its paths', () => {
  const job = jobIn(
    {
      argv: ['@/run', '--in=@', 'x'],
      policy: 0,
      user: 'nobody',
      place: '@',
      env: { HOME: '@/home' },
      fixtures: [
        { kind: 'file', path: 'a@', text: 'at @' },
        { kind: 'link', path: 'b', to: '@/a' },
        { kind: 'bind', path: 'c', from: '/from@' },
      ],
    },
    '/place',
  );
  expect(job.argv).toEqual(['/place/run', '--in=/place', 'x']);
  expect(job.env).toEqual({ HOME: '/place/home' });
  expect(job.fixtures).toEqual([
    { kind: 'file', path: 'a@', text: 'at /place' },
    { kind: 'link', path: 'b', to: '/place/a' },
    { kind: 'bind', path: 'c', from: '/from@' },
  ]);
});

describe('a placement', () => {
  const beds = [
    { name: 'supervisor', mechanism: 'flag', policies: [0, 1, 2, 3] },
    { name: 'securebits', mechanism: 'check', policies: [0, 3] },
  ] as const;
  const answer = (name: string, user: 'root' | 'nobody', policy: Policy, bed: string): string => {
    const row = TABLE.find((one) => one.name === name);
    if (row === undefined) throw new Error(`the table has no row ${name}`);
    return answerOf(row, user, policy, bed, DIFFERENCES);
  };

  it('is refused where the table of the beds has it refused', () => {
    const rows = { executable: '0755', plain: '0644', owner: '0744-of-root', noexec: '0755-noexec' } as const;
    for (const { name, mechanism, policies } of beds) {
      for (const policy of policies) {
        for (const user of ['root', 'nobody'] as const) {
          for (const placement of ['executable', 'plain', 'owner', 'noexec'] as const) {
            const refused = answer(rows[placement], user, policy, name) === 'EACCES';
            const said = refuses(mechanism, policy, placement, user);
            expect(said, `${name} ${policy} ${placement} ${user}`).toBe(refused);
          }
          for (const row of ['pipe', 'fifo', 'dev-null'])
            expect(refusesIrregular(mechanism, policy)).toBe(answer(row, user, policy, name) === 'EACCES');
        }
      }
    }
  });

  it('is refused nowhere on a stock kernel', () => {
    expect(refuses('none', 3, 'plain', 'nobody')).toBe(false);
    expect(refusesIrregular('none', 3)).toBe(false);
  });
});

describe('an ending', () => {
  const both = { status: 126, output: 'ran\nPermission denied\n' };
  it('is a refusal only where message and status are there, and nothing ran', () => {
    const refusal = { status: 126, output: 'sh: Permission denied\n' };
    expect(judgeEnding(scenario, 'refused', refusal)).toEqual({ seen: 'refused', wrong: [] });
    expect(judgeEnding(scenario, 'refused', both)).toEqual({ seen: 'other', wrong: ['printed "ran"'] });
    const { seen, wrong } = judgeEnding(scenario, 'refused', { status: 1, output: 'sh: no such tool\n' });
    expect(seen).toBe('other');
    expect(wrong).toHaveLength(2);
  });

  it('is a run only where the text and the status are those of one', () => {
    expect(judgeEnding(scenario, 'ran', { status: 0, output: 'ran\n' })).toEqual({ seen: 'ran', wrong: [] });
    expect(judgeEnding(scenario, 'ran', both).seen).toBe('other');
    expect(judgeEnding(scenario, 'ran', { status: 126, output: 'Permission denied' }).seen).toBe('refused');
    expect(judgeEnding(scenario, 'refused', { status: 0, output: 'ran\n' }).seen).toBe('ran');
  });
});

describe('an outcome', () => {
  const other = { status: 1, output: 'sh: policy says no\n' };
  const ran = { status: 3, output: 'warning: ran\n' };

  it('is the same whatever the words and the status are', () => {
    expect(judgeOutcome(scenario, 'refused', other)).toEqual({ seen: 'refused', wrong: [] });
    expect(judgeOutcome(scenario, 'ran', ran)).toEqual({ seen: 'ran', wrong: [] });
  });

  it('is a hole where code ran that is refused, and a break where code did not that is not', () => {
    expect(judgeOutcome(scenario, 'refused', ran)).toEqual({
      seen: 'ran',
      wrong: ['hole: status 3, printed "warning: ran\\n"'],
    });
    expect(judgeOutcome(scenario, 'ran', other)).toEqual({
      seen: 'refused',
      wrong: ['break: status 1, printed "sh: policy says no\\n"'],
    });
  });

  it('is no fault where more is refused than we refuse', () => {
    expect(judgeOutcome({ ...scenario, open: 'not asked yet' }, 'ran', other).wrong).toEqual([]);
  });

  it('of a denial is held against what the denial must not print', () => {
    const denial = { says: ['denied'], never: ['secret'], status: 126 };
    expect(judgeOutcome(scenario, 'refused', ran, denial).seen).toBe('refused');
    expect(judgeOutcome(scenario, 'refused', { status: 0, output: 'secret' }, denial).seen).toBe('ran');
  });
});
