import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarNotes, OF_A_SERIES, SERIES_NOTE } from '../formats/grammars.ts';
import { packageFolder } from '../package.ts';

/**
 * Run by `npm run build`: copies the parsers' grammars out of their packages, which are needed to build only, and
 * notes which they are: those that a series is made with are a part of its provenance.
 */
const GRAMMARS = { [SERIES_NOTE]: OF_A_SERIES, 'installed.json': ['tree-sitter-bash'] };

const grammars = join(packageFolder, 'dist', 'grammars');
mkdirSync(grammars, { recursive: true });

for (const [note, names] of Object.entries(GRAMMARS)) {
  for (const name of names) {
    const file = `${name}.wasm`;
    copyFileSync(join(packageFolder, 'node_modules', name, file), join(grammars, file));
  }
  writeFileSync(join(grammars, note), `${JSON.stringify(grammarNotes(names), null, 2)}\n`);
}
