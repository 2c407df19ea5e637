import { ask } from './ask.ts';
import type { Question } from './ask.ts';
import type { Bed, Fixture, Policy, User } from './bed.ts';
import type { Difference, Row } from './table.ts';

/** An answer that neither the table nor the list of differences has. */
export interface Deviation {
  readonly bed: string;
  readonly row: string;
  readonly user: User;
  readonly policy: Policy;
  readonly expected: string;
  readonly got: string;
}

const USERS: readonly User[] = ['root', 'bare-root', 'nobody'];

/**
 * Puts every row of the table to a bed, under each policy that it can tell apart, as each user.
 *
 * @param probe path of the compiled probe
 * @param say told in one line what cannot be asked without root
 * @returns the answers that are not as expected, and how many there were
 */
export async function runTable(
  bed: Bed,
  probe: string,
  table: readonly Row[],
  differences: readonly Difference[],
  say: (line: string) => void,
): Promise<{ readonly asked: number; readonly deviations: readonly Deviation[] }> {
  const able = table.filter(({ needsRoot }) => bed.manyUsers || !needsRoot);
  if (able.length < table.length)
    say(`not run: ${table.length - able.length} rows of the table in bed ${bed.name} need root`);
  const rows = able.filter(({ fixtures }) => bed.namespaces || !fixtures.some(isMounted));
  if (rows.length < able.length)
    say(`not run: ${able.length - rows.length} rows of the table in bed ${bed.name} need namespaces`);
  const deviations: Deviation[] = [];
  let asked = 0;
  // A namespace gives everybody any name; without one, a user is what it is.
  for (const user of bed.manyUsers || bed.namespaces ? USERS : (['nobody'] as const)) {
    for (const policy of bed.policies) {
      const answers = await ask(bed, probe, {
        user,
        policy,
        fixtures: rows.flatMap(({ fixtures }) => fixtures),
        questions: rows.map(question),
      });
      for (const row of rows) {
        const expected = answerOf(row, user, policy, bed.name, differences);
        const got = answers.get(row.name) ?? 'no answer';
        asked += 1;
        if (got !== expected) deviations.push({ bed: bed.name, row: row.name, user, policy, expected, got });
      }
    }
  }
  return { asked, deviations };
}

function isMounted({ kind }: Fixture): boolean {
  return kind === 'noexec' || kind === 'bind' || kind === 'bind-noexec';
}

function question({ name, call, flags, hold, path }: Row): Question {
  return { id: name, call, flags, path, ...(hold !== undefined && { hold }) };
}

/** What a bed is to answer: the table's word, unless a difference is on the list. */
export function answerOf(
  row: Row,
  user: User,
  policy: Policy,
  bed: string,
  differences: readonly Difference[],
): string {
  const known = differences.find(
    (one) => one.bed === bed && one.row.test(row.name) && one.policies.includes(policy),
  );
  if (known) return known.gives;
  const words =
    typeof row.answers === 'string'
      ? row.answers
      : (row.answers[user] ?? (user === 'bare-root' ? row.answers.root : undefined) ?? '');
  return words.split(' ')[policy] ?? 'nothing';
}
