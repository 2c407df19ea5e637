import { relative } from 'node:path';
import * as v from 'valibot';
import type { Reporter } from 'vitest/node';
import { packageFolder } from '../../src/package.ts';
import { roomOf } from '../project/rooms.ts';
import { columns } from '../../src/report/terminal.ts';

const Position = v.object({ start: v.object({ line: v.number() }) });
const File = v.object({
  path: v.string(),
  statementMap: v.record(v.string(), Position),
  s: v.record(v.string(), v.number()),
  b: v.record(v.string(), v.array(v.number())),
});
const Files = v.record(v.string(), File);

/** What tests reached of one file, as Istanbul counts. */
export type FileCoverage = v.InferOutput<typeof File>;

interface Reached {
  readonly reached: number;
  readonly all: number;
}

interface Counted {
  readonly name: string;
  readonly files: number;
  readonly lines: Reached;
  readonly branches: Reached;
}

/** Prints at the end of a run what share of the lines and branches of each room the tests reached. */
export class RoomCoverage implements Reporter {
  onCoverage(coverage: unknown): void {
    // Vitest gives a map of classes; what it writes as JSON is the documented form.
    const files = v.parse(Files, JSON.parse(JSON.stringify(coverage)));
    process.stdout.write(coverageTable(Object.values(files)));
  }
}

/** The table of rooms, with their total in the last line. Programs that tests start are not counted. */
export function coverageTable(files: readonly FileCoverage[]): string {
  const rooms = new Map<string, Counted>();
  let total: Counted = { name: 'total', files: 0, lines: NONE, branches: NONE };
  for (const file of files) {
    const name = roomOf(relative(packageFolder, file.path));
    if (name === undefined) continue;
    const one = countedOf(name, file);
    rooms.set(name, added(rooms.get(name), one));
    total = { ...added(total, one), name: 'total' };
  }
  const sorted = [...rooms.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  const heads = ['room', 'files', 'lines', '', 'branches', ''];
  return `\nreached in the processes of the tests\n${columns([heads, ...[...sorted, total].map(cellsOf)])}`;
}

const NONE: Reached = { reached: 0, all: 0 };

function countedOf(name: string, { statementMap, s, b }: FileCoverage): Counted {
  // A line is reached where a statement that begins on it is.
  const lines = new Map<number, boolean>();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, lines.get(start.line) === true || (s[id] ?? 0) > 0);
  }
  const branches = Object.values(b).flat();
  return {
    name,
    files: 1,
    lines: shareOf([...lines.values()]),
    branches: shareOf(branches.map((count) => count > 0)),
  };
}

function shareOf(reached: readonly boolean[]): Reached {
  return { reached: reached.filter(Boolean).length, all: reached.length };
}

function added(known: Counted | undefined, one: Counted): Counted {
  if (known === undefined) return one;
  return {
    name: known.name,
    files: known.files + one.files,
    lines: sum(known.lines, one.lines),
    branches: sum(known.branches, one.branches),
  };
}

function sum(one: Reached, other: Reached): Reached {
  return { reached: one.reached + other.reached, all: one.all + other.all };
}

function cellsOf({ name, files, lines, branches }: Counted): readonly string[] {
  return [name, `${files}`, ...share(lines), ...share(branches)];
}

function share({ reached, all }: Reached): readonly string[] {
  // Rounded down: 100 % is all of them.
  const percent = all === 0 ? '-' : `${Math.floor((reached * 100) / all)} %`;
  return [percent, `${reached}/${all}`];
}
