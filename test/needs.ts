import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { release } from 'node:os';
import { delimiter, join } from 'node:path';
import { TestRunner } from 'vitest';
import { packageFolder } from '../src/package.ts';
import { lackedCapabilities } from '../src/prove/harness.ts';

/** Something that a test needs and a machine may lack. */
export interface Need {
  /** What is lacking, for instance `strace`. */
  readonly what: string;
  /** What brings it: a Debian package, a kernel setting, another user. */
  readonly brings: string;
  /** Whether it is here. */
  readonly met: () => boolean;
  /** With MAYEXEC_REQUIRE_TOOLS=1, as CI sets it, its lack is a failure: whoever runs the tests can bring it. */
  readonly required: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    /** What this machine lacks for the test. */
    lacking?: Lack[];
    /** The test has run, and a part of it has not. */
    partly?: Lack[];
  }
}

/** What is kept of a need that is not met. */
export interface Lack {
  readonly what: string;
  readonly brings: string;
}

/**
 * A program in PATH.
 *
 * @param program its name
 * @param pkg the Debian package that has it
 */
export function tool(program: string, pkg = program): Need {
  return {
    what: program,
    brings: `apt-get install ${pkg}`,
    met: () => folders().some((folder) => isProgram(join(folder, program))),
    required: true,
  };
}

/** A C compiler with the headers of its C library. */
export const gcc = compiler('gcc', [], 'gcc libc6-dev');

/** A C compiler that makes 32-bit programs too. */
export const gcc32 = compiler('gcc', ['-m32'], 'gcc-multilib');

/**
 * A C compiler that finds the headers of a C library.
 *
 * @param flags those that choose the library
 * @param pkg Debian packages
 */
export function compiler(program: string, flags: readonly string[], pkg: string): Need {
  return {
    what: [program, ...flags].join(' '),
    brings: `apt-get install ${pkg}`,
    met: once(
      () => {
        const preprocess = [...flags, '-E', '-x', 'c', '-'];
        return spawnSync(program, preprocess, { input: '#include <stdio.h>\n' }).status === 0;
      },
      [program, ...flags].join(' '),
    ),
    required: true,
  };
}

/** The user root. */
export const root: Need = {
  what: 'root',
  brings: 'run it as root',
  met: () => process.getuid?.() === 0,
  required: false,
};

/** A user who is not root. */
export const ordinaryUser: Need = {
  what: 'an ordinary user',
  brings: 'run it as a user who is not root',
  met: () => process.getuid?.() !== 0,
  required: false,
};

/** New user and mount namespaces, which some systems and most containers do not allow. */
export const namespaces: Need = {
  what: 'user namespaces',
  brings:
    'sysctl user.max_user_namespaces (not 0), kernel.apparmor_restrict_unprivileged_userns (0); most containers have none',
  met: once(() => spawnSync('unshare', ['-Urm', 'true']).status === 0, 'namespaces'),
  required: false,
};

/** A mount namespace of root's, whose mounts nobody else sees: containers and chroots have none. */
export const rootMounts: Need = {
  what: 'mount namespaces of root',
  brings: 'run it as root, not in a chroot, and in a container with --cap-add SYS_ADMIN only',
  met: once(
    () => process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0,
    'mount namespaces',
  ),
  required: false,
};

/** What beds mount their fixtures in. */
export const bedNamespaces: Need = {
  what: 'namespaces for test beds',
  brings: namespaces.brings,
  met: () => rootMounts.met() || namespaces.met(),
  required: false,
};

/** What root needs to run jobs as other users and to see into them. */
export const wholeRoot: Need = {
  what: 'root with all its capabilities',
  brings: 'run it as root, in a container with --cap-add SYS_PTRACE',
  met: () => root.met() && lackedCapabilities().length === 0,
  required: false,
};

/** Beds that give all that beds can give to whoever runs the tests. */
export const wholeBeds: Need = {
  what: 'test beds with namespaces',
  brings: `docs/beds.md has what they need: ${namespaces.brings}; --cap-add SYS_PTRACE`,
  met: () => bedNamespaces.met() && (!root.met() || wholeRoot.met()),
  required: false,
};

/** A checkout that uid 65534, whom tests of root's run programs as, can read. */
export const reachable: Need = {
  what: 'a checkout that every user can reach',
  brings: 'give its folders x bits for others',
  met: once(() => {
    if (!root.met()) return true;
    const cli = join(packageFolder, 'dist/src/cli.js');
    return spawnSync('test', ['-r', cli], { uid: 65534, gid: 65534 }).status === 0;
  }, 'reachable'),
  required: false,
};

/** AT_EXECVE_CHECK and its securebits. */
export const securebits: Need = {
  what: 'Linux 6.14',
  brings: 'boot a newer kernel',
  met: () => {
    const [major = 0, minor = 0] = release().split('.').map(Number);
    return major > 6 || (major === 6 && minor >= 14);
  },
  required: false,
};

/** An unpacked linux-libc-dev of 6.11 or later, which has the headers of all architectures. */
export const kernelHeaders = given(
  'newer kernel headers',
  'set MAYEXEC_KERNEL_HEADERS to what .ci/kernel-headers prints',
  process.env['MAYEXEC_KERNEL_HEADERS'] !== undefined,
);

/** Time for each release, interpreter and standard, where one of them shows what most changes break. */
export const thorough: Need = {
  what: 'time for the long tests',
  brings: 'set MAYEXEC_THOROUGH=1, as CI does',
  met: () => process.env['MAYEXEC_THOROUGH'] === '1',
  required: false,
};

/**
 * Anything else.
 *
 * @param brings what whoever runs the tests has to do
 */
export function given(what: string, brings: string, met: boolean, required = false): Need {
  return { what, brings, met: () => met, required };
}

/**
 * Options of a test or a `describe` that is not run where the machine lacks something; the summary at the end names it.
 *
 * @throws Error where a lack counts as a failure
 */
export function needs(...wanted: readonly Need[]): { skip?: boolean; meta?: { lacking: Lack[] } } {
  const lacking = lacks(wanted);
  return lacking.length === 0 ? {} : { skip: true, meta: { lacking } };
}

/** Whether the machine has all of it: for what a file does before its tests run. */
export function has(...wanted: readonly Need[]): boolean {
  return lacks(wanted).length === 0;
}

/**
 * Ends the test that is running as one that is not run, where the machine lacks something. Not for tests that run
 * side by side.
 *
 * @throws what vitest takes for the end of a test, and an Error where a lack counts as a failure
 */
export function demand(...wanted: readonly Need[]): void {
  const lacking = lacks(wanted);
  if (lacking.length === 0) return;
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(`outside of a test: ${sentence(lacking)}`);
  test.meta.lacking = lacking;
  test.context.skip(sentence(lacking));
}

/**
 * Whether a part of the running test can be run; where it cannot, the summary at the end says so.
 *
 * @throws Error where a lack counts as a failure
 */
export function partly(...wanted: readonly Need[]): boolean {
  const lacking = lacks(wanted);
  const test = TestRunner.getCurrentTest();
  if (test !== undefined && lacking.length > 0) test.meta.partly = [...(test.meta.partly ?? []), ...lacking];
  return lacking.length === 0;
}

function lacks(wanted: readonly Need[]): Lack[] {
  const lacking = wanted.filter(({ met }) => !met());
  const [failure] = lacking.filter(({ required }) => required);
  if (failure !== undefined && process.env['MAYEXEC_REQUIRE_TOOLS'] === '1')
    throw new Error(`MAYEXEC_REQUIRE_TOOLS=1: ${sentence([failure])}`);
  return lacking.map(({ what, brings }) => ({ what, brings }));
}

function sentence(lacking: readonly Lack[]): string {
  return lacking.map(({ what, brings }) => `needs ${what} (${brings})`).join('; ');
}

const answers = new Map<string, boolean>();

/** Asks once a process. */
function once(ask: () => boolean, name: string): () => boolean {
  return () => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(name, answer);
    return answer;
  };
}

function folders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
