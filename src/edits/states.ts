import type { Patch, Tree } from '../target/contract.ts';
import { applyEdits } from './apply.ts';
import type { Plan } from './plan.ts';

/** What one patch does to one file. */
export interface StepChange {
  readonly file: string;
  /** Undefined for a file that the patch creates. */
  readonly before: string | undefined;
  readonly after: string;
  readonly executable: boolean;
}

/**
 * The changes of each patch, one upon the other: what the files are before and after it.
 *
 * @param patches in the order of the series
 */
export function changesByPatch(
  tree: Tree,
  plan: Plan,
  patches: readonly Patch[],
): readonly { readonly patch: Patch; readonly changes: readonly StepChange[] }[] {
  const order = new Map(patches.map((patch, index) => [patch.id, index]));
  const position = (id: string): number => order.get(id) ?? patches.length;
  const sorted = [...plan.edits].sort((a, b) => position(a.patch) - position(b.patch));
  const now = new Map<string, string>();
  return patches.map((patch, index) => {
    const changes: StepChange[] = plan.files
      .filter((one) => one.patch === patch.id)
      .map(({ file, text }) => ({ file, before: undefined, after: text, executable: false }));
    for (const file of new Set(sorted.filter((one) => one.patch === patch.id).map((one) => one.file))) {
      const before = now.get(file) ?? tree.read(file);
      const upToHere = sorted.filter((one) => one.file === file && position(one.patch) <= index);
      const after = applyEdits(tree.read(file), upToHere);
      now.set(file, after);
      changes.push({ file, before, after, executable: tree.executable(file) });
    }
    return { patch, changes };
  });
}
