/**
 * The tests that `npm run check` leaves out: each runs in a test bed, builds something, reads the source of a release, or
 * starts programs for more than a second. All other tests are quick. `npm test` runs both.
 */
export const SLOW: readonly string[] = [
  // Test beds, compilers and the built program.
  'test/attack/**',
  'test/commands/**',
  'test/prove/**',
  'test/runtime/**',
  'test/picture/**',
  'test/skeleton/**',
  'test/targets/bash/busy.test.ts',
  // The source of a release, or another whole tree.
  'test/check/carried-trees.test.ts',
  'test/check/uncovered.test.ts',
  'test/deploy/interpreters.test.ts',
  'test/deploy/packages.test.ts',
  'test/deploy/sources.test.ts',
  'test/deploy/startup.test.ts',
  'test/discover/discover.test.ts',
  'test/evidence/releases.test.ts',
  'test/formats/debian-source.test.ts',
  'test/formats/debian.test.ts',
  'test/formats/mailbox.test.ts',
  'test/generated/elsewhere.test.ts',
  'test/generated/ledger.test.ts',
  'test/generated/locked.test.ts',
  'test/review/leave-one-out.test.ts',
  'test/review/swap.test.ts',
  'test/target/capabilities.test.ts',
  'test/targets/bash/suite.test.ts',
  'test/targets/bash/trees.test.ts',
  'test/targets/linux/release.test.ts',
  'test/targets/python/lib.test.ts',
  'test/targets/unbundled.test.ts',
  'test/targets/wrappers.test.ts',
  // All imports of the kit, found by dependency-cruiser.
  'test/project/contributing.test.ts',
  'test/project/rooms.test.ts',
  // Other programs: npm, git, tar, dpkg.
  'test/project/not-run.test.ts',
  'test/project/pack.test.ts',
  'test/project/setup.test.ts',
  'test/series/apply.test.ts',
  'test/series/git.test.ts',
  'test/source/**',
];
