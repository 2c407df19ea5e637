/** The upstream part of a Debian version: without the epoch before it and the revision after it (deb-version(7)). */
export function upstreamPart(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}

/**
 * Orders two Debian versions as dpkg does (deb-version(7)): negative when `a` is the older one.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  for (let index = 0; index < 3; index += 1) {
    const order = compareParts(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function split(version: string): string[] {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/.exec(version) ?? [];
  const upstream = upstreamPart(rest);
  return [epoch, upstream, rest.slice(upstream.length + 1)];
}

/** Runs of other characters and runs of digits in turn. */
function compareParts(a: string, b: string): number {
  const [left, right] = [runs(a), runs(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = '', other = ''] = [left[index], right[index]];
    const order = index % 2 === 1 ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** The first is of other characters, be it empty. */
function runs(text: string): string[] {
  const found: string[] = text.match(/\D+|\d+/g) ?? [];
  return /^\d/.test(text) ? ['', ...found] : found;
}

/** A tilde comes before the end, the end before letters, letters before all else. */
function compareText(a: string, b: string): number {
  const weight = (text: string, at: number): number => {
    const character = text[at];
    if (character === undefined) return 0;
    if (character === '~') return -1;
    return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
  };
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = weight(a, at) - weight(b, at);
    if (order !== 0) return order;
  }
  return 0;
}
