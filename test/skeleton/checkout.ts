import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { openCache } from '../../src/source/cache.ts';
import type { Said } from '../check/kit.ts';

/** A copy of the kit, built and with its sources, that commands may write into. */
export interface Checkout {
  readonly folder: string;
  readonly mayexec: (...args: readonly string[]) => Said;
  /** Compiles it. */
  readonly build: () => Said;
  /** Runs a module's text in it; modules of the kit are relative to dist/. */
  readonly node: (text: string) => Said;
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, text: string) => void;
  readonly remove: () => void;
}

/** Copies the kit without its tests. */
export function checkout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-checkout-'));
  for (const name of ['src', 'targets', 'package.json', 'tsconfig.json'])
    cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
  for (const name of ['src', 'targets', 'grammars'])
    cpSync(join(packageFolder, 'dist', name), join(folder, 'dist', name), { recursive: true });
  mkdirSync(join(folder, 'generated'));
  symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'));
  const run = (args: readonly string[], input?: string): Said => {
    const env = { ...process.env, NO_COLOR: '1', MAYEXEC_CACHE: openCache().folder };
    const options = { cwd: join(folder, 'dist'), encoding: 'utf8', env, input } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { status, stdout, stderr };
  };
  return {
    folder,
    mayexec: (...args) => run([join(folder, 'dist', 'src', 'cli.js'), ...args]),
    build: () =>
      run([join(packageFolder, 'node_modules/typescript/bin/tsc'), '-p', join(folder, 'tsconfig.json')]),
    node: (text) => run(['--input-type=module', '-'], text),
    read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined),
    write(file, text) {
      writeFileSync(join(folder, file), text);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
