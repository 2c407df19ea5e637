import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { packageFolder } from '../package.js';

/**
 * Run by `npm run build`: copies the parsers' grammars out of their packages, which are needed to build only, and
 * notes which they are.
 */
const GRAMMARS = ['tree-sitter-c', 'tree-sitter-python'];

const Package = v.object({ name: v.string(), version: v.string() });

const grammars = join(packageFolder, 'dist', 'grammars');
mkdirSync(grammars, { recursive: true });

const provenance = GRAMMARS.map((name) => {
  const from = join(packageFolder, 'node_modules', name);
  const file = `${name}.wasm`;
  copyFileSync(join(from, file), join(grammars, file));
  const parsed = v.parse(Package, JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')));
  const sha256 = createHash('sha256')
    .update(readFileSync(join(grammars, file)))
    .digest('hex');
  return { package: parsed.name, version: parsed.version, file, sha256 };
});

writeFileSync(join(grammars, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`);
