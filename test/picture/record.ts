import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { build } from '../../src/prove/build.ts';
import { obtain } from '../../src/source/obtain.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { readTree } from '../../src/source/tree.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import type { Step } from './svg.ts';

/** The release that is recorded. */
export const RELEASE = 'bash@5.2.15';

/** What is typed, with what is said about it. */
const SESSION: readonly Pick<Step, 'command' | 'note'>[] = [
  { command: 'cat s.sh' },
  { command: 'stat -c %A s.sh', note: 'nobody may execute it' },
  { command: 'mayexec sandbox --policy 3 -- bash s.sh', note: 'Bash as it is: does not ask the kernel' },
  { command: 'mayexec sandbox --policy 3 -- ./bash s.sh', note: 'patched: asks, and is refused' },
  { command: 'echo $?' },
  { command: 'chmod 755 s.sh' },
  { command: 'mayexec sandbox --policy 3 -- ./bash s.sh', note: 'now the policy trusts it' },
];

const Recording = v.object({
  release: v.string(),
  steps: v.array(
    v.object({
      command: v.string(),
      note: v.optional(v.string()),
      output: v.string(),
      status: v.number(),
    }),
  ),
});

/** What was typed, and what was printed. */
export type Recording = v.InferOutput<typeof Recording>;

/** Reads a recording that was kept. */
export function readRecording(text: string): Recording {
  return v.parse(Recording, JSON.parse(text));
}

/** Runs the session with a Bash as it is and a patched one, both built unless the cache has them. */
export async function record(): Promise<Recording> {
  const named = await namedRelease(RELEASE);
  if (named === undefined) throw new Error(`no release ${RELEASE}`);
  const { target, release } = named;
  const { path } = await obtain(target, release, { progress: quietProgress });
  const made = await makeSeries({ target, release, tree: readTree(path) });
  const subject = { target, release, trials: await loadTrials(target.name) };
  const stock = await build(subject, path, []);
  const patched = await build(
    subject,
    path,
    made.series.patches.map(({ text }) => text),
  );
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-picture-'));
  try {
    return { release: RELEASE, steps: session(folder, stock.binary, patched.binary) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function session(folder: string, stock: string, patched: string): Step[] {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const cli = join(packageFolder, 'dist/src/cli.js');
  writeFileSync(join(bin, 'mayexec'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(join(bin, 'mayexec'), 0o755);
  copyFileSync(stock, join(bin, 'bash'));
  copyFileSync(patched, join(folder, 'bash'));
  writeFileSync(join(folder, 's.sh'), 'echo hello\n');
  chmodSync(join(folder, 's.sh'), 0o644);
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, LC_ALL: 'C' };
  let last = 0;
  return SESSION.map(({ command, note }) => {
    // Each command has a shell to itself, which is told how the one before it ended.
    const script = `(exit ${last}); ${command}`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    last = status ?? 1;
    return { command, ...(note !== undefined && { note }), output: stdout + stderr, status: last };
  });
}
