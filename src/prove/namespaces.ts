import { readFileSync } from 'node:fs';

/** Kernel settings that keep namespaces from users, with the value that does and the one that does not. */
const SETTINGS = [
  { file: 'user/max_user_namespaces', name: 'user.max_user_namespaces', bad: '0', good: '10000' },
  {
    file: 'kernel/unprivileged_userns_clone',
    name: 'kernel.unprivileged_userns_clone',
    bad: '0',
    good: '1',
  },
  {
    file: 'kernel/apparmor_restrict_unprivileged_userns',
    name: 'kernel.apparmor_restrict_unprivileged_userns',
    bad: '1',
    good: '0',
  },
] as const;

/**
 * What would bring namespaces to this machine, in words: the kernel settings that are against them, else what a
 * container is to be given.
 *
 * @param read gives the text of a file below /proc/sys, undefined where there is none
 */
export function bringsNamespaces(read = readSetting): string {
  const against = SETTINGS.filter(({ file, bad }) => read(file)?.trim() === bad);
  if (against.length > 0)
    return `run: sysctl ${against.map(({ name, good }) => `${name}=${good}`).join(' ')}`;
  return 'in a container, root needs CAP_SYS_ADMIN (--cap-add SYS_ADMIN); other users need `unshare -Ur true` to work';
}

function readSetting(file: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
