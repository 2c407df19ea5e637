import { discover } from '../discover/discover.ts';
import { C_FILE } from '../discover/unknown.ts';
import { problem } from '../problems.ts';
import { discoveryText } from '../report/discover.ts';
import { quietProgress, terminalProgress } from '../source/progress.ts';
import { readTree } from '../source/tree.ts';

/**
 * `mayexec discover`: where the C of an interpreter that no target knows opens files, ranked by what tells that it is code.
 *
 * @param path the top folder of its source
 * @param options `json` for machines, `all` for the whole list and not only the head of it
 * @throws Problem `bad-path` for a tree without C
 */
export async function discoverCommand(
  path: string,
  options: { readonly json: boolean; readonly all: boolean },
): Promise<void> {
  const tree = readTree(path);
  if (!tree.files.some((file) => C_FILE.test(file)))
    throw problem('bad-path', { path, message: 'holds no source of C' });
  // A line for each step is for people alone.
  const progress = process.stderr.isTTY ? terminalProgress() : quietProgress;
  const found = await discover(tree, progress);
  progress.done();
  process.stdout.write(
    options.json ? `${JSON.stringify(found, null, 2)}\n` : discoveryText(found, options.all),
  );
}
