import { problem } from '../problems.ts';
import type { Target, Tree } from '../target/contract.ts';
import { lineAt } from '../target/lines.ts';

/**
 * Fails where a tree without patches of this kit has what only patches bring: somebody else's do the same in it.
 *
 * @param tree its lines end with LF
 * @throws Problem `foreign`, with the file, the line and the word
 */
export function assertNoForeign(tree: Tree, { foreign = [] }: Pick<Target, 'foreign'>): void {
  for (const { files, word, what } of foreign) {
    for (const file of tree.files) {
      if (!files.test(file)) continue;
      const text = tree.read(file);
      const found = word.exec(text);
      if (found) throw problem('foreign', { file, line: lineAt(text, found.index), word: found[0], what });
    }
  }
}
