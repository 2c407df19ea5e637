import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { openCache } from '../../src/source/cache.ts';

/** What a command said, and its status. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the built kit, whose targets can be other than ours. */
export interface Kit {
  /** Its own folder. */
  readonly folder: string;
  /** Runs the copy. */
  readonly mayexec: (...args: readonly string[]) => Said;
  readonly remove: () => void;
}

/**
 * Copies the built kit.
 *
 * @param target the folder of the target whose module is replaced; `whole.js` is then what it was
 * @param module text of the module in its place
 * @param from where the target is taken from, below dist/
 */
export function kitWith(target: string, module: string, from = `targets/${target}`): Kit {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-kit-'));
  for (const name of ['src', 'node_modules', 'targets', 'generated', 'test']) {
    symlinkSync(join(packageFolder, name), join(folder, name));
  }
  cpSync(join(packageFolder, 'package.json'), join(folder, 'package.json'));
  mkdirSync(join(folder, 'dist'));
  for (const name of ['src', 'targets', 'grammars']) {
    cpSync(join(packageFolder, 'dist', name), join(folder, 'dist', name), { recursive: true });
  }
  const own = join(folder, 'dist', 'targets', target);
  cpSync(join(packageFolder, 'dist', from), own, { recursive: true });
  renameSync(join(own, 'target.js'), join(own, 'whole.js'));
  writeFileSync(join(own, 'target.js'), module);
  return {
    folder,
    mayexec(...args) {
      const cli = join(folder, 'dist', 'src', 'cli.js');
      const env = { ...process.env, NO_COLOR: '1', MAYEXEC_CACHE: openCache().folder };
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
        encoding: 'latin1',
        env,
      });
      return { status, stdout, stderr };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A target's module for a release that was added with a lock, and whose edits of some patches nobody wrote: they are
 * for the trees of the other releases alone.
 *
 * @param known a version of the target, whose tree the new one has but for the text that says so
 * @param sign that text and its file; undefined where nobody asks for the known release, and none has the edits
 * @param added the version that is new
 * @param patches whose edits are not for it
 * @param lock `copied` from the known release as it is, or `made` of the tree, as `mayexec lock` makes it
 */
export const withRelease = (
  known: string,
  sign: { readonly file: string; readonly has: string } | undefined,
  added: string,
  patches: readonly string[],
  lock: 'copied' | 'made',
): string => `
import { defineTarget } from '../../src/target/define.js';
import { target as whole } from './whole.js';

const known = whole.releases.find(({ version }) => version === '${known}');
const missing = ${JSON.stringify(patches)};
const has = (id) => ${lock === 'copied'} || !missing.includes(id);
const locks = whole.locks.of('${known}').map((lock) => ({
  ...lock, release: '${added}', patches: lock.patches.filter(has),
}));
const sign = { id: 'known', what: 'It is ${known}.', ...${JSON.stringify(sign ?? { file: 'no/such/file' })} };
const signed = ({ capabilities, ...release }) => ({
  ...release,
  capabilities: ${sign === undefined ? 'capabilities' : "[...capabilities, 'known'].sort()"},
});

export const target = defineTarget({
  ...whole,
  releases: [...whole.releases.map(signed), { ...known, version: '${added}' }],
  capabilities: [...whole.capabilities, sign],
  locks: {
    releases: [...whole.locks.releases, '${added}'],
    of: (version) => (version === '${added}' ? locks : whole.locks.of(version)),
  },
  edits: whole.edits.map((edit) => (missing.includes(edit.patch) ? { ...edit, where: [edit.where ?? [], 'known'].flat() } : edit)),
});
`;
