import { problem } from '../problems.ts';
import type { Capability, Release, Target, Tree, Where } from './contract.ts';

/**
 * The capabilities that a tree has.
 *
 * @param tree patched or not: a capability is one that the series leaves as it is
 * @returns their ids, sorted by byte value
 */
export function capabilitiesOf(tree: Tree, target: Pick<Target, 'capabilities'>): readonly string[] {
  return target.capabilities
    .filter((one) => [one.file].flat().some((file) => holds(tree, file, one)))
    .map(({ id }) => id)
    .sort();
}

function holds(tree: Tree, file: string, { has }: Capability): boolean {
  if (!tree.has(file)) return false;
  if (has === undefined) return true;
  // Line ends of another system are no other text.
  const text = tree.read(file).replaceAll('\r\n', '\n');
  return typeof has === 'string' ? text.includes(has) : has.test(text);
}

/** Whether a release has a capability, or with `!` before its id has it not. */
export function has({ capabilities }: Pick<Release, 'capabilities'>, id: string): boolean {
  return id.startsWith('!') ? !capabilities.includes(id.slice(1)) : capabilities.includes(id);
}

/** Whether something that is for some trees only is for a release: all that it asks for holds. */
export function isFor(
  { where = [] }: { readonly where?: Where },
  release: Pick<Release, 'capabilities'>,
): boolean {
  return [where].flat().every((id) => has(release, id));
}

/** The first capability that something is for or not for, and that the target does not name. */
export function unknownIn(
  { where = [] }: { readonly where?: Where },
  target: Pick<Target, 'capabilities'>,
): string | undefined {
  return [where]
    .flat()
    .map((id) => id.replace(/^!/, ''))
    .find((id) => !target.capabilities.some((one) => one.id === id));
}

/**
 * Fails unless a release is said to have the capabilities that its tree has.
 *
 * @throws Problem `capabilities`
 */
export function assertCapabilities(tree: Tree, target: Target, release: Release): void {
  const found = capabilitiesOf(tree, target);
  const missing = found.filter((id) => !release.capabilities.includes(id));
  const extra = release.capabilities.filter((id) => !found.includes(id));
  if (missing.length === 0 && extra.length === 0) return;
  const list = [
    ...missing.map((id) => `  ${id}: only the tree has it`),
    ...extra.map((id) => `  ${id}: only the lock has it`),
  ];
  throw problem('capabilities', {
    release: `${target.name}@${release.version}`,
    list: list.join('\n'),
  });
}
