import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import * as v from 'valibot';
import { packageFolder } from '../../src/package.ts';

const Patterns = v.optional(v.union([v.string(), v.array(v.string())]));
const Rule = v.object({
  name: v.string(),
  from: v.object({ path: Patterns, pathNot: Patterns, orphan: v.optional(v.boolean()) }),
  to: v.object({ path: Patterns, pathNot: Patterns, circular: v.optional(v.boolean()) }),
});
const Configuration = v.object({
  forbidden: v.array(Rule),
  options: v.record(v.string(), v.unknown()),
});

/** A rule of the dependency-cruiser about who may import whom. */
export type Rule = v.InferOutput<typeof Rule>;

/** Who imports whom, by file, relative to the checkout. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** What nearly every room imports: drawn, it would hide the rest. */
const EVERYWHERE: readonly string[] = ['package.ts', 'problems.ts', 'target/'];

/** The rules and options in .dependency-cruiser.cjs. */
function configuration(): v.InferOutput<typeof Configuration> {
  const load = createRequire(join(packageFolder, 'package.json'));
  return v.parse(Configuration, load('./.dependency-cruiser.cjs'));
}

/** The rules about files; those about circles and orphans forbid no room another. */
export function fileRules(): readonly Rule[] {
  return configuration().forbidden.filter(
    ({ from, to }) => from.orphan === undefined && to.circular === undefined,
  );
}

let found: Promise<Imports> | undefined;

/** Who imports whom in src/ and targets/, as dependency-cruiser finds it. */
export function importsNow(): Promise<Imports> {
  found ??= cruised();
  return found;
}

async function cruised(): Promise<Imports> {
  const { doNotFollow, tsPreCompilationDeps, enhancedResolveOptions } = configuration().options;
  const options = { doNotFollow, tsPreCompilationDeps, enhancedResolveOptions, baseDir: packageFolder };
  const tsConfig = extractTSConfig(join(packageFolder, 'tsconfig.json'));
  const { output } = await cruise(['src', 'targets'], options as object, undefined, { tsConfig });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text');
  return new Map(
    output.modules
      .filter(({ source }) => roomOf(source) !== undefined)
      .map(({ source, dependencies }) => [source, dependencies.map(({ resolved }) => resolved)]),
  );
}

/** The room of a file: a folder of src/, a file that lies in src/ itself, or targets/. */
export function roomOf(file: string): string | undefined {
  const [top, name = '', inside] = file.split('/');
  if (top === 'targets') return 'targets/';
  if (top !== 'src') return undefined;
  return inside === undefined ? name : `${name}/`;
}

/** What each room imports of other rooms, both sorted by name. */
export function roomImports(imports: Imports): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const room = roomOf(file);
    if (room === undefined) continue;
    const others = found.get(room) ?? new Set();
    found.set(room, others);
    for (const other of imported.map(roomOf)) if (other !== undefined && other !== room) others.add(other);
  }
  return new Map([...found].sort(byName).map(([room, others]) => [room, [...others].sort()]));
}

/** What a room may import, as the rules have it: rooms, or some files of a room. */
export function allowedFor(
  room: string,
  files: readonly string[],
  rules: readonly Rule[],
): readonly string[] {
  const others = [...new Set(files.flatMap((file) => roomOf(file) ?? []))]
    .filter((one) => one !== room)
    .sort();
  // Most files of a room are under the same rules.
  const kinds = new Map<string, readonly Rule[]>();
  for (const from of files.filter((file) => roomOf(file) === room)) {
    const over = rules.filter((rule) => applies(rule.from, from));
    kinds.set(over.map(({ name }) => name).join(), over);
  }
  return others.flatMap((other) => {
    const theirs = files.filter((file) => roomOf(file) === other);
    const allowed = theirs.filter((to) =>
      [...kinds.values()].some((over) => !over.some((rule) => applies(rule.to, to))),
    );
    if (allowed.length === theirs.length) return [other];
    return allowed.map((file) => file.replace(/^src\//, ''));
  });
}

/** Whether an end of a rule is about a file. */
function applies({ path, pathNot }: Pick<Rule['to'], 'path' | 'pathNot'>, file: string): boolean {
  return (path === undefined || matches(path, file)) && !(pathNot !== undefined && matches(pathNot, file));
}

function matches(patterns: string | readonly string[], file: string): boolean {
  return [patterns].flat().some((pattern) => new RegExp(pattern).test(file));
}

/**
 * The arrows to draw: what each room imports, without what is in EVERYWHERE and without each arrow that a longer way says
 * too.
 */
export function arrows(
  rooms: ReadonlyMap<string, readonly string[]>,
): readonly (readonly [string, string])[] {
  const direct = (room: string): readonly string[] =>
    (rooms.get(room) ?? []).filter((other) => !EVERYWHERE.includes(other));
  // The rules forbid circles between files, not between rooms.
  const reach = (from: string, to: string, seen: Set<string>): boolean =>
    direct(from).some((next) => {
      if (seen.has(next)) return false;
      seen.add(next);
      return next === to || reach(next, to, seen);
    });
  return [...rooms.keys()].flatMap((room) =>
    direct(room)
      .filter(
        (other) => !direct(room).some((next) => next !== other && reach(next, other, new Set([room, next]))),
      )
      .map((other) => [room, other] as const),
  );
}

/** What a room may import, for a reader: where that is most of the rooms, what it may not. */
export function mayImport(room: string, files: readonly string[], rules: readonly Rule[]): string {
  const rooms = [...new Set(files.flatMap((file) => roomOf(file) ?? []))].sort();
  const may = allowedFor(room, files, rules);
  if (may.length <= rooms.length / 2) return list(may);
  const closed = rooms.filter((one) => one !== room && !may.includes(one));
  return closed.length === 0 ? 'everything' : `everything but ${list(closed)}`;
}

/** docs/rooms.md. */
export function roomsPage(imports: Imports, rules: readonly Rule[]): string {
  const rooms = roomImports(imports);
  const files = [...imports.keys()].sort();
  const id = (room: string): string => room.replace(/\W/g, '_');
  const nodes = [...rooms.keys()].filter((room) => !EVERYWHERE.includes(room) && room !== 'targets/');
  const drawn = arrows(rooms).filter(([from]) => !EVERYWHERE.includes(from) && from !== 'targets/');
  const row = ([room, imported]: readonly [string, readonly string[]]): string =>
    `| \`${room}\` | ${list(imported)} | ${mayImport(room, files, rules)} |\n`;
  return `# Rooms

Each folder of \`src/\` is a room. dependency-cruiser finds who imports whom; \`npm run rooms\` writes this page, and a test
fails when the page is stale. [CONTRIBUTING.md](../CONTRIBUTING.md) says what each room is for.

An arrow means "imports". Nearly every room imports ${list(EVERYWHERE)}: the drawing leaves these out.
It also leaves out an arrow from A to C where A imports B and B imports C. The table has all imports.

\`\`\`mermaid
flowchart TD
${nodes.map((room) => `  ${id(room)}["${room}"]\n`).join('')}${drawn
    .map(([from, to]) => `  ${id(from)} --> ${id(to)}\n`)
    .join('')}\`\`\`

| room | imports today | may import |
|---|---|---|
${[...rooms].map(row).join('')}
The last column comes from the rules in \`.dependency-cruiser.cjs\`; \`npm run lint\` holds the code to them. No
file may import itself by way of others.
`;
}

function list(rooms: readonly string[]): string {
  return rooms.length === 0 ? 'nothing' : rooms.map((room) => `\`${room}\``).join(', ');
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
