import { createHash } from 'node:crypto';
import { toldLeftOut } from '../target/left-out.ts';
import type { LeftOut } from '../target/left-out.ts';
import { version } from '../package.ts';
import type { Held } from '../review/held.ts';
import type { GitTree, Release, Tarball, Target } from '../target/contract.ts';
import { seriesGrammars } from './grammars.ts';

/** What the tree of a release was, where that is known. */
export type Source = { readonly tarball: Tarball } | { readonly git: GitTree };

/** How a series came to be what it is. */
export interface Origin {
  /** What was left out of it. */
  readonly left: readonly LeftOut[];
  readonly held: Held;
  /** Undefined for a tree that was given. */
  readonly source: Source | undefined;
}

/**
 * An in-toto statement (v1, SLSA provenance v1) about a release's files: what they are, and what they were made
 * from. It is not signed: that is for whoever ships it.
 *
 * @param files the files that the statement is about, with their text (latin1)
 */
export function provenanceOf(
  files: ReadonlyMap<string, string>,
  target: Target,
  release: Release,
  { left, held, source }: Origin,
): object {
  const absent = held.notes.filter(({ kind }) => kind === 'unbundled');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...files].map(([name, text]) => ({ name, digest: { sha256: sha256Of(text) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'mayexec-kit/series/v1',
        externalParameters: {
          target: target.name,
          release: release.version,
          source: kindOf(source),
          ...(!held.locked && { heldAgainst: held.against }),
          ...(held.words.length > 0 && {
            reviewed: held.words.map(({ site, verdict, why, by }) => ({ site, verdict, why, by })),
          }),
        },
        ...(left.length + absent.length > 0 && {
          internalParameters: {
            ...(left.length > 0 && {
              leftOut: left.map((one) => ({ patch: one.patch, file: one.file, message: toldLeftOut(one) })),
            }),
            ...(absent.length > 0 && { notInTree: absent.map(({ about, says }) => `${about} ${says}`) }),
          },
        }),
        resolvedDependencies: [
          ...dependenciesOf(source),
          ...seriesGrammars().map((one) => ({
            name: `${one.package}@${one.version}`,
            digest: { sha256: one.sha256 },
          })),
        ],
      },
      runDetails: { builder: { id: 'mayexec-kit', version: { 'mayexec-kit': version() } } },
    },
  };
}

function kindOf(source: Source | undefined): string {
  if (source === undefined) return 'tree';
  return 'git' in source ? 'git' : 'tarball';
}

function dependenciesOf(source: Source | undefined): readonly object[] {
  if (source === undefined) return [];
  if ('tarball' in source) {
    const { file, sha256 } = source.tarball;
    return [{ name: file, digest: { sha256 } }];
  }
  const { repository, tag, commit } = source.git;
  const at = tag === undefined ? '' : `@${tag}`;
  return [{ uri: `git+https://github.com/${repository}${at}`, digest: { gitCommit: commit } }];
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
