import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { filesBelow } from '../fixtures/folder.ts';

const PLAIN = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
const PERSON = ['-c', 'user.name=A', '-c', 'user.email=a@localhost', '-c', 'core.autocrlf=false'];

/** What a tool made of a series that was piped into it. */
export interface Made {
  readonly status: number;
  readonly said: string;
  /** Files with their text (latin1), without git's own. */
  readonly files: ReadonlyMap<string, string>;
}

async function tool(name: string, args: readonly string[], cwd: string, input = '') {
  const bytes = Buffer.from(input, 'latin1');
  return run(name, args, { cwd, env: PLAIN, input: bytes, purpose: 'a test', package: name });
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const ended = await tool('git', [...PERSON, ...args], cwd);
  if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr.toString()}`);
  return ended.stdout.toString('latin1');
}

/** What stands in a folder before, and which of it may be executed. */
export interface Before {
  readonly files: ReadonlyMap<string, string>;
  readonly executable?: (file: string) => boolean;
}

function lay(folder: string, { files, executable }: Before): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const mode = executable?.(name) === true ? 0o755 : 0o644;
    writeFileSync(join(folder, name), text, { encoding: 'latin1', mode });
  }
}

function left(folder: string): ReadonlyMap<string, string> {
  return new Map([...filesBelow(folder)].filter(([name]) => !name.startsWith('.git/')));
}

/**
 * Pipes a text (latin1) into `git am` in a new repository.
 *
 * @param before what is committed before
 * @returns also the messages of the commits it made, in their order
 */
export async function pipedIntoGit(
  folder: string,
  before: Before,
  stream: string,
  ...options: readonly string[]
): Promise<Made & { readonly messages: readonly string[] }> {
  mkdirSync(folder);
  await git(folder, 'init', '-q');
  lay(folder, before);
  await git(folder, 'add', '-A', '-f');
  await git(folder, 'commit', '-q', '-m', 'before');
  const ended = await tool('git', [...PERSON, 'am', '-q', '--whitespace=nowarn', ...options], folder, stream);
  const log = await git(folder, 'log', '--reverse', '-z', '--format=%B');
  return {
    status: ended.status,
    // git since 2.32 says so of each mail with --keep-cr, and takes the lines as they are.
    said: ended.stdout.toString() + ended.stderr.toString().replaceAll('warning: quoted CRLF detected\n', ''),
    files: left(folder),
    messages: log
      .split('\0')
      .slice(1)
      .filter((one) => one !== ''),
  };
}

/** Pipes a text (latin1) into `patch -p1 --fuzz=0`. */
export async function pipedIntoPatch(folder: string, before: Before, stream: string): Promise<Made> {
  mkdirSync(folder);
  lay(folder, before);
  const ended = await tool('patch', ['-p1', '--fuzz=0', '--no-backup-if-mismatch'], folder, stream);
  return {
    status: ended.status,
    said: ended.stdout.toString() + ended.stderr.toString(),
    files: left(folder),
  };
}

/** How many mails git mailsplit finds in a mailbox (latin1), and their texts. */
export async function mailsIn(
  folder: string,
  text: string,
  ...options: readonly string[]
): Promise<readonly string[]> {
  mkdirSync(folder);
  const args = ['mailsplit', '-d8', '--keep-cr', ...options, `-o${folder}`];
  const ended = await tool('git', args, folder, text);
  if (ended.status !== 0) throw new Error(ended.stderr.toString());
  const mails = [...filesBelow(folder).values()];
  if (String(mails.length) !== ended.stdout.toString().trim())
    throw new Error('git mailsplit counts otherwise');
  return mails;
}
