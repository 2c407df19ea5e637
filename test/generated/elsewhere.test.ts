import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { openCache } from '../../src/source/cache.ts';
import { namedRelease } from '../../src/target/find.ts';
import { filesBelow } from '../fixtures/folder.ts';
import { demand, given, needs, partly, thorough, tool } from '../needs.ts';
import type { Need } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const PURPOSE = 'generated/ held against what is made elsewhere';
const RELEASES = ['bash@5.1', 'bash@5.2.15', 'bash@5.2.37', 'bash@5.3', 'perl@5.36.0', 'python@3.11.2'];
const sources = new Map<string, Need>();
for (const name of RELEASES) sources.set(name, (await sourceOf(name)).need);
const made = RELEASES.filter((name) => sources.get(name)?.met() === true);
const tools = [tool('git'), tool('patch'), tool('quilt')];
/** Where some sources are at hand, they are tried. */
const any = given('the source of any release', 'npx mayexec fetch bash@5.2.15', made.length > 0, true);

const schema = JSON.parse(
  readFileSync(join(packageFolder, 'src', 'classify', 'ledger.schema.json'), 'utf8'),
) as object;

/** A ledger is what its schema says, adds up, and is the one that the provenance names. */
function expectLedger(text: string, provenance: string): void {
  const ledger = JSON.parse(text) as {
    census: { hits: number; sites: number; other: Record<string, number> };
    sites: readonly { verdict: string; rule: string | null; patch?: string }[];
  };
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(validate(ledger), JSON.stringify(validate.errors)).toBe(true);
  const { census, sites } = ledger;
  const others = Object.values(census.other).reduce((sum, count) => sum + count, 0);
  expect(census.sites + others).toBe(census.hits);
  expect(sites).toHaveLength(census.sites);
  expect(sites.filter((site) => site.verdict === 'unreviewed')).toEqual([]);
  const { subject } = JSON.parse(provenance) as { subject: readonly object[] };
  const patches = subject.flatMap((one) => ('name' in one ? [one.name] : []));
  const marked = sites.filter((site) => site.verdict === 'mark');
  expect(marked.length).toBeGreaterThan(0);
  for (const { patch } of marked) expect(patches).toContain(`patches/${patch ?? ''}`);
  const sha256 = createHash('sha256').update(text, 'latin1').digest('hex');
  expect(subject).toContainEqual({ name: 'ledger.json', digest: { sha256 } });
}

/** Where letters have other cases and another order, days begin elsewhere, and new files have other modes. */
const PLACES = [
  { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', umask: '077' },
  { LC_ALL: 'C', TZ: 'America/Adak', umask: '000' },
] as const;

describe(PURPOSE, () => {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-elsewhere-'));
  const home = join(work, 'home');
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[core]\n\tautocrlf = true\n[apply]\n\twhitespace = error-all\n');
  writeFileSync(join(home, '.quiltrc'), 'QUILT_PATCHES=elsewhere\nQUILT_PUSH_ARGS=--color=always\n');

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  const mayexec = ({ umask, ...place }: (typeof PLACES)[number], ...args: readonly string[]) => {
    const env = { ...process.env, ...place, HOME: home, MAYEXEC_CACHE: openCache().folder, NO_COLOR: '1' };
    Reflect.deleteProperty(env, 'SOURCE_DATE_EPOCH');
    const cli = join(packageFolder, 'dist', 'src', 'cli.js');
    const command = [`umask ${umask} && exec "$0" "$@"`, process.execPath, cli, ...args];
    return spawnSync('sh', ['-c', ...command], { cwd: work, env, encoding: 'latin1' });
  };

  it.each(PLACES)('every byte is the same under $LC_ALL, $TZ and umask $umask', needs(any), (place) => {
    partly(...sources.values());
    const ended = mayexec(place, 'patch', '--out', `made-${place.umask}`, ...made);
    expect(ended.status, ended.stderr).toBe(0);
    for (const name of made) {
      const folder = name.replace('@', '/');
      const here = filesBelow(join(work, `made-${place.umask}`, folder));
      const committed = filesBelow(join(packageFolder, 'generated', folder));
      // Made, and not committed: the lock in targets/ says the same, and the provenance has the sum of its text.
      expectLedger(here.get('ledger.json') ?? '', here.get('provenance.json') ?? '');
      here.delete('ledger.json');
      expect([...here.keys()], name).toEqual([...committed.keys()]);
      expect(
        [...committed].filter(([file, text]) => here.get(file) !== text).map(([file]) => file),
        name,
      ).toEqual([]);
    }
  });

  // Each role of optional patches is left out or not: three of Bash, two of the others.
  const whole = [
    { release: 'bash@5.2.15', choices: 8 },
    { release: 'perl@5.36.0', choices: 4 },
    { release: 'python@3.11.2', choices: 4 },
  ];

  it.each(whole)(
    'the whole of `mayexec verify` holds there for $release: each choice of optional patches, by three tools',
    async ({ release, choices }) => {
      demand(...[...sources].flatMap(([name, need]) => (name === release ? [need] : [])), ...tools);
      // It is the same place for all: one shows what a place does.
      if (release !== 'bash@5.2.15') demand(thorough);
      const [place] = PLACES;
      const ended = mayexec(place, 'verify', '--json', release);
      expect(ended.status, ended.stderr).toBe(0);
      const committed = filesBelow(join(packageFolder, 'generated', release.replace('@', '/')));
      const sites = (await namedRelease(release))?.target.locks
        .of(release.replace(/^.*@/, ''))
        .find(({ overlay }) => overlay === undefined)
        ?.rules.flatMap((rule) => rule.sites).length;
      expect(JSON.parse(ended.stdout)).toEqual([
        { release, files: committed.size, sites, choices, tools: 'git am, patch, quilt' },
      ]);
    },
    300_000,
  );
});
