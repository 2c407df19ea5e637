/** `npm run leave-one-out`: meets each pinned release as one that nobody has seen, and prints what comes of it. */
import { obtain } from '../../src/source/obtain.js';
import { quietProgress } from '../../src/source/progress.js';
import { readTree } from '../../src/source/tree.js';
import { loadTarget, targetNames } from '../../src/target/find.js';
import { Problem } from '../../src/problems.js';
import { HEAD, leftOut, rowOf } from './left-out.js';

process.stdout.write(`${HEAD}\n`);
for (const name of targetNames()) {
  const target = await loadTarget(name);
  for (const release of target.releases) {
    try {
      const { path } = await obtain(target, release, { progress: quietProgress });
      process.stdout.write(`${rowOf(await leftOut(target, release, readTree(path)))}\n`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      process.stdout.write(
        `| ${name}@${release.version} | not run: ${error.message.split('\n', 1)[0] ?? ''} |\n`,
      );
    }
  }
}
