import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { overlay } from '../../src/source/overlay.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Target } from '../../src/target/contract.ts';
import { locked } from '../locked.ts';
import { target } from './target.ts';

const [release] = target.releases;
if (release === undefined) throw new Error('toy has no release');
const toy = readTree(join(packageFolder, 'test', 'toy', 'tree'));

const added = overlay(
  toy,
  new Map([
    ['src/any.c', 'int\nmy_open_any (const char *p)\n{\n  return SYS_OPENER (p, O_RDONLY);\n}\n'],
    ['src/use.c', 'int\nuse (char *name)\n{\n  return run (my_open_any (name));\n}\n'],
  ]),
);

const made = (of: Target): Promise<unknown> => makeSeries({ tree: added, target: of, release });
const decided: Target = {
  ...target,
  rules: [
    ...target.rules,
    {
      id: 'any',
      places: [{ files: { 'src/any.c': '...' } }],
      verdict: 'exempt',
      roles: ['data'],
      why: 'whatever it is given',
    },
  ],
};

describe('toy, and a function that opens whatever it is given', () => {
  it('gives no series though each site is decided: nothing says what its callers open', async () => {
    await expect(made(decided)).rejects.toMatchObject({
      code: 'hidden-opens',
      exit: PROBLEMS['hidden-opens'].exit,
      message: expect.stringContaining(
        '  src/any.c:4: my_open_any: SYS_OPENER (p, O_RDONLY); called in src/use.c:4',
      ) as string,
    });
  });

  it('is said before what is undecided, since its calls are sites once it is an opener', async () => {
    await expect(made(target)).rejects.toMatchObject({ code: 'hidden-opens', details: { count: 1 } });
    const opener = { ...target.openers[5], token: /my_open_any/ } as (typeof target.openers)[number];
    await expect(made({ ...decided, openers: [...target.openers, opener] })).rejects.toMatchObject({
      code: 'to-review',
      message: expect.stringContaining('src/use.c:4: use: my_open_any (name)') as string,
    });
  });

  it('gives a series where the reason is written down why its callers need not be looked at', async () => {
    const wrappers = [
      ...(target.wrappers ?? []),
      { file: 'src/any.c', name: 'my_open_any', why: 'runs nothing' },
    ];
    const whole = await locked({ tree: added, target: { ...decided, wrappers }, release });
    await expect(made(whole)).resolves.toMatchObject({
      series: { patches: expect.any(Array) as [] },
    });
  });
});
