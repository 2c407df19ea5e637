// Builds a program of one line, by a configure of its own, in the cache that it is given, and says on standard error
// whether it was built or found, or which problem it met: run on file systems that are noexec, full or read-only.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/problems.ts';
import { build, withCopy } from '../../src/prove/build.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import { recipeOf } from '../../src/target/recipe.ts';

/** Says what a compiler's checks say where the disk is full, and no more. */
const CONFIGURE = `#!/bin/sh
head -c 300000 /dev/zero 2>/dev/null >object || { rm object; echo 'compiler cannot create executables'; exit 77; }
printf '#!/bin/sh\\n' >bash && chmod 755 bash
`;

const [, , cache = ''] = process.argv;
const named = await namedRelease('bash@5.2.15');
if (named === undefined) throw new Error('the release is gone');
const { target, release } = named;
const recipe = { ...recipeOf(target), configure: ['./configure'], make: ['true'], binary: 'bash' } as const;
const subject = { target: { ...target, build: recipe }, release, trials: await loadTrials('bash') };
const source = mkdtempSync(join(tmpdir(), 'mayexec-test-source-'));
try {
  writeFileSync(join(source, 'configure'), CONFIGURE, { mode: 0o755 });
  const made = await build(subject, source, [], cache);
  process.stderr.write(made.fresh ? 'built\n' : 'found\n');
  if (process.argv[3] === 'copy') await withCopy(subject, made, () => Promise.resolve());
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.code} ${error.message}; ${error.hint}\n`);
} finally {
  rmSync(source, { recursive: true });
}
