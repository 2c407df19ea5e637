import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { packageFolder } from '../package.js';

/**
 * Run by `npm run build`: copies the parsers' grammars out of their packages, which are needed to build only, and
 * notes which they are: those that a series is made with are a part of its provenance.
 */
const GRAMMARS = {
  'provenance.json': ['tree-sitter-c', 'tree-sitter-python'],
  'installed.json': ['tree-sitter-bash'],
};

const Package = v.object({ name: v.string(), version: v.string() });

const grammars = join(packageFolder, 'dist', 'grammars');
mkdirSync(grammars, { recursive: true });

for (const [note, names] of Object.entries(GRAMMARS)) {
  const copied = names.map((name) => {
    const from = join(packageFolder, 'node_modules', name);
    const file = `${name}.wasm`;
    copyFileSync(join(from, file), join(grammars, file));
    const parsed = v.parse(Package, JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')));
    const sha256 = createHash('sha256')
      .update(readFileSync(join(grammars, file)))
      .digest('hex');
    return { package: parsed.name, version: parsed.version, file, sha256 };
  });
  writeFileSync(join(grammars, note), `${JSON.stringify(copied, null, 2)}\n`);
}
