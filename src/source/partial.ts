import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onInterrupt, throwIfInterrupted } from '../programs/cleanup.ts';
import { diskProblem, makeFolder } from './disk.ts';

/** A process number means something on its own machine, and in its own namespace (pid_namespaces(7)), only. */
const HOST = createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);

/** Leftovers from other machines that share the folder are taken for dead after this time, in ms: one day. */
const FOREIGN_LIFETIME = 24 * 3600 * 1000;

/** What is made on the way to a partial file bears its name and an ending of its own. */
const PARTIAL = /\.partial-([0-9a-f]{8})-(\d+)-\d+(\.\w+)?$/;

let count = 0;

/**
 * Makes a file or a folder that is there whole or not at all: it is made under another name beside its own and
 * then renamed, and removed on failure and interruption. Of two processes that make the same, the first to
 * end wins, and the other's is taken to be equal.
 *
 * @param destination the final path; its folder is made when missing
 * @param make makes it at the path that it is given, where nothing is yet
 * @throws Problem `disk-full`, `read-only`, `interrupted`; whatever `make` throws
 */
export async function allOrNothing(
  destination: string,
  make: (path: string) => Promise<void> | void,
): Promise<void> {
  const partial = join(dirname(destination), `.${sweptName(basename(destination))}`);
  const remove = (): void => {
    try {
      rmSync(partial, { recursive: true, force: true });
    } catch {
      // What kept it from being made keeps it from being removed, and is what the user is told.
    }
  };
  throwIfInterrupted();
  const forget = onInterrupt(remove);
  try {
    makeFolder(dirname(destination));
    await make(partial);
    throwIfInterrupted();
    settle(partial, destination);
  } catch (error) {
    remove();
    throw diskProblem(error, destination);
  } finally {
    forget();
  }
}

/**
 * A name, new each time, of what {@link sweep} removes when this process has died without doing so.
 *
 * @param name what it begins with
 */
export function sweptName(name: string): string {
  count += 1;
  return `${name}.partial-${HOST}-${String(process.pid)}-${String(count)}`;
}

/** Whether a name is one of {@link sweptName}: who made it, or {@link sweep}, removes what bears it. */
export function isSwept(name: string): boolean {
  return PARTIAL.test(name);
}

/**
 * Removes what dead processes left half-made in a folder: those that were killed with no time to clean up.
 *
 * @param folder need not exist
 */
export function sweep(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const match = PARTIAL.exec(name);
    if (match === null) continue;
    const path = join(folder, name);
    try {
      const alive =
        match[1] === HOST
          ? isAlive(Number(match[2]))
          : statSync(path).mtimeMs > Date.now() - FOREIGN_LIFETIME;
      if (!alive) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process sweeps the same, or the folder cannot be written: nothing depends on it.
    }
  }
}

/** The namespace of this process's number, as /proc names it; empty where /proc is not mounted. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function settle(partial: string, destination: string): void {
  try {
    renameSync(partial, destination);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    rmSync(partial, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
