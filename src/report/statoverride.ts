import type { Override } from './override.ts';

/** Whether dpkg's list of overrides can hold a name: it has one a line. */
export function fitsDpkg(path: string): boolean {
  return !path.includes('\n');
}

/** A word of the shell, whatever bytes it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A script for /bin/sh that has dpkg keep the modes of files, also across upgrades.
 *
 * An override that is there already is the administrator's, and stays. dpkg-statoverride takes its argument of --list
 * for a pattern, so what is looked for there is quoted twice.
 *
 * @param subject what the files belong to, for a comment
 */
export function statoverrideScript(subject: string, overrides: readonly Override[]): string {
  const lines = overrides.map(({ path, owner, group, mode }) => {
    const pattern = path.replace(/[*?[\]\\]/g, String.raw`\$&`);
    const words = [owner, group, mode.toString(8).padStart(4, '0'), quoted(path)];
    if (pattern !== path) words.push(quoted(pattern));
    return `add ${words.map((word) => (word.startsWith('#') ? quoted(word) : word)).join(' ')}\n`;
  });
  return `#!/bin/sh
# Execute permission for the files that ${subject} opens as code. Run it as root, and again after new packages. dpkg keeps
# these modes when it unpacks. To undo one: dpkg-statoverride --remove PATH, then chmod.
set -eu

add() {
    if dpkg-statoverride --list "\${5:-$4}" >/dev/null; then
        echo "left as it is: $(dpkg-statoverride --list "\${5:-$4}")" >&2
    elif [ -f "\${DPKG_ROOT:-}$4" ]; then
        dpkg-statoverride --update --add "$1" "$2" "$3" "$4"
    else
        echo "no such file: $4" >&2
    fi
}

${lines.join('')}`;
}
