import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apt } from './apt-programs.ts';
import { suitesOfLines, suitesOfStanzas } from './apt-stanzas.ts';
import type { SuiteSource } from './apt-stanzas.ts';

/**
 * The suites that the system's apt knows, in its order, as sources: it does not matter whether a suite is
 * configured for binary packages, source packages or both. Files that may not be read are left out.
 *
 * @throws Problem `missing-tool` when there is no apt
 */
export async function systemSuites(): Promise<SuiteSource[]> {
  const asked = await apt('apt-config', [
    'shell',
    'LIST',
    'Dir::Etc::sourcelist/f',
    'PARTS',
    'Dir::Etc::sourceparts/d',
  ]);
  const said = asked.stdout.toString();
  const list = /^LIST='(.*)'$/m.exec(said)?.[1] ?? '';
  const parts = /^PARTS='(.*)'$/m.exec(said)?.[1] ?? '';
  const files = [list, ...namesIn(parts).map((name) => join(parts, name))];
  const suites = files.flatMap((file) => {
    const text = textOf(file);
    return file.endsWith('.sources') ? suitesOfStanzas(text) : suitesOfLines(text);
  });
  return [...new Map(suites.map((suite) => [suite.text, suite])).values()];
}

/** apt reads no other names: see "sources.list.d" in sources.list(5). */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[\w.-]+\.(list|sources)$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
