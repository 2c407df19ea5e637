#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { FORMATS } from './formats/forms.js';
import type { Format } from './formats/forms.js';
import { packageFolder, version } from './package.js';
import { PROBLEMS, problem, Problem } from './problems.js';
import { runWithInterrupts } from './programs/cleanup.js';
import { painter } from './report/terminal.js';
import { diskProblem } from './source/disk.js';
import { readProblem } from './source/reading.js';
import { visible } from './target/visible.js';

const HELP = `mayexec: makes script interpreters open code with O_MAYEXEC

usage
  mayexec scan  TREE|RELEASE               every open, with its verdict and why
  mayexec why   [TREE|RELEASE] FILE:LINE   what is known of the opens on a line
  mayexec patch TREE|RELEASE ...           the patch series; a mailbox on standard output, unless --out or --write
  mayexec drift OLD NEW                    what became of every open between two trees or releases
  mayexec review TREE|RELEASE              what no known release answers for; --out writes the file to decide it in
  mayexec verify [RELEASE ...]             generated/ is what the code makes, and every choice of patches applies
  mayexec prove NAME[@VERSION]             runs the interpreter, stock and patched, under every policy
  mayexec deploy NAME[@VERSION] --prefix DIR  the installed files that need x bits under a policy by permission
  mayexec fetch RELEASE                    gets and unpacks the source of a release; prints its folder
  mayexec lock  TREE|RELEASE               what is decided about each site, a line each: for targets/NAME/locks/
  mayexec new-target NAME TREE             writes targets/NAME/ for an interpreter that the kit does not know (in a checkout)
  mayexec new-release NAME@VERSION TREE    what a release costs that is not pinned, its entry, lock and series (in a checkout)
  mayexec sandbox [--policy N] -- COMMAND  runs a command as on a kernel that knows O_MAYEXEC

a RELEASE is NAME@VERSION, for instance bash@5.2.15; a TREE is a folder of unpacked source

options
  --json           output for machines
  --all            scan: lists the exempt sites too; drift: those that are the same to the line
  --evidence       scan: follows what each site opens to what evaluates it, and fails where a verdict does not answer for it
  --out DIR        patch: writes DIR/NAME/VERSION/: patches with their series file, ledger, provenance
                   review: the file to decide in
  --each           patch: the first release of each interpreter, in place of names
  --format NAME    patch: git (mails; patch and quilt read them too) or debian (DEP-3, for debian/patches)
                   deploy: list, statoverride (a script for dpkg-statoverride) or rpm (lines for %files)
  --write          patch: applies the series to the tree; deploy: sets the x bits
  --verify         patch: has git am, patch and quilt apply the series and compares what they make
  --reviewed FILE  patch, review: what you decided about sites that no known release answers for
  --roles LIST     patch, deploy: roles of the optional patches to make, for instance script,module,startup
  --prefix DIR     deploy: where to look: /, debian/tmp, /opt/NAME
  --root DIR       deploy: what is / on the installed system; else the nearest folder above with a usr/
  --also PATH      deploy: a file, or a folder of modules, that a program of yours opens as code; may be given again
  --numbered       patch: subjects say [PATCH n/m], for those who mail the series
  --despite-guides deploy: sets x bits even where a guide to hardening (STIG, CIS) forbids them
  --check-system   deploy: what makes a policy of this system weaker than it looks; takes no name
  --author 'N <M>' patch: who the patches are from
  --signoff 'N <M>'  patch: adds a Signed-off-by line
  --interpreter F  prove: an installed interpreter, in place of one that is built
  --outcome        prove: only whether code ran, for an interpreter that others patched: holes and breaks
  --stock F        prove: the unpatched one to compare it with
  --mutate         prove: leaves each site plain in turn; a scenario must notice
  --bed NAME       prove: this bed only (supervisor, securebits, stock); may be given again
  --require-bed N  prove: fails where this bed (or all) is not to be had
  --policy LIST    prove: these policies only, for instance 0,1
  --only TEXT      prove: scenarios whose name holds the text
  --overlay NAME   lock: what a distribution's tree has beside the lock of its release
  --tarball FILE   the source, with the sum that the release pins; new-release: the archive whose sum is to be pinned
  --date DATE      new-release: the day of the release, YYYY-MM-DD
  --tree DIR       the source, unpacked
  --sources DIR    a folder of tarballs to look into before the network is asked
  --cache DIR      where sources are kept
  --version        prints the version
  --help           prints this

example
  mayexec patch --verify --out series bash@5.2.15
  mayexec deploy python --prefix / --format statoverride
  mayexec new-target toy test/toy/tree
  mayexec new-release bash@5.2.16 bash-5.2.16 --tarball bash-5.2.16.tar.gz --date 2023-12-01

exit status: 0, or that of the problem; docs/errors.md has the table
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  evidence: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  each: { type: 'boolean', default: false },
  verify: { type: 'boolean', default: false },
  numbered: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
  out: { type: 'string' },
  format: { type: 'string' },
  prefix: { type: 'string' },
  root: { type: 'string' },
  also: { type: 'string', multiple: true },
  'despite-guides': { type: 'boolean', default: false },
  'check-system': { type: 'boolean', default: false },
  author: { type: 'string' },
  signoff: { type: 'string' },
  roles: { type: 'string' },
  tarball: { type: 'string' },
  tree: { type: 'string' },
  sources: { type: 'string' },
  cache: { type: 'string' },
  interpreter: { type: 'string' },
  stock: { type: 'string' },
  outcome: { type: 'boolean', default: false },
  mutate: { type: 'boolean', default: false },
  bed: { type: 'string', multiple: true },
  'require-bed': { type: 'string', multiple: true },
  policy: { type: 'string' },
  only: { type: 'string' },
  overlay: { type: 'string' },
  date: { type: 'string' },
  reviewed: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

async function main(argv: readonly string[]): Promise<void> {
  mindBytes(argv);
  // Each command is loaded when it is called: most of the time of a short one would go into loading the others.
  // What sandbox runs has options of its own.
  if (argv[0] === 'sandbox') {
    const { sandboxCommand } = await import('./commands/sandbox.js');
    await sandboxCommand(argv.slice(1));
    return;
  }
  const { values, positionals } = parse(argv);
  if (values.help || (positionals.length === 0 && !values.version)) {
    process.stdout.write(HELP);
    return;
  }
  if (values.version) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const [command, ...names] = positionals;
  switch (command) {
    case 'scan': {
      const { scanCommand } = await import('./commands/scan.js');
      await scanCommand(only(names, 'scan'), values);
      return;
    }
    case 'fetch': {
      const { fetchCommand } = await import('./commands/fetch.js');
      await fetchCommand(only(names, 'fetch'), values);
      return;
    }
    case 'review': {
      const { reviewCommand } = await import('./commands/review.js');
      await reviewCommand(only(names, 'review'), values);
      return;
    }
    case 'lock': {
      const { lockCommand } = await import('./commands/lock.js');
      await lockCommand(only(names, 'lock'), values);
      return;
    }
    case 'new-target': {
      const [name, tree] = names;
      if (name === undefined || tree === undefined || names.length > 2)
        throw problem('usage', { message: 'new-target takes a name and a tree' });
      const { newTargetCommand } = await import('./commands/new-target.js');
      await newTargetCommand(name, tree);
      return;
    }
    case 'new-release': {
      const [name, tree = values.tree] = names;
      if (name === undefined || tree === undefined || names.length > 2)
        throw problem('usage', {
          message: 'new-release takes a release by its name, NAME@VERSION, and its tree',
        });
      const { newReleaseCommand } = await import('./commands/new-release.js');
      await newReleaseCommand(name, tree, values);
      return;
    }
    case 'drift': {
      const [from, to] = names;
      if (from === undefined || to === undefined || names.length > 2) {
        throw problem('usage', { message: 'drift takes two trees or releases, the older one first' });
      }
      const { driftCommand } = await import('./commands/drift.js');
      await driftCommand(from, to, values);
      return;
    }
    case 'verify': {
      const { verifyCommand } = await import('./commands/verify.js');
      await verifyCommand(names, values);
      return;
    }
    case 'prove': {
      const { policyOf } = await import('./commands/sandbox.js');
      const { proveCommand } = await import('./commands/prove.js');
      const { roles, policy, 'require-bed': requireBed, ...rest } = values;
      await proveCommand(only(names, 'prove'), {
        ...rest,
        requireBed: requireBed?.includes('all') === true ? 'all' : requireBed,
        policy: policy?.split(',').map(policyOf),
        roles: rolesOf(roles),
      });
      return;
    }
    case 'why': {
      const [first, second] = names;
      if (first === undefined || names.length > 2)
        throw problem('usage', { message: 'why takes a place, FILE:LINE' });
      const { whyCommand } = await import('./commands/why.js');
      await (second === undefined ? whyCommand(first, undefined, values) : whyCommand(second, first, values));
      return;
    }
    case 'patch': {
      const { author, signoff, roles, format, each, reviewed, ...rest } = values;
      if ((names.length === 0) !== each)
        throw problem('usage', { message: 'patch takes trees or releases, or --each' });
      const { patchCommand } = await import('./commands/patch.js');
      const { firstReleases } = await import('./target/find.js');
      const { reviewAt } = await import('./commands/review.js');
      await patchCommand(each ? await firstReleases() : names, {
        ...rest,
        each,
        review: reviewAt(reviewed),
        format: formatNamed(format ?? 'git'),
        roles: rolesOf(roles),
        ...(author !== undefined && { author: person('author', author) }),
        ...(signoff !== undefined && { signoff: person('signoff', signoff) }),
      });
      return;
    }
    case 'deploy': {
      if (values['check-system']) {
        if (names.length > 0)
          throw problem('usage', { message: '--check-system is about the system: it takes no name' });
        const { checkSystem } = await import('./commands/check-system.js');
        checkSystem(values);
        return;
      }
      const { prefix, root, also, roles, format, write, json } = values;
      if (prefix === undefined)
        throw problem('usage', { message: 'deploy takes the folder of what is installed: --prefix DIR' });
      const { deployCommand, deployFormat } = await import('./commands/deploy.js');
      await deployCommand(only(names, 'deploy'), {
        prefix,
        root,
        also,
        roles: rolesOf(roles),
        despiteGuides: values['despite-guides'],
        format: deployFormat(format ?? 'list'),
        write,
        json,
      });
      return;
    }
    default:
      throw problem('usage', { message: `unknown command ${command ?? ''}` });
  }
}

/** Node replaces the bytes of an argument that are no UTF-8: what it names then is another file, or none. */
function mindBytes(argv: readonly string[]): void {
  const path = argv.find((one) => one.includes('\uFFFD'));
  if (path === undefined) return;
  const given = readFileSync('/proc/self/cmdline');
  if (given.equals(Buffer.from(given.toString()))) return;
  throw problem('bad-path', { path, message: 'not UTF-8: change into the folder, and name it .' });
}

/** Options that are paths; none is empty, unless a variable of a script is. */
const PATHS = [
  'out',
  'prefix',
  'root',
  'tarball',
  'tree',
  'sources',
  'cache',
  'interpreter',
  'stock',
  'reviewed',
] as const;

function parse(
  argv: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    const parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    const empty = PATHS.find((name) => parsed.values[name] === '');
    if (empty !== undefined) throw new Error(`--${empty} takes a path, and was given an empty one`);
    if (parsed.positionals.includes('')) throw new Error('one of the arguments is empty');
    return parsed;
  } catch (error) {
    throw problem('usage', { message: error instanceof Error ? error.message : String(error) }, error);
  }
}

function only(names: readonly string[], command: string): string {
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw problem('usage', { message: `${command} takes one tree or release` });
  }
  return name;
}

function rolesOf(list: string | undefined): readonly string[] | undefined {
  return list?.split(',').filter((role) => role !== '');
}

function formatNamed(name: string): Format {
  if (isFormat(name)) return name;
  throw problem('usage', { message: `--format takes ${Object.keys(FORMATS).join(' or ')}, not ${name}` });
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

function person(option: string, value: string): string {
  if (/^[^<>\n]+ <[^<>@\s]+@[^<>\s]+>$/.test(value)) return value;
  throw problem('usage', { message: `--${option} takes 'Name <mail>', not ${value}` });
}

/** What the system said of a path of the user's is no defect, wherever it came up; of the kit's own files it is. */
function ofTheDisk(error: unknown): unknown {
  const { path, syscall = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (path === undefined || syscall.startsWith('spawn')) return error;
  if (resolve(path).startsWith(`${packageFolder}${sep}`)) return error;
  const full = diskProblem(error, path);
  return full instanceof Problem && full.code === 'disk-full' ? full : readProblem(error, path);
}

/** Tells the user, and gives the exit status. */
function report(error: unknown): number {
  const known = ofTheDisk(error);
  const found =
    known instanceof Problem
      ? known
      : problem(
          'internal',
          { message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
          error,
        );
  if (process.argv.includes('--json')) {
    const { code, exit, message, hint } = found;
    process.stderr.write(`${JSON.stringify({ error: { code, exit, message, hint } })}\n`);
  } else {
    const paint = painter(process.stderr);
    // Lists have a line for each thing, and tools have their own columns.
    const [message, hint] = [visible(found.message, '\n\t'), visible(found.hint, '\n')];
    process.stderr.write(`${paint('red', 'mayexec:')} ${message}\n  ${hint}\n`);
  }
  return PROBLEMS[found.code].exit;
}

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.exit(
    report(error.code === 'ENOSPC' ? problem('disk-full', { path: 'standard output' }, error) : error),
  );
});
// Where messages cannot be written, the exit status still can.
process.stderr.on('error', () => undefined);

try {
  await runWithInterrupts(() => main(process.argv.slice(2)));
} catch (error) {
  const status = report(error);
  // Work that a signal has ended may still be waiting for something.
  if (error instanceof Problem && error.code === 'interrupted') process.exit(status);
  process.exitCode = status;
}
