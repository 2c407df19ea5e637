import type { Opener } from '../../src/target/contract.ts';

const family = (files: RegExp, token: RegExp, gives: Opener['gives']): Opener => ({
  files,
  lang: 'c',
  token,
  as: 'callee',
  gives,
});

const SOURCES = /^(?:fs\/(?:exec|namei|open)|io_uring\/openclose)\.c$/;

/**
 * Where an open of a file by its name is made. The kernel opens nothing itself: what is counted is who turns flags into
 * the access that is asked for, and who hands that to the walk of the path.
 */
export const openers: readonly Opener[] = [
  // Where the flag becomes what may_open and security modules see.
  { ...family(SOURCES, /acc_mode \|= MAY_OPENEXEC/, 'nothing'), as: 'value', rewritten: true },
  family(SOURCES, /build_open_how/, 'nothing'),
  family(SOURCES, /build_open_flags/, 'nothing'),
  family(SOURCES, /do_filp_open|do_file_open_root/, 'handle'),
];
