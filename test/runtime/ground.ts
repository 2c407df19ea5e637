import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Scripts to open, in a folder that every user can read. */
export interface Scripts {
  readonly folder: string;
  /** Mode 0755 and 0644; executed, they leave a trace. */
  readonly yes: string;
  readonly no: string;
  /** Whether one of them was executed. */
  readonly ran: () => boolean;
  readonly remove: () => void;
}

/** Makes scripts of both kinds. */
export function makeScripts(): Scripts {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-scripts-'));
  chmodSync(folder, 0o777);
  const trace = join(folder, 'ran');
  const script = (name: string, mode: number): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n: >${trace}\n`);
    chmodSync(path, mode);
    return path;
  };
  return {
    folder,
    yes: script('yes', 0o755),
    no: script('no', 0o644),
    ran: () => existsSync(trace),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command that runs another in mount and user namespaces of its own, after `prepare`, a shell script. */
export function apart(prepare: string): string[] {
  return ['unshare', '-Urm', 'sh', '-c', `${prepare} && exec "$@"`, 'sh'];
}

/** A shell script that makes a kernel look as if it had the sysctl; for {@link apart}. */
export const WITH_SYSCTL = 'mount -t tmpfs none /proc/sys/fs && : >/proc/sys/fs/open_mayexec_enforce';

/** A shell script that mounts a new filesystem with these options on a new folder and puts a script into it. */
export function onMount(folder: string, options: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  return `mount -t tmpfs -o ${options} none ${folder} && cp ${script} ${folder}/script && chmod 755 ${folder}/script`;
}
