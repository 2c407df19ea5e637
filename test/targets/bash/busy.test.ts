import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packageFolder } from '../../../src/package.ts';
import { fillTemplate } from '../../../src/render/template.ts';
import type { RuntimeOptions } from '../../../src/runtime/render.ts';
import { loadTarget } from '../../../src/target/find.ts';
import { gcc, needs, securebits } from '../../needs.ts';
import { makeScripts } from '../../runtime/ground.ts';
import { drive } from '../../runtime/lab.ts';

const scripts = makeScripts();
afterAll(scripts.remove);
const target = await loadTarget('bash');

/** What bash's template asks of the helper about files that are being written. */
function asked(): Pick<RuntimeOptions, 'busy'> {
  const [release] = target.releases;
  if (release === undefined) throw new Error('bash has no release');
  let found: Pick<RuntimeOptions, 'busy'> = {};
  const runtime = (options: RuntimeOptions): string => {
    found = options.busy === undefined ? {} : { busy: options.busy };
    return '';
  };
  fillTemplate(target, 'opencode.c.ejs', { release, runtime });
  return found;
}

test(
  'docs/bash.md promises the words of ETXTBSY, and the helper as bash has it gives that errno',
  needs(gcc, securebits),
  async () => {
    expect(readFileSync(join(packageFolder, 'docs', 'bash.md'), 'utf8')).toContain(
      '`Text file busy`, status 126',
    );
    const actions = ['bits=0x100', `write=${scripts.yes}`, `open=${scripts.yes}`];
    const recipe = { source: 'drive.c', runtime: asked() } as const;
    expect(await drive(actions, { recipe })).toEqual(['open ETXTBSY']);
  },
);
