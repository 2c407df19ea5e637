import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);

function top(): string {
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('package.json of mayexec-kit not found');
  }
}

/** The kit's own folder: where package.json, targets/ and dist/ lie, both in a checkout and when installed. */
export const packageFolder = top();

/** The ending of the kit's own modules here: `.js` when built, `.ts` under the test runner. */
export const moduleEnding = extname(here);

/** Where the kit's compiled or plain modules lie: dist/ when built, the checkout under the test runner. */
export const modulesFolder = dirname(dirname(here));

/** The kit's version, as package.json has it. */
export function version(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return parsed.version;
  }
  throw new Error('package.json has no version');
}
