import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { grammarFile, isBuilt, packageFolder } from '../package.ts';

const Package = v.object({ version: v.string() });
const Notes = v.array(v.object({ package: v.string(), version: v.string(), sha256: v.string() }));

/** Which grammar a parser was loaded with. */
export type GrammarNote = v.InferOutput<typeof Notes>[number];

/** The packages of the grammars that a series is made with. */
export const OF_A_SERIES: readonly string[] = ['tree-sitter-c', 'tree-sitter-python'];

/** The note that the build leaves of the grammars that a series is made with, in dist/grammars/. */
export const SERIES_NOTE = 'provenance.json';

/** Notes about grammars, read from their packages, which only a checkout has. */
export function grammarNotes(packages: readonly string[]): readonly GrammarNote[] {
  return packages.map((name) => {
    const about = join(packageFolder, 'node_modules', name, 'package.json');
    const { version } = v.parse(Package, JSON.parse(readFileSync(about, 'utf8')));
    const sha256 = createHash('sha256')
      .update(readFileSync(grammarFile(name)))
      .digest('hex');
    return { package: name, version, sha256 };
  });
}

/** The grammars that a series is made with here: as the build noted them, or those of the packages where nothing was built. */
export function seriesGrammars(): readonly GrammarNote[] {
  if (!isBuilt) return grammarNotes(OF_A_SERIES);
  const note = join(packageFolder, 'dist', 'grammars', SERIES_NOTE);
  return v.parse(Notes, JSON.parse(readFileSync(note, 'utf8')));
}
