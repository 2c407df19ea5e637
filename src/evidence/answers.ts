import { placeOf } from '../classify/classify.ts';
import type { Decision } from '../classify/classify.ts';
import type { Answer, Site } from '../target/contract.ts';
import { problem } from '../problems.ts';
import { visible } from '../target/visible.ts';
import type { Evidence, Step } from './follow.ts';

/** Sites whose verdicts and whose evidence are not of one mind. */
export interface Doubts {
  /** Said to open no code, and nothing answers for what evaluates it. */
  readonly unanswered: readonly { readonly decision: Decision; readonly chain: readonly Step[] }[];
  /** Marked, though nothing that evaluates was found. */
  readonly unproved: readonly Decision[];
}

/**
 * Holds verdicts against evidence. A site that no rule decides is in neither list.
 *
 * @param answers of the target
 */
export function doubtsIn(
  decisions: readonly Decision[],
  evidence: ReadonlyMap<string, Evidence>,
  answers: readonly Answer[],
): Doubts {
  const of = ({ site }: Decision): Evidence => evidence.get(site.id) ?? { found: 'none' };
  return {
    unanswered: decisions.flatMap((decision) => {
      const found = of(decision);
      if (found.found !== 'sink' || decision.rule === undefined || isMark(decision)) return [];
      return answers.some((one) => isAbout(one, decision.site)) ? [] : [{ decision, chain: found.chain }];
    }),
    unproved: decisions.filter((one) => one.rule !== undefined && isMark(one) && of(one).found !== 'sink'),
  };
}

/** Whether an answer names a site. */
export function isAbout({ files }: Answer, { file, owner }: Site): boolean {
  return [files[file] ?? []].flat().includes(owner.name);
}

function isMark({ rule }: Decision): boolean {
  return rule?.verdict === 'mark' || (rule?.verdict === 'policy' && rule.default === 'mark');
}

/**
 * Fails where a site is said to open no code, what it opens is evaluated, and no answer says why that is right.
 *
 * @param release `name@version`
 * @throws Problem `evaluated`
 */
export function assertAnswered({ unanswered }: Doubts, release: string, target: string): void {
  if (unanswered.length === 0) return;
  const list = unanswered.map(
    ({ decision, chain }) => `  ${placeOf(decision.site)}\n${chainText(chain, '    ')}`,
  );
  throw problem('evaluated', { count: unanswered.length, release, target, list: list.join('\n') });
}

const SAID: Readonly<Record<Step['what'], string>> = {
  opened: 'opened at',
  read: 'read at',
  given: 'given at',
  returned: 'returned to',
  kept: 'kept at',
  evaluated: 'evaluated at',
};

/** The steps of a chain, a line each. */
export function chainText(chain: readonly Step[], indentation: string): string {
  return chain
    .map(({ what, file, line, name }) =>
      visible(`${indentation}${SAID[what].padEnd(12)} ${file}:${line}  ${name}`),
    )
    .join('\n');
}

/** What was found for a site, for a person who asks about it. */
export function evidenceText(found: Evidence): string {
  const said = {
    sink: 'what is opened is evaluated:',
    leaves: 'what is opened leaves the function; not followed further:',
    none: 'found nothing that evaluates what is opened',
  }[found.found];
  return found.found === 'none' ? `${said}\n` : `${said}\n${chainText(found.chain, '    ')}\n`;
}

/** How many sites have what evidence, and the marked ones without any, for a person. */
export function doubtsText(
  { unanswered, unproved }: Doubts,
  evidence: ReadonlyMap<string, Evidence>,
): string {
  const count = (found: Evidence['found']): number =>
    [...evidence.values()].filter((one) => one.found === found).length;
  const lines = unproved.map(({ site, rule }) => `  ${placeOf(site)} (${rule?.id ?? ''})\n`);
  return (
    `evidence: ${count('sink')} sites whose bytes are evaluated, ${count('leaves')} not followed to the end, ` +
    `${count('none')} without any; ${unanswered.length} without an answer\n` +
    (lines.length === 0 ? '' : `marked, but found nothing that evaluates:\n${lines.join('')}`)
  );
}
