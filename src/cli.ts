#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { FORMATS } from './formats/forms.ts';
import type { Format } from './formats/forms.ts';
import { packageFolder, version } from './package.ts';
import { PROBLEMS, problem, Problem } from './problems.ts';
import { runWithInterrupts } from './programs/cleanup.ts';
import { painter } from './report/terminal.ts';
import { diskProblem } from './source/disk.ts';
import { readProblem } from './source/reading.ts';
import { visible } from './target/visible.ts';

const HELP = `mayexec: makes script interpreters open code with O_MAYEXEC

usage
  mayexec scan  TREE|RELEASE               lists every open, with its verdict and the reason
  mayexec why   [TREE|RELEASE] FILE:LINE   shows what is known about the opens on a line
  mayexec patch TREE|RELEASE ...           makes the patch series; prints a mailbox unless --out or --write is given
  mayexec drift OLD NEW                    compares every open of two trees or releases
  mayexec review TREE|RELEASE              shows what no known release confirms; --out writes a file to decide it in
  mayexec verify [NAME|RELEASE ...]        checks generated/, and that every choice of patches applies
  mayexec prove NAME[@VERSION]             runs the interpreter, stock and patched, under every policy
  mayexec deploy NAME[@VERSION] --prefix DIR  lists installed files that need execute permission
  mayexec fetch RELEASE                    gets and unpacks the source of a release; prints its folder
  mayexec lock  TREE|RELEASE               prints the verdict of each site, one per line, for targets/NAME/locks/
  mayexec discover TREE                    ranks the opens of an interpreter in C that no target knows
  mayexec new-target NAME TREE             writes targets/NAME/ for a new interpreter (in a checkout)
  mayexec check-target NAME                lists what is left to do for a target (in a checkout)
  mayexec new-release NAME@VERSION TREE    writes the entry, lock and series of a new release (in a checkout)
  mayexec sandbox [--policy N] -- COMMAND  runs a command as if the kernel knew O_MAYEXEC; has its own --help

a RELEASE is NAME@VERSION, for example bash@5.2.15; a TREE is a folder of unpacked source

options
  --json           prints output for machines
  --all            scan, discover: also lists exempt sites; drift: also lists unchanged sites
  --evidence       scan: follows the bytes of each site to their use; fails if a verdict does not explain it
  --out DIR        patch: writes DIR/NAME/VERSION/: patches, their series file, ledger and provenance
                   review: the file to write
  --each           patch: the first release of each interpreter, in place of names
  --format NAME    patch: git (mails, which patch and quilt read too) or debian (DEP-3, for debian/patches)
                   deploy: list, statoverride (a script for dpkg-statoverride) or rpm (lines for %files)
  --write          patch: applies the series to the tree; deploy: sets execute permission
  --verify         patch: applies the series with git am, patch and quilt, and compares the results
  --reviewed FILE  patch, review: what you decided about sites that no known release confirms
  --roles LIST     patch, deploy: the roles of the optional patches to make, for example script,module,startup
  --prefix DIR     deploy: where to look: /, debian/tmp, /opt/NAME
  --root DIR       deploy: what is / on the installed system; by default the nearest folder above that has usr/
  --also PATH      deploy: another file, or folder of modules, that your program opens as code; can be repeated
  --numbered       patch: writes [PATCH n/m] in subjects, for sending the series by mail
  --despite-guides deploy: sets execute permission even where a guide to hardening (STIG, CIS) forbids it
  --check-system   deploy: shows what weakens a policy on this system; takes no name
  --author 'N <M>' patch: the author of the patches
  --signoff 'N <M>'  patch: adds a Signed-off-by line
  --interpreter F  prove: tests the installed interpreter F, and builds none
  --outcome        prove: judges only whether code ran, for an interpreter that others patched
  --variant NAME   prove: builds the interpreter in another configuration that its target names
  --stock F        prove: the unpatched interpreter to compare with F
  --mutate         prove: leaves out each site in turn; a scenario must notice
  --bed NAME       prove: uses only this bed (supervisor, uml, securebits, stock); can be repeated
  --require-bed N  prove: fails if this bed (or all) is unavailable
  --policy LIST    prove: uses only these policies, for example 0,1
  --only TEXT      prove: runs only scenarios whose name contains TEXT
  --overlay NAME   lock: prints only what a distribution's tree has beyond the lock of its release
  --tarball FILE   reads the source from FILE and checks its sum; new-release: the archive whose sum to pin
  --date DATE      new-release: the date of the release, YYYY-MM-DD
  --tree DIR       reads the unpacked source in DIR
  --sources DIR    looks for tarballs in DIR before it asks the network
  --cache DIR      keeps sources and builds in DIR
  --version        prints the version
  --help           prints this help

examples
  mayexec patch --verify --out series bash@5.2.15
  mayexec deploy python --prefix / --format statoverride
  mayexec discover test/discover/tree
  mayexec new-target toy test/toy/tree
  mayexec check-target bash
  mayexec new-release bash@5.2.16 bash-5.2.16 --tarball bash-5.2.16.tar.gz --date 2023-12-01

exit status: 0 on success; otherwise the status of the problem (see docs/errors.md)
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
  variant: { type: 'string' },
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
  // The command that sandbox runs has its own options.
  if (argv[0] === 'sandbox') {
    const { sandboxCommand } = await import('./commands/sandbox.ts');
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
      const { scanCommand } = await import('./commands/scan.ts');
      await scanCommand(only(names, 'scan'), values);
      return;
    }
    case 'fetch': {
      const { fetchCommand } = await import('./commands/fetch.ts');
      await fetchCommand(only(names, 'fetch'), values);
      return;
    }
    case 'review': {
      const { reviewCommand } = await import('./commands/review.ts');
      await reviewCommand(only(names, 'review'), values);
      return;
    }
    case 'lock': {
      const { lockCommand } = await import('./commands/lock.ts');
      await lockCommand(only(names, 'lock'), values);
      return;
    }
    case 'discover': {
      const { discoverCommand } = await import('./commands/discover.ts');
      await discoverCommand(only(names, 'discover'), values);
      return;
    }
    case 'new-target': {
      const [name, tree] = names;
      if (name === undefined || tree === undefined || names.length > 2)
        throw problem('usage', { message: 'new-target takes a name and a tree' });
      const { newTargetCommand } = await import('./commands/new-target.ts');
      await newTargetCommand(name, tree);
      return;
    }
    case 'check-target': {
      const { checkTargetCommand } = await import('./commands/check-target.ts');
      await checkTargetCommand(only(names, 'check-target'), values);
      return;
    }
    case 'new-release': {
      const [name, tree = values.tree] = names;
      if (name === undefined || tree === undefined || names.length > 2)
        throw problem('usage', {
          message: 'new-release takes a name, NAME@VERSION, and a tree',
        });
      const { newReleaseCommand } = await import('./commands/new-release.ts');
      await newReleaseCommand(name, tree, values);
      return;
    }
    case 'drift': {
      const [from, to] = names;
      if (from === undefined || to === undefined || names.length > 2) {
        throw problem('usage', { message: 'drift takes two trees or releases, the older one first' });
      }
      const { driftCommand } = await import('./commands/drift.ts');
      await driftCommand(from, to, values);
      return;
    }
    case 'verify': {
      const { verifyCommand } = await import('./commands/verify.ts');
      await verifyCommand(names, values);
      return;
    }
    case 'prove': {
      const { policyOf } = await import('./commands/sandbox.ts');
      const { proveCommand } = await import('./commands/prove.ts');
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
      const { whyCommand } = await import('./commands/why.ts');
      await (second === undefined ? whyCommand(first, undefined, values) : whyCommand(second, first, values));
      return;
    }
    case 'patch': {
      const { author, signoff, roles, format, each, reviewed, ...rest } = values;
      if ((names.length === 0) !== each)
        throw problem('usage', { message: 'patch takes trees or releases, or --each, not both' });
      const { patchCommand } = await import('./commands/patch.ts');
      const { firstReleases } = await import('./target/find.ts');
      const { reviewAt } = await import('./commands/review.ts');
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
          throw problem('usage', { message: '--check-system looks at the system, so it takes no name' });
        const { checkSystem } = await import('./commands/check-system.ts');
        checkSystem(values);
        return;
      }
      const { prefix, root, also, roles, format, write, json } = values;
      if (prefix === undefined)
        throw problem('usage', { message: 'deploy needs --prefix DIR, the folder of the installed files' });
      const { deployCommand, deployFormat } = await import('./commands/deploy.ts');
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
  throw problem('bad-path', { path, message: 'not UTF-8: change into the folder and give . as its name' });
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
    if (empty !== undefined) throw new Error(`--${empty} takes a path, but the one given is empty`);
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
