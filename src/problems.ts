/**
 * Every error that a user can see, as data: its code, the exit status it ends the program with, the text and
 * the hint. `{name}` in a text or hint is filled from the details given to {@link problem}; the compiler
 * checks that none is forgotten. The table in docs/errors.md is made from this list.
 */
export const PROBLEMS = {
  internal: {
    exit: 1,
    text: 'internal error: {message}',
    hint: 'report this defect of mayexec-kit, with the command that you ran',
  },
  usage: { exit: 2, text: '{message}', hint: 'run `mayexec --help`' },

  unreviewed: {
    exit: 10,
    text: '{release}: no rule decides {count} site(s):\n{list}',
    hint: 'run `mayexec review` on the tree to see each with the code around it; add --out FILE to get a file to decide them in',
  },
  'to-review': {
    exit: 11,
    text: '{release}: no known release confirms {count} site(s):\n{list}',
    hint: 'run `mayexec review` on the tree to see each with the code around it; add --out FILE to get a file to decide them in',
  },
  anchor: {
    exit: 12,
    text: '{file}{at}: expected the text to change once in {scope}, found it {found} times: {find}',
    hint: 'compare the tree, at or near that line, with the release that the edit was written for, and correct the edit; nothing was written',
  },
  overlap: {
    exit: 13,
    text: '{file}: two edits change the same bytes ({first} and {second})',
    hint: 'correct targets/<name>/edits/; nothing was written',
  },
  'half-patched': {
    exit: 14,
    text: 'the tree has only a part of patch {patch}: {detail}',
    hint: 'start from an unpatched tree, or revert the part that was applied; if nobody patched this one, its release lacks what a hunk removes: give that hunk a `where` in targets/<name>/edits/',
  },
  uncovered: {
    exit: 15,
    text: 'the series of {release} does not cover {count} site(s) or patch(es):\n{list}',
    hint: 'write the missing edits for this release in targets/{target}; nothing was written',
  },
  stale: {
    exit: 16,
    text: 'the tree has the patches {patches}, but not as this kit writes them:\n{list}',
    hint: 'start from an unpatched tree and patch that: another version of this kit made these patches, or somebody changed them',
  },
  'line-ends': {
    exit: 17,
    text: '{file}: {detail}',
    hint: 'use a tree whose lines end with LF: unpack it again, clone it with `git clone -c core.autocrlf=false`, or run dos2unix on the file; nothing was written',
  },
  'rules-overlap': {
    exit: 18,
    text: 'two rules of {target} match {count} site(s), and neither has priority:\n{list}',
    hint: 'add `before:` to one of the rules in targets/{target}/rules/, or narrow its places',
  },
  stopped: {
    exit: 19,
    text: '{release} opens code in {count} way(s) that no known release does:\n{list}',
    hint: 'write a rule or an edit in targets/ for each; if a call is gone, name in a review file the site that opens the code now; nothing was written',
  },
  'review-file': {
    exit: 35,
    text: '{path}: {message}',
    hint: 'correct the review file, or write a new one with `mayexec review --out FILE`; nothing was written',
  },
  capabilities: {
    exit: 36,
    text: '{release}: the lock and the tree differ in capabilities:\n{list}',
    hint: 'make the lock again with `mayexec lock`: it is for another tree',
  },
  'hidden-opens': {
    exit: 38,
    text: '{count} function(s) of {release} open a file that a caller in another file names, and no opener or wrapper lists them:\n{list}',
    hint: 'add each to targets/{target}/openers.ts, which makes its calls sites; or add it to targets/{target}/wrappers.ts, and say why its calls need no verdict',
  },

  evaluated: {
    exit: 47,
    text: '{count} site(s) of {release} are not marked, but what they open is evaluated:\n{list}',
    hint: 'follow the lines listed; then mark the site in targets/{target}/rules/, or add its file and function to targets/{target}/answers.yml: what is evaluated there, and why that is right',
  },

  foreign: {
    exit: 48,
    text: '{file}:{line} has {word}: {what}',
    hint: 'start from a tree without that patch; nothing was written',
  },
  'nothing-runs': {
    exit: 49,
    text: '{target} is not an interpreter: this command finds nothing to build, run or install',
    hint: 'see docs/{target}.md for how to apply, build and test its series',
  },

  'no-checkout': {
    exit: 39,
    text: '{folder} is not a checkout of mayexec-kit: it has only built targets',
    hint: 'clone the repository of mayexec-kit and run the command there: an installed package cannot get a new target or release',
  },
  'target-exists': {
    exit: 43,
    text: 'target {target} exists already: {path}',
    hint: 'choose another name, or remove that target first, also from dist/targets/; nothing was written',
  },
  'target-unfinished': {
    exit: 57,
    text: '{count} thing(s) are left to do for target {target}',
    hint: 'the list above has a hint for each; `mayexec check-target {target}` ends with status 0 when nothing is left',
  },
  'known-tree': {
    exit: 44,
    text: '{path} is {release}, which target {target} knows already',
    hint: 'to add a release that is not pinned, run: mayexec new-release {release} {path}; nothing was written',
  },
  'other-release': {
    exit: 45,
    text: '{path} is {found}, not {release}',
    hint: 'give the tree of {release}, without the patches of a distribution; nothing was written',
  },
  'release-exists': {
    exit: 46,
    text: '{release} is pinned already',
    hint: 'to check it, run: mayexec verify {release}; nothing was written',
  },

  'not-a-tree': {
    exit: 20,
    text: '{path} is not a source tree of a known target ({detail})',
    hint: 'give the top folder of an unpacked source; known targets: {known}',
  },
  'unknown-release': {
    exit: 21,
    text: 'unknown release {name}',
    hint: 'known releases: {known}',
  },
  'no-site': {
    exit: 22,
    text: '{place}: no site and no hit on that line',
    hint: 'name the line of a site; nearest in that file: {nearest}',
  },
  quilt: {
    exit: 23,
    text: '{path} is under quilt (debian/patches/series, .pc/): mayexec does not patch it in place',
    hint: 'use --format debian --out DIR; copy the patches from DIR/NAME/VERSION/debian/patches into {path}/debian/patches, append their series file to the one there, and run: quilt push -a --fuzz=0',
  },
  'quilt-unapplied': {
    exit: 26,
    text: "{path}: the tree's own patch {patch} does not apply: {message}",
    hint: "apply the tree's own series first: quilt push -a",
  },
  'bad-path': {
    exit: 24,
    text: '{path}: {message}',
    hint: 'check the path',
  },
  'target-invalid': {
    exit: 25,
    text: 'targets/{target}: {message}',
    hint: 'correct the target as docs/targets.md describes',
  },

  'no-code': {
    exit: 27,
    text: '{path}: found no file of a kind that {target} opens as code',
    hint: 'give a root such as debian/tmp or a prefix such as /opt/{target}, and --root if it is staged without usr/; kinds: {kinds}',
  },
  unlisted: {
    exit: 28,
    text: 'cannot read {count} file(s) or folder(s), so the list lacks what they hold or name:\n{list}',
    hint: 'run it as a user who may read them; nothing was changed',
  },
  unnameable: {
    exit: 29,
    text: '{count} file(s) are left out, since --format {format} cannot express their names:\n{list}',
    hint: 'set their modes in the package with --write, or use --json; the printed list has all other files',
  },

  'wrong-sum': {
    exit: 30,
    text: '{file}: expected sha256 {expected} for {release}, found {actual}',
    hint: 'fetch it again: the file is damaged or another release; for a tree of your own, use --tree DIR',
  },
  'hostile-archive': {
    exit: 31,
    text: '{file}: refused, entry {entry}: {reason}',
    hint: 'get the archive from the upstream project, which did not make this one; nothing was unpacked',
  },
  'truncated-archive': {
    exit: 32,
    text: '{file}: the archive is damaged or incomplete ({message})',
    hint: 'fetch it again; nothing was unpacked',
  },
  'no-network': {
    exit: 33,
    text: 'cannot download {release}: {message}',
    hint: 'give a tarball with --tarball FILE or a tree with --tree DIR, or try again with a network',
  },
  'no-source': {
    exit: 34,
    text: 'no source of {release} is available:\n{tried}',
    hint: 'give a tarball with --tarball FILE or a tree with --tree DIR',
  },

  'missing-tool': {
    exit: 40,
    text: '{tool} is needed for {purpose} and is not installed',
    hint: 'on Debian: apt-get install {package}',
  },
  'tool-failed': {
    exit: 41,
    text: '{tool} failed ({status}): {message}',
    hint: "read the tool's output above",
  },
  'tool-timeout': {
    exit: 42,
    text: '{tool} did not end within {ms} ms',
    hint: 'try again: the machine may be overloaded',
  },

  'disk-full': {
    exit: 50,
    text: '{path}: no space left',
    hint: 'free space, or choose another place: --out, --cache (or MAYEXEC_CACHE), TMPDIR; nothing was half-written',
  },
  'read-only': {
    exit: 51,
    text: '{path}: cannot be written ({message})',
    hint: 'choose another place: --out, --cache (or MAYEXEC_CACHE), TMPDIR; nothing was half-written',
  },
  changed: {
    exit: 56,
    text: '{path}: changed since the tree was read',
    hint: 'run it again when no other program writes there; nothing was written',
  },
  'not-marked': {
    exit: 53,
    text: '{path}: cannot set execute permission ({message}); {left}',
    hint: 'run it as the owner of the files, on a writable file system',
  },
  noexec: {
    exit: 54,
    text: '{path}: programs there cannot be run ({message})',
    hint: 'choose another folder with {choice}',
  },
  'no-cache': {
    exit: 55,
    text: 'no folder for the cache: HOME is not set, and uid {user} has no home',
    hint: 'name one with --cache DIR or MAYEXEC_CACHE',
  },
  'symlink-loop': {
    exit: 52,
    text: '{path}: a loop of symbolic links',
    hint: 'remove the loop from the tree',
  },

  unverified: {
    exit: 60,
    text: 'the series is wrong: {tool}: {message}',
    hint: "report this defect of the target, with the release and the tree's origin",
  },

  'bed-missing': {
    exit: 70,
    text: 'test bed {bed} is not available on this machine: {reason}',
    hint: 'leave out --require-bed to continue with the available beds',
  },
  'bed-dead': {
    exit: 71,
    text: 'test bed {bed} failed: {reason}',
    hint: '{todo}; no result of this run counts',
  },
  'bed-nested': {
    exit: 72,
    text: 'test bed {bed} cannot be started inside another seccomp supervisor (EBUSY)',
    hint: 'run it outside the other supervisor',
  },
  'no-bed': {
    exit: 75,
    text: 'no test bed on this machine refuses anything, so a run would prove nothing:\n{reasons}',
    hint: 'see docs/beds.md for what each test bed needs; --bed stock shows only that nothing is broken',
  },
  refused: {
    exit: 73,
    text: '{count} scenario(s) did not go as expected:\n{list}',
    hint: 'see the table above',
  },
  unproven: {
    exit: 74,
    text: 'no scenario notices when {count} site(s) are left unpatched:\n{list}',
    hint: 'add a scenario to targets/<name>/scenarios/ that opens code there',
  },

  interrupted: {
    exit: 130,
    text: 'interrupted by {signal}',
    hint: 'run the command again; nothing was left half-made',
  },
} as const satisfies Record<string, { exit: number; text: string; hint: string }>;

/** The code of a problem, a key of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

type Fields<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Fields<Rest>
  : never;
type FieldsOf<C extends ProblemCode> =
  Fields<(typeof PROBLEMS)[C]['text']> | Fields<(typeof PROBLEMS)[C]['hint']>;

/** What must be given to fill a problem's text and hint. */
export type Details<C extends ProblemCode> = Readonly<Record<FieldsOf<C>, string | number>>;

/** A problem that the user is told about; everything else that is thrown is a defect. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly exit: number;
  readonly hint: string;
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: ProblemCode, details: Readonly<Record<string, string | number>>, options?: ErrorOptions) {
    super(fill(PROBLEMS[code].text, details), options);
    this.code = code;
    this.details = details;
    this.exit = PROBLEMS[code].exit;
    this.hint = fill(PROBLEMS[code].hint, details);
  }
}

/**
 * Makes a problem to throw.
 *
 * @param code which one
 * @param details the values for the `{names}` in its text and hint
 * @param cause the error underneath, if any
 */
export function problem<C extends ProblemCode>(code: C, details: Details<C>, cause?: unknown): Problem {
  return new Problem(code, details, cause === undefined ? undefined : { cause });
}

function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(details[name] ?? `{${name}}`));
}
