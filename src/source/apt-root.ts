import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../problems.ts';
import { throwIfInterrupted } from '../programs/cleanup.ts';
import type { Ended } from '../programs/run.ts';
import { failure, saysExpired, saysLocked } from './apt-answers.ts';
import { apt } from './apt-programs.ts';
import type { SuiteSource } from './apt-stanzas.ts';
import type { Attempt } from './attempt.ts';
import { diskProblem, makeFolder } from './disk.ts';
import type { Progress } from './progress.ts';

/** How often, and after how many ms, another process that works in the same root is waited for: two minutes. */
const LOCK_TRIES = 120;
const LOCK_PAUSE = 1000;

/** A place where apt knows one suite's source packages and nothing else, and that needs no root user. */
export interface AptRoot {
  readonly suite: SuiteSource;
  readonly folder: string;
  /** Arguments that have apt's programs use the place. */
  readonly options: readonly string[];
}

/**
 * Makes a private root for one suite, so that another suite that is broken or expired does not matter. What
 * the system says of proxies, passwords, keyrings and trust stays in force.
 *
 * @param parent the folder of all such roots; one that is there is used again, with the lists that it has
 * @throws Problem `disk-full`, `read-only`; `bad-path` where apt could not be told the name
 */
export function aptRoot(suite: SuiteSource, parent: string): AptRoot {
  const folder = join(parent, createHash('sha256').update(suite.text).digest('hex').slice(0, 16));
  if (/["\n]/.test(folder))
    throw problem('bad-path', { path: folder, message: 'apt does not accept this name' });
  try {
    for (const name of ['sources', 'state/lists/partial', 'cache/archives/partial']) {
      makeFolder(join(folder, name));
    }
    writeFileSync(join(folder, 'sources', `suite.${suite.form}`), suite.text);
    writeFileSync(join(folder, 'apt.conf'), configuration(folder));
  } catch (error) {
    throw diskProblem(error, folder);
  }
  return { suite, folder, options: ['-q', '-c', join(folder, 'apt.conf')] };
}

/**
 * Brings the suite's list of source packages up to date. One whose time is over is taken all the same, and
 * said so: the signature still holds, and the tarball is held against the pinned sum.
 *
 * @returns why it failed, or undefined
 * @throws Problem `missing-tool`, `tool-timeout`, `disk-full`, `read-only`, `interrupted`
 */
export async function update(root: AptRoot, progress: Progress): Promise<Attempt | undefined> {
  let ended = await updateUnlocked(root, []);
  if (ended.status !== 0 && saysExpired(ended.stderr.toString())) {
    progress.note(
      `the list of ${root.suite.label} has expired; used anyway, since the signature and the pinned sum are checked`,
    );
    ended = await updateUnlocked(root, ['-o', 'Acquire::Check-Valid-Until=false']);
  }
  if (ended.status === 0) return undefined;
  return { way: `Debian source, ${root.suite.label}`, ...failure(ended.stderr.toString(), root.folder) };
}

async function updateUnlocked(root: AptRoot, more: readonly string[]): Promise<Ended> {
  for (let tries = 1; ; tries += 1) {
    const ended = await apt('apt-get', [...root.options, ...more, 'update']);
    throwIfInterrupted();
    if (ended.status === 0 || tries === LOCK_TRIES || !saysLocked(ended.stderr.toString())) return ended;
    await sleep(LOCK_PAUSE);
  }
}

/**
 * Given with `-c`, it is read after the system's own configuration, and so wins; with APT_CONFIG it would be
 * read before. Hooks of the system are taken out: they belong to the system's lists, and may need root.
 */
function configuration(folder: string): string {
  return `Dir::State "${folder}/state";
Dir::State::lists "lists/";
Dir::Cache "${folder}/cache";
Dir::Cache::archives "archives/";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "${folder}/sources";
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::PDiffs "false";
Acquire::GzipIndexes "true";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;
}
