import { has } from './capabilities.ts';
import type { Bundled, Release, Target, Tree } from './contract.ts';
import { globbed } from './glob.ts';

/** A bundled part that a tree has not. */
export interface Absent {
  readonly part: Bundled;
  /** Whether a file would be of it. */
  readonly holds: (file: string) => boolean;
}

/**
 * The bundled parts that a tree has not: none of the files is there that open something in any release that is known, or
 * in this tree. Where a part opens nothing, none of its sources is. Headers and makefiles may be left.
 *
 * @param opening the files that open something
 */
export function absentParts(
  { bundled = [], language }: Pick<Target, 'bundled' | 'language'>,
  { files }: Pick<Tree, 'files'>,
  opening: ReadonlySet<string>,
): readonly Absent[] {
  return bundled.flatMap((part) => {
    const holds = globbed(part.files);
    const opens = [...opening].some(holds);
    const tells = (file: string): boolean => (opens ? opening.has(file) : language(file) !== undefined);
    return files.some((file) => holds(file) && tells(file)) ? [] : [{ part, holds }];
  });
}

/** The parts whose capability a release has not. */
export function partsWithout(
  { bundled = [] }: Pick<Target, 'bundled'>,
  release: Pick<Release, 'capabilities'>,
): readonly Bundled[] {
  return bundled.filter(({ capability }) => capability !== undefined && !has(release, capability));
}

/** A release as a program has it that names the libraries of some parts: without the capabilities of these. */
export function usingLibraries<R extends Pick<Release, 'capabilities'>>(
  { bundled = [] }: Pick<Target, 'bundled'>,
  release: R,
  names: (library: string) => boolean,
): R {
  const without = bundled.flatMap(({ library, capability }) =>
    library !== undefined && capability !== undefined && names(library) ? [capability] : [],
  );
  return { ...release, capabilities: release.capabilities.filter((id) => !without.includes(id)) };
}

/** What is said of a part that is not there, behind its name. */
export function toldAbsent({ says }: Bundled): string {
  return `is not in this tree: ${says}`;
}
