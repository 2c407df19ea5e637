import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';

/**
 * The folder of the targets' sources.
 *
 * @throws Problem `no-checkout` in an installed package, which has them in their built form alone
 */
export function targetsOfCheckout(): string {
  const folder = join(packageFolder, 'targets');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (!names.some((name) => existsSync(join(folder, name, 'target.ts'))))
    throw problem('no-checkout', { folder: packageFolder });
  return folder;
}
