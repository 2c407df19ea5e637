/**
 * `npm run leave-one-out`: meets each pinned release as one that nobody has seen, and prints what comes of it.
 * MAYEXEC_TREES may name a folder of trees, called NAME@VERSION, of releases whose archives are unavailable.
 */
import { obtain } from '../../src/source/obtain.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { readTree } from '../../src/source/tree.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { Problem } from '../../src/problems.ts';
import { givenTree } from '../trees.ts';
import { HEAD, leftOut, rowOf } from './left-out.ts';

process.stdout.write(`${HEAD}\n`);
for (const name of targetNames()) {
  const target = await loadTarget(name);
  for (const release of target.releases) {
    try {
      const path =
        givenTree(`${name}@${release.version}`) ??
        (await obtain(target, release, { progress: quietProgress })).path;
      process.stdout.write(`${rowOf(await leftOut(target, release, readTree(path)))}\n`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      process.stdout.write(
        `| ${name}@${release.version} | not run: ${error.message.split('\n', 1)[0] ?? ''} |\n`,
      );
    }
  }
}
