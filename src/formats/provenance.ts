import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { toldLeftOut } from '../target/left-out.js';
import type { LeftOut } from '../target/left-out.js';
import { packageFolder, version } from '../package.js';
import type { Held } from '../review/held.js';
import type { PinnedRelease, Release, Target } from '../target/contract.js';

const Grammars = v.array(v.object({ package: v.string(), version: v.string(), sha256: v.string() }));

/** How a series came to be what it is. */
export interface Origin {
  /** What was left out of it. */
  readonly left: readonly LeftOut[];
  readonly held: Held;
  /** The release whose tarball the tree was unpacked from; undefined for a tree that was given. */
  readonly pinned: PinnedRelease | undefined;
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
  { left, held, pinned }: Origin,
): object {
  const grammars = v.parse(
    Grammars,
    JSON.parse(readFileSync(join(packageFolder, 'dist', 'grammars', 'provenance.json'), 'utf8')),
  );
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
          source: pinned === undefined ? 'tree' : 'tarball',
          ...(!held.locked && { heldAgainst: held.against }),
          ...(held.words.length > 0 && {
            reviewed: held.words.map(({ site, verdict, why, by }) => ({ site, verdict, why, by })),
          }),
        },
        ...(left.length > 0 && {
          internalParameters: {
            leftOut: left.map((one) => ({ patch: one.patch, file: one.file, message: toldLeftOut(one) })),
          },
        }),
        resolvedDependencies: [
          ...(pinned === undefined
            ? []
            : [{ name: pinned.tarball.file, digest: { sha256: pinned.tarball.sha256 } }]),
          ...grammars.map((one) => ({
            name: `${one.package}@${one.version}`,
            digest: { sha256: one.sha256 },
          })),
        ],
      },
      runDetails: { builder: { id: 'mayexec-kit', version: { 'mayexec-kit': version() } } },
    },
  };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
