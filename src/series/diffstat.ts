// The width that `git format-patch` lays its diffstat out for.
const WIDTH = 72;

/** A file's row. */
export interface Stat {
  readonly file: string;
  readonly added: number;
  readonly removed: number;
  readonly created: boolean;
  readonly executable: boolean;
}

/**
 * The diffstat below a mail's `---`, laid out as git does: counts right-aligned, the graph scaled to what is
 * left of 72 columns, names that are too long cut at their beginning.
 */
export function diffstat(stats: readonly Stat[]): string {
  const longest = Math.max(...stats.map((one) => one.file.length));
  const most = Math.max(...stats.map((one) => one.added + one.removed));
  const number = String(most).length;
  // git keeps three eighths of the width for the graph at least, and what the names leave at most.
  const room = Math.max(Math.floor((WIDTH * 3) / 8) - number - 6, WIDTH - number - 6 - longest);
  const graph = Math.min(most, room);
  const name = Math.min(longest, WIDTH - number - 6 - graph);
  const rows = stats.map((one) => {
    const [plus, minus] = scaled(one, graph, most);
    const count = String(one.added + one.removed).padStart(number);
    return ` ${shortened(one.file, name).padEnd(name)} | ${count} ${'+'.repeat(plus)}${'-'.repeat(minus)}`.trimEnd();
  });
  const added = stats.reduce((sum, one) => sum + one.added, 0);
  const removed = stats.reduce((sum, one) => sum + one.removed, 0);
  const files = `${stats.length} file${stats.length === 1 ? '' : 's'} changed`;
  const insertions = added > 0 || removed === 0 ? `, ${added} insertion${added === 1 ? '' : 's'}(+)` : '';
  const deletions = removed > 0 ? `, ${removed} deletion${removed === 1 ? '' : 's'}(-)` : '';
  const modes = stats
    .filter((one) => one.created)
    .map((one) => ` create mode ${one.executable ? '100755' : '100644'} ${one.file}`);
  return [...rows, ` ${files}${insertions}${deletions}`, ...modes, ''].join('\n');
}

/** The end of a name that is too long, from a slash on where there is one. */
function shortened(file: string, width: number): string {
  if (file.length <= width) return file;
  const end = file.slice(file.length - (width - 3));
  return `...${end.slice(Math.max(0, end.indexOf('/')))}`;
}

function scaled(one: Stat, graph: number, most: number): [number, number] {
  if (most <= graph) return [one.added, one.removed];
  const linear = (value: number): number => (value === 0 ? 0 : 1 + Math.floor((value * (graph - 1)) / most));
  // git scales the sum, then gives the smaller part its share and the larger one the rest.
  const least = one.added > 0 && one.removed > 0 ? 2 : 0;
  const total = Math.max(least, linear(one.added + one.removed));
  if (one.added < one.removed) {
    const plus = linear(one.added);
    return [plus, total - plus];
  }
  const minus = linear(one.removed);
  return [total - minus, minus];
}
