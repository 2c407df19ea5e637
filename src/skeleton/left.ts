import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WAYS } from '../target/catalogue.ts';
import type { Answer, Ways } from '../target/catalogue.ts';
import type { Target } from '../target/contract.ts';
import type { Deployment } from '../target/deployment.ts';
import type { Trials } from '../target/scenario.ts';

/** Something that is left to do for a target. */
export interface Left {
  /** What kind of thing, a word. */
  readonly kind: string;
  /** Where, relative to the checkout, with a line where it is in one. */
  readonly where: string;
  readonly what: string;
  /** What to do next. */
  readonly hint: string;
}

/** What is loaded of a target; what cannot be loaded is undefined, and the caller says why. */
export interface Loaded {
  readonly target: Target;
  /** Undefined too for a target that is no interpreter. */
  readonly trials?: Trials | undefined;
  readonly ways?: Ways | undefined;
  readonly deployment?: Deployment | undefined;
}

/** The word that `new-target` leaves where something is to be written. */
const MARK = /\bTODO:\s*(.*)/;

/** Columns that a line of a patch's text may have: it is quoted in mails and indented by git log, in 80 columns. */
const WIDTH = 72;

/** Files that are read for it; fixtures are excerpts of the interpreter, and locks are made. */
const WRITTEN = /\.(?:ts|yml|hunks|ejs)$/;

/**
 * What is left to do for a target, in the order in which it is best done.
 *
 * @param checkout the kit's own folder
 */
export function leftOf(loaded: Loaded, checkout: string): readonly Left[] {
  return [
    ...unconfirmed(loaded.target),
    ...toWrite(loaded.target.name, checkout),
    ...unanswered(loaded),
    ...missingIn(loaded),
    ...releasesOf(loaded.target, checkout),
    ...pagesOf(loaded, checkout),
  ];
}

function unconfirmed({ name, rules }: Target): readonly Left[] {
  return rules
    .filter(({ suggested }) => suggested === true)
    .map(({ id, verdict, places, why }) => ({
      kind: 'rule',
      where: `targets/${name}/rules: ${id}`,
      what: `${verdict} is suggested for ${places.map(({ files }) => placesText(files)).join(', ')}: ${why.replace(MARK, '$1')}`,
      hint: 'read where the bytes go, correct the rule, and remove its line `suggested`',
    }));
}

function placesText(files: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(files)
    .map(([file, names]) => `${file} ${[names].flat().join(', ')}`)
    .join('; ');
}

/** The places that `new-target` left to be written, but for rules, which are listed by themselves. */
function toWrite(name: string, checkout: string): readonly Left[] {
  const folder = join(checkout, 'targets', name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => WRITTEN.test(file) && !/^(?:fixtures|locks|rules)\/|^ways\.ts$/.test(file))
    .map((file) => `targets/${name}/${file}`)
    .sort();
  return [...files, `docs/${name}.md`].flatMap((file) => {
    const path = join(checkout, file);
    if (!existsSync(path)) return [];
    return readFileSync(path, 'latin1')
      .split('\n')
      .flatMap((line, index) => {
        const [, what] = MARK.exec(line) ?? [];
        return what === undefined
          ? []
          : [
              {
                kind: 'text',
                where: `${file}:${index + 1}`,
                what: what.replace(/\s*(?:\*\/|-->|['"`].*)$/, '') || 'to be written',
                hint: 'write it, and remove the word TODO',
              },
            ];
      });
  });
}

/** Ways in that nobody has looked at. One that is open for a reason is answered. */
function unanswered({ target: { name }, ways }: Loaded): readonly Left[] {
  const answers: readonly (readonly [string, Answer])[] = Object.entries(ways ?? {});
  const what = new Map<string, string>(Object.entries(WAYS).map(([way, one]) => [way, one.what]));
  return answers
    .filter(([, answer]) => 'open' in answer && MARK.test(answer.open))
    .map(([way]) => ({
      kind: 'way',
      where: `targets/${name}/ways.ts: ${way}`,
      what: what.get(way) ?? '',
      hint: "answer it: { shown: ['SCENARIO'] }, { not: 'why it has no such way' }, or { open: 'what is missing' }",
    }));
}

function missingIn({ target, trials, deployment }: Loaded): readonly Left[] {
  const { name } = target;
  const left = (file: string, what: string, hint: string): Left => ({
    ...{ kind: 'part', where: `targets/${name}/${file}` },
    what,
    hint,
  });
  const marks = target.rules.some(({ verdict, suggested }) => verdict === 'mark' && suggested !== true);
  const list: Left[] = [];
  if (!marks)
    list.push(
      left('rules/', 'no confirmed rule marks a site', 'the open of the script is the first one to mark'),
    );
  if (target.patches.length < 2)
    list.push(
      left(
        'patches.ts',
        'no patch opens code',
        'add a patch, and a hunk for each rule that marks, in edits/',
      ),
    );
  if (target.build === undefined) return list;
  if (Object.keys(target.evaluates).length === 0)
    list.push(
      left('target.ts', '`evaluates` is empty', 'name the functions that evaluate code: docs/evidence.md'),
    );
  if (deployment?.kinds.length === 0)
    list.push(
      left(
        'deploy.ts',
        'no kind of installed file is opened as code',
        'add kinds, with the rules that open them',
      ),
    );
  if (deployment !== undefined && Object.keys(deployment.examples ?? {}).length === 0)
    list.push(
      left('deploy.ts', 'no examples of installed files', 'add paths, each with its kind or with false'),
    );
  if (trials !== undefined && !trials.scenarios.some(({ refused }) => refused !== undefined))
    list.push(
      left(
        'scenarios/',
        'no scenario says what a refusal looks like',
        'docs/prove.md says how one is written',
      ),
    );
  return list;
}

function releasesOf(target: Target, checkout: string): readonly Left[] {
  const { name, releases } = target;
  const list: Left[] = [];
  for (const { version, date, tarball } of releases) {
    const at = `targets/${name}/target.ts: ${version}`;
    if (/^0+$/.test(tarball.sha256))
      list.push({
        ...{ kind: 'release', where: at, what: 'the sum of the archive is not known' },
        hint: `sha256sum ARCHIVE, and put the sum in; urls and debian say where the archive is`,
      });
    if (date === '1970-01-01')
      list.push({
        ...{ kind: 'release', where: at, what: 'the day of the release is not known' },
        hint: 'put it in as YYYY-MM-DD: patches carry it',
      });
    if (!target.locks.releases.includes(version))
      list.push({
        ...{ kind: 'lock', where: `targets/${name}/locks/${version}.lock`, what: 'is missing' },
        hint: `mayexec lock TREE > targets/${name}/locks/${version}.lock, once no site is undecided`,
      });
    if (!existsSync(join(checkout, 'generated', name, version)))
      list.push({
        ...{ kind: 'generated', where: `generated/${name}/${version}`, what: 'is missing' },
        hint: `mayexec patch --out generated ${name}@${version}`,
      });
    list.push(...tooWide(join('generated', name, version, 'patches'), checkout));
  }
  const cases = join(checkout, 'targets', name, 'fixtures');
  const some =
    existsSync(cases) && readdirSync(cases).some((one) => statSync(join(cases, one)).isDirectory());
  if (!some)
    list.push({
      ...{ kind: 'fixture', where: `targets/${name}/fixtures`, what: 'no excerpt shows what an edit does' },
      hint: 'put an excerpt of a patched file into CASE/before/, then: UPDATE=1 npx vitest run test/fixtures',
    });
  return list;
}

/** Texts of patches, and of the letter before them, that have a line of more than {@link WIDTH} columns. */
function tooWide(folder: string, checkout: string): readonly Left[] {
  if (!existsSync(join(checkout, folder))) return [];
  const names = readdirSync(join(checkout, folder)).filter((name) => /\.(?:patch|txt)$/.test(name));
  return names.sort().flatMap((name) => {
    const [text = ''] = readFileSync(join(checkout, folder, name), 'utf8').split(
      /\n(?:---|mayexec-kit \(\d+\):)\n/,
    );
    return text
      .split('\n')
      .filter((line) => line.length > WIDTH)
      .map((line) => ({
        ...{ kind: 'generated', where: join(folder, name), what: `${line.length} columns: ${line}` },
        hint: `shorten the subject in patches.ts, or the text in templates/, to ${WIDTH} columns, and make the series again`,
      }));
  });
}

/** What other files say of the target. Tests make most of it. */
function pagesOf({ target, ways }: Loaded, checkout: string): readonly Left[] {
  const { name, title = name, build } = target;
  const says = (file: string, text: string): boolean =>
    !existsSync(join(checkout, file)) || readFileSync(join(checkout, file), 'utf8').includes(text);
  const row = (file: string, what: string, hint: string): Left => ({
    ...{ kind: 'page', where: file, what },
    hint,
  });
  const list: Left[] = [];
  if (!existsSync(join(checkout, 'docs', `${name}.md`)))
    list.push(row(`docs/${name}.md`, 'is missing', 'write it as the pages of other targets are written'));
  const updates = 'UPDATE=1 npx vitest run test/project/readme.test.ts test/targets';
  if (!says('README.md', `| ${title} |`))
    list.push(row('README.md', 'the table of releases has no row for it', updates));
  if (build !== undefined && !says('docs/README.md', `(${name}.md)`))
    list.push(row('docs/README.md', 'the list of pages has not that of the target', updates));
  if (build !== undefined && !says('docs/helper.md', `| a script of ${title} |`))
    list.push(row('docs/helper.md', 'no row says what a refused script looks like', updates));
  if (ways !== undefined && !says('docs/ways.md', name))
    list.push(row('docs/ways.md', 'has no answers of it', updates));
  if (target.questions !== undefined && !says('docs/choices.md', `<!-- ${name} -->`))
    list.push(
      row(
        'docs/choices.md',
        'has no table of it',
        `UPDATE=1 npm run test:interpreters -- ${name}@VERSION --only choices`,
      ),
    );
  if (build !== undefined && !says('CHANGELOG.md', title))
    list.push(row('CHANGELOG.md', 'does not name it', 'say what was added, and for which releases'));
  const attempts = join('test', 'attack');
  if (
    build !== undefined &&
    existsSync(join(checkout, attempts)) &&
    !existsSync(join(checkout, attempts, name))
  )
    list.push({
      ...{ kind: 'attempts', where: join(attempts, name), what: 'nobody tried to get round the series' },
      hint: `write attempts as ${attempts}/README.md says: what a policy must stop, and what it cannot`,
    });
  if (!says('REUSE.toml', `generated/${name}/*/patches/**`))
    list.push(
      row(
        'REUSE.toml',
        'no annotation says the licence of its patches and excerpts',
        'set copyright and license in target.ts, add the text of the licence to LICENSES/, then UPDATE=1 npx vitest run test/project/licences.test.ts',
      ),
    );
  if (!says('test/review/leave-one-out.md', `| ${name}@`))
    list.push(
      row(
        'test/review/leave-one-out.md',
        'has no row of it',
        'npm run leave-one-out prints it, once there is a lock',
      ),
    );
  return list;
}
