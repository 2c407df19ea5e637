import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errno } from './lab.ts';
import { FILTERS, filterTable, sweepAll, SYSTEMS, type Ends } from './filterTable.ts';
import { gcc, namespaces, needs, securebits } from '../needs.ts';
import { makeScripts } from './ground.ts';
import { pageWith } from './page.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

const NO_POLICY = 'no policy: 0644';
const STRICT = '`MAYEXEC_STRICT`, no policy: 0644';
// Namespaces are for the sysctl of a kernel that knows the flag.
const wanted = [gcc, securebits, namespaces];

/** Answers, from 0 to the last errno, after which the file was opened. */
function opened(ends: Ends, filter: string, system: string): number[] {
  const all = ends.get(filter)?.get(system) ?? [];
  expect(all, `${filter}, ${system}`).toHaveLength(134);
  return all.flatMap((end, answer) => (end === 'ok' ? [answer] : []));
}

const everything = Array.from({ length: 134 }, (_none, answer) => answer);

describe('a system call filter, for each answer that it can give', needs(...wanted), () => {
  let ends: Ends = new Map();
  beforeAll(async () => {
    ends = await sweepAll(scripts);
  }, 120_000);

  test('docs/helper.md has the table that comes of it (UPDATE=1 rewrites it)', () => {
    const { text, made } = pageWith('test/runtime/filters.test.ts', filterTable(ends));
    expect(text).toBe(made);
  });

  test.each(FILTERS.map(({ name }) => name))('%s: a system with no policy goes on working', (filter) => {
    // "The sysctl is there" and "no memory to look for it", which no filter says and a kernel may.
    const answers = filter.includes('access') ? [0, errno('ENOMEM')] : [];
    expect(opened(ends, filter, NO_POLICY)).toEqual(everything.filter((one) => !answers.includes(one)));
  });

  test.each(FILTERS.map(({ name }) => name))(
    '%s: what a policy refuses is opened only as the page says',
    (filter) => {
      const restricted = opened(ends, filter, 'RESTRICT_FILE set: 0644');
      // Nothing tells the process of the bits; after the first open it takes a lie, that there are none.
      if (filter === 'prctl' || filter.endsWith('and prctl')) expect(restricted).toEqual(everything);
      else expect(restricted).toEqual(filter === 'prctl, after the first open' ? [0] : []);

      const flagged = opened(ends, filter, 'policy 2: 0644');
      // Neither the flag nor the sysctl is in sight.
      if (filter === 'openat2, no `/proc` in sight') expect(flagged).toEqual(everything);
      else if (filter === 'openat2 and access')
        expect(flagged).toEqual(everything.filter((one) => one !== 0 && one !== errno('ENOMEM')));
      else expect(flagged).toEqual([]);

      expect(opened(ends, filter, STRICT)).toEqual([]);
    },
  );

  test('what may be executed is refused where the page says so, and nowhere else', () => {
    const refused = FILTERS.flatMap(({ name: filter }) =>
      SYSTEMS.filter(({ script }) => script === 'yes')
        .filter(({ name: system }) => opened(ends, filter, system).length < 130)
        .map(({ name: system }) => `${filter} | ${system}`),
    );
    expect(refused).toEqual([
      'openat2 | O_MAYEXEC, policy 2: 0755',
      'openat2, after the first open | O_MAYEXEC, policy 2: 0755',
      'execveat | RESTRICT_FILE set: 0755',
      'execveat | `MAYEXEC_STRICT`, no policy: 0755',
      'openat2, execveat and prctl | O_MAYEXEC, policy 2: 0755',
      'openat2, execveat and prctl | `MAYEXEC_STRICT`, no policy: 0755',
    ]);
  });
});

test('nothing was executed', () => {
  expect(scripts.ran()).toBe(false);
});
