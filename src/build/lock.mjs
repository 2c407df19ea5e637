// One process at a time, by a file that holds the process's number: a lock whose holder is gone is taken over.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while holding the lock; waits for another holder to end.
 *
 * @param {string} file the lock's path
 * @param {(line: string) => void} say told once when there is something to wait for
 * @param {() => Promise<void>} work what only one process may do at a time
 */
export async function withLock(file, say, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; !take(file); waited = true) {
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) {
      breakLock(file, holder);
      continue;
    }
    if (!waited) say(`waiting for another set-up (process ${holder ?? '?'}; its lock is ${file})`);
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // 0: the holder has made the file and not yet written its number.
    return holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(holder) {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Renamed away first, so that of two that break it only one does, and never a lock that was just taken anew. */
function breakLock(file, holder) {
  const aside = `${file}-${process.pid}`;
  try {
    renameSync(file, aside);
    if (readHolder(aside) === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch {
    // Another process was first.
  }
}
