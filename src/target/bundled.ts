import { has } from './capabilities.js';
import type { Bundled, Release, Target, Tree } from './contract.js';
import { globbed } from './glob.js';

/** A bundled part that a tree has not. */
export interface Absent {
  readonly part: Bundled;
  /** Whether a file would be of it. */
  readonly holds: (file: string) => boolean;
}

/** The bundled parts of which a tree has no source; what is left of them, such as a makefile, opens nothing. */
export function absentParts(
  { bundled = [], language }: Pick<Target, 'bundled' | 'language'>,
  { files }: Pick<Tree, 'files'>,
): readonly Absent[] {
  return bundled.flatMap((part) => {
    const holds = globbed(part.files);
    return files.some((file) => holds(file) && language(file) !== undefined) ? [] : [{ part, holds }];
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
