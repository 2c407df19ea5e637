/**
 * Every error that a user can see, as data: its code, the exit status it ends the program with, the text and
 * the hint. `{name}` in a text or hint is filled from the details given to {@link problem}; the compiler
 * checks that none is forgotten. The table in docs/errors.md is made from this list.
 */
export const PROBLEMS = {
  internal: {
    exit: 1,
    text: 'internal error: {message}',
    hint: 'this is a defect of mayexec-kit: please report it with the command that was run',
  },
  usage: { exit: 2, text: '{message}', hint: 'run `mayexec --help`' },

  unreviewed: {
    exit: 10,
    text: '{count} site(s) of {release} that no rule decides:\n{list}',
    hint: 'run `mayexec review` on the tree: it shows each with the code around it, and writes a file to decide them in',
  },
  'to-review': {
    exit: 11,
    text: '{count} site(s) of {release} that no known release answers for:\n{list}',
    hint: 'run `mayexec review` on the tree: it shows each with the code around it, and writes a file to decide them in',
  },
  anchor: {
    exit: 12,
    text: '{file}{at}: the text to change was found {found} times, not once, in {scope}: {find}',
    hint: 'the tree differs from the release the edit was written for, on the line named or near the one that is the most like it; nothing was written',
  },
  overlap: {
    exit: 13,
    text: '{file}: two edits want the same bytes ({first} and {second})',
    hint: 'correct targets/<name>/edits/; nothing was written',
  },
  'half-patched': {
    exit: 14,
    text: 'the tree carries only a part of patch {patch}: {detail}',
    hint: 'start from an unpatched tree, or revert the half that was applied',
  },
  uncovered: {
    exit: 15,
    text: 'the series of {release} leaves {count} site(s) or patch(es) without what they need:\n{list}',
    hint: 'write the edits of targets/{target} that are named for this release; nothing was written',
  },
  stale: {
    exit: 16,
    text: 'the tree carries the patches {patches}, but not as this kit writes them:\n{list}',
    hint: 'another version of this kit made them, or they were changed since: start from an unpatched tree and patch that',
  },
  'line-ends': {
    exit: 17,
    text: '{file}: {detail}',
    hint: 'give a tree whose lines end with LF: unpack it again, clone it with `git clone -c core.autocrlf=false`, or run dos2unix on the file; nothing was written',
  },
  'rules-overlap': {
    exit: 18,
    text: '{count} site(s) that two rules of {target} decide, where none comes before the other:\n{list}',
    hint: 'say `before:` in one of the rules in targets/{target}/rules/, or make its places narrower',
  },
  stopped: {
    exit: 19,
    text: '{release} opens code otherwise than any known release, in {count} way(s):\n{list}',
    hint: 'targets/ needs a rule or an edit for it; for a call that is gone, a review file can name the site that opens the code now; nothing was written',
  },
  'review-file': {
    exit: 35,
    text: '{path}: {message}',
    hint: 'correct the review file, or have `mayexec review` write a new one; nothing was written',
  },
  capabilities: {
    exit: 36,
    text: '{release} is said to have other capabilities than its tree:\n{list}',
    hint: 'the lock of the release is for another tree: make it again with `mayexec lock`',
  },
  'hidden-opens': {
    exit: 38,
    text: '{count} function(s) of {release} open what other files give them, and their calls are not looked at:\n{list}',
    hint: 'add each to targets/{target}/openers.ts, so that its calls are sites to be decided, or to targets/{target}/wrappers.ts with the reason why they need not be',
  },

  evaluated: {
    exit: 47,
    text: '{count} site(s) of {release} that are said to open no code, and what evaluates something gets what they open:\n{list}',
    hint: 'follow the lines: mark the site in targets/{target}/rules/, or name its file and function in targets/{target}/answers.yml, with what is evaluated there and why that is right',
  },

  'no-checkout': {
    exit: 39,
    text: '{folder} is no checkout of mayexec-kit: its targets are there in their built form alone',
    hint: 'clone the repository of mayexec-kit, and run the command there: an installed package cannot be taught a target or a release',
  },
  'target-exists': {
    exit: 43,
    text: 'there is a target {target} already: {path}',
    hint: 'choose another name, or remove it first, in dist/targets/ too; nothing was written',
  },
  'known-tree': {
    exit: 44,
    text: '{path} is {release}: the target {target} knows it already',
    hint: 'for a release that is not pinned: mayexec new-release {release} {path}; nothing was written',
  },
  'other-release': {
    exit: 45,
    text: '{path} is {found}, and not {release}',
    hint: 'give the tree of that release, without the patches of a distribution; nothing was written',
  },
  'release-exists': {
    exit: 46,
    text: '{release} is pinned already',
    hint: 'see whether it still holds: mayexec verify {release}; nothing was written',
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
    text: '{place}: no site and no hit of the census on that line',
    hint: 'nearest in that file: {nearest}',
  },
  quilt: {
    exit: 23,
    text: '{path} is a tree under quilt (debian/patches/series, .pc/): it is not patched in place',
    hint: 'make it with --format debian --out DIR, copy the patches from DIR/NAME/VERSION/debian/patches into {path}/debian/patches, append series to the one there, then: quilt push -a --fuzz=0',
  },
  'quilt-unapplied': {
    exit: 26,
    text: "{path}: the tree's own patch {patch} does not apply: {message}",
    hint: 'bring the tree to the end of its series first: quilt push -a',
  },
  'bad-path': {
    exit: 24,
    text: '{path}: {message}',
    hint: 'check the path',
  },
  'target-invalid': {
    exit: 25,
    text: 'targets/{target}: {message}',
    hint: 'correct the target; see docs/targets.md',
  },

  'no-code': {
    exit: 27,
    text: '{path}: no file there is of a kind that {target} opens as code',
    hint: 'kinds: {kinds}; give a root such as debian/tmp or a prefix such as /opt/{target}, and --root where it is staged without usr/',
  },
  unlisted: {
    exit: 28,
    text: '{count} file(s) or folder(s) could not be read: what they hold or name is not in the list:\n{list}',
    hint: 'run it as a user who may read them; with --write nothing was changed',
  },
  unnameable: {
    exit: 29,
    text: '{count} file(s) have a name that --format {format} cannot hold, and are left out:\n{list}',
    hint: 'what was printed lacks these alone: set their modes in the package with --write, or take them from --json',
  },

  'wrong-sum': {
    exit: 30,
    text: '{file}: sha256 is {actual}, and {expected} is pinned for {release}',
    hint: 'the file is damaged or another release: fetch it again, or use --tree for a tree of your own',
  },
  'hostile-archive': {
    exit: 31,
    text: '{file}: refused, entry {entry}: {reason}',
    hint: 'the archive was not made by the upstream project; nothing was unpacked',
  },
  'truncated-archive': {
    exit: 32,
    text: '{file}: the archive is damaged or incomplete ({message})',
    hint: 'fetch it again; nothing was unpacked',
  },
  'no-network': {
    exit: 33,
    text: '{release} could not be downloaded: {message}',
    hint: 'give a tarball with --tarball FILE or a tree with --tree DIR, or try again with a network',
  },
  'no-source': {
    exit: 34,
    text: 'no source of {release} can be had here:\n{tried}',
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
    hint: "the output above is the tool's own",
  },
  'tool-timeout': {
    exit: 42,
    text: '{tool} did not end within {ms} ms',
    hint: 'the machine may be overloaded: try again',
  },

  'disk-full': {
    exit: 50,
    text: '{path}: no space left',
    hint: 'nothing was half-written: free space, or choose another place: --out, --cache (or MAYEXEC_CACHE), TMPDIR',
  },
  'read-only': {
    exit: 51,
    text: '{path}: cannot be written ({message})',
    hint: 'nothing was half-written: choose another place: --out, --cache (or MAYEXEC_CACHE), TMPDIR',
  },
  changed: {
    exit: 56,
    text: '{path}: changed since the tree was read',
    hint: 'nothing was written: run it again when no other program writes there',
  },
  'not-marked': {
    exit: 53,
    text: '{path}: its x bits cannot be set ({message}); {left}',
    hint: 'run it as the owner of the files, on a file system that can be written',
  },
  noexec: {
    exit: 54,
    text: '{path}: programs that lie there cannot be run ({message})',
    hint: 'choose another folder with {choice}',
  },
  'no-cache': {
    exit: 55,
    text: 'there is no folder to keep things in from one run to the next: HOME is not set, and uid {user} has no home',
    hint: 'name one with --cache DIR or MAYEXEC_CACHE',
  },
  'symlink-loop': {
    exit: 52,
    text: '{path}: a loop of symbolic links',
    hint: 'remove the loop from the tree',
  },

  unverified: {
    exit: 60,
    text: 'the series does not hold up: {tool}: {message}',
    hint: "this is a defect of the target: please report it with the release and the tree's origin",
  },

  'bed-missing': {
    exit: 70,
    text: 'test bed {bed} is not available on this machine: {reason}',
    hint: 'leave out --require-bed to go on with the beds at hand',
  },
  'bed-dead': {
    exit: 71,
    text: 'test bed {bed} did not hold: {reason}',
    hint: 'no result of this run counts; {todo}',
  },
  'bed-nested': {
    exit: 72,
    text: 'test bed {bed} cannot be started inside another seccomp supervisor (EBUSY)',
    hint: 'run it outside of the other supervisor',
  },
  'no-bed': {
    exit: 75,
    text: 'no test bed of this machine refuses anything, so nothing would be proved:\n{reasons}',
    hint: 'docs/beds.md says what each test bed needs; --bed stock shows that nothing is broken, and no more',
  },
  refused: {
    exit: 73,
    text: '{count} scenario(s) did not go as expected:\n{list}',
    hint: 'see the table above',
  },
  unproven: {
    exit: 74,
    text: '{count} site(s) that no scenario notices when they are left plain:\n{list}',
    hint: 'add a scenario that opens code there to targets/<name>/scenarios/',
  },

  interrupted: {
    exit: 130,
    text: 'interrupted by {signal}',
    hint: 'nothing was left half-made: run the command again',
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

  constructor(
    readonly code: ProblemCode,
    readonly details: Readonly<Record<string, string | number>>,
    options?: ErrorOptions,
  ) {
    super(fill(PROBLEMS[code].text, details), options);
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
