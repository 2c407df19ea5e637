import { readFileSync } from 'node:fs';
import { release } from 'node:os';

/** What a system says of itself: what is asked for each warning. */
export interface System {
  /** The text of a file of /proc/sys, without its last newline; undefined where there is none, or none for this user. */
  readonly sysctl: (name: string) => string | undefined;
  /** As uname has it, for instance `6.1.0-18-amd64`. */
  readonly kernel: string;
}

/** Something about a system that makes a policy weaker than it looks. */
export interface Warning {
  readonly id: 'no-mechanism' | 'no-policy' | 'user-namespaces';
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The first kernel with AT_EXECVE_CHECK and its securebits (Documentation/userspace-api/check_exec.rst). */
const CHECK_SINCE = [6, 14] as const;

/** The system that this runs on. */
export function thisSystem(): System {
  return {
    kernel: release(),
    sysctl: (name) => {
      try {
        return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'latin1').replace(/\n$/, '');
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * What a patched interpreter cannot make good on a system.
 *
 * @returns warnings, the gravest first; none where nothing was found
 */
export function systemWarnings({ sysctl, kernel }: System): readonly Warning[] {
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10));
  const checks = major > CHECK_SINCE[0] || (major === CHECK_SINCE[0] && minor >= CHECK_SINCE[1]);
  // Mode 0600: an ordinary user sees that it is there, and not what it says. O_MAYEXEC v7, "fs: Enable to enforce".
  const enforce = sysctl('fs.open_mayexec_enforce');
  const warnings: Warning[] = [];
  if (!checks && enforce === undefined) {
    warnings.push({
      id: 'no-mechanism',
      what: `the kernel (${kernel}) has no AT_EXECVE_CHECK and shows this user no O_MAYEXEC: nothing is refused`,
      advice: 'use Linux 6.14 or later, or build the interpreters with MAYEXEC_STRICT (docs/helper.md)',
    });
  }
  if (enforce === '0') {
    warnings.push({
      id: 'no-policy',
      what: 'fs.open_mayexec_enforce is 0: the kernel ignores the flag',
      advice: 'sysctl fs.open_mayexec_enforce=3',
    });
  }
  if (checks && namespacesForUsers(sysctl)) {
    warnings.push({
      id: 'user-namespaces',
      what: 'ordinary users may create user namespaces, and a new one clears the securebits, locked or not',
      advice:
        'sysctl user.max_user_namespaces=0, or filter unshare and clone; otherwise build with MAYEXEC_RESTRICT_FILE and MAYEXEC_DENY_INTERACTIVE (docs/threat-model.md)',
    });
  }
  return warnings;
}

/** Debian's own switch, and AppArmor's of Ubuntu 24.04, forbid them to users without privileges. */
function namespacesForUsers(sysctl: System['sysctl']): boolean {
  return (
    sysctl('user.max_user_namespaces') !== '0' &&
    sysctl('kernel.unprivileged_userns_clone') !== '0' &&
    sysctl('kernel.apparmor_restrict_unprivileged_userns') !== '1'
  );
}
