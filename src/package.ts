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

/** The ending of the kit's own modules here: `.js` when built, `.ts` where the sources themselves run. */
export const moduleEnding = extname(here);

/** Whether this is the built kit; where not, Node or the test runner erases the types of the sources. */
export const isBuilt = moduleEnding === '.js';

/** Where the kit's modules lie: in dist/ when built, else in the checkout itself. */
export const modulesFolder = dirname(dirname(here));

/**
 * The WebAssembly of a parser's grammar: the copy that the build made, or the file in the package where nothing was built.
 *
 * @param name of the package
 */
export function grammarFile(name: string): string {
  const folder = isBuilt ? join('dist', 'grammars') : join('node_modules', name);
  return join(packageFolder, folder, `${name}.wasm`);
}

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
