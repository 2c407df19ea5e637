import type { Refusal, Scenario } from '../target/scenario.ts';

/** What a scenario did: `other` is neither of the two that it can do. */
export type Seen = 'ran' | 'refused' | 'other';

/** How a run of a scenario ended: its status, and both streams. */
export interface Ending {
  readonly status: number;
  readonly output: string;
}

/**
 * Whether a run is as it is to be.
 *
 * @param expected whether the policy refuses the scenario's code
 * @param refusal what it does where it is refused
 * @returns what it did; where that is not as expected, what is wrong with it, a line each
 */
export function judgeEnding(
  scenario: Scenario,
  expected: 'ran' | 'refused',
  ending: Ending,
  refusal: Refusal | undefined = scenario.refused,
): { readonly seen: Seen; readonly wrong: readonly string[] } {
  const ran = wrongWithRun(scenario, ending);
  const refused = wrongWithRefusal(scenario, refusal, ending);
  const wrong = expected === 'ran' ? ran : refused;
  if (wrong.length === 0) return { seen: expected, wrong: [] };
  // The other answer, where it is whole: it ran where it should not have, say.
  const other = expected === 'ran' ? refused : ran;
  return { seen: other.length > 0 ? 'other' : expected === 'ran' ? 'refused' : 'ran', wrong };
}

function wrongWithRun(scenario: Scenario, { status, output }: Ending): string[] {
  const wanted = scenario.status ?? 0;
  return [
    ...(status === wanted ? [] : [`expected status ${wanted}, found ${status}`]),
    ...missing(scenario.says, output),
  ];
}

function wrongWithRefusal(
  scenario: Scenario,
  refused: Refusal | undefined,
  { status, output }: Ending,
): string[] {
  if (refused === undefined) return ['the scenario does not say what a refusal looks like'];
  const never = refused.never ?? scenario.says;
  return [
    ...(status === refused.status ? [] : [`expected status ${refused.status}, found ${status}`]),
    ...missing(refused.says, output),
    ...never.filter((text) => output.includes(text)).map((text) => `printed ${JSON.stringify(text)}`),
  ];
}

function missing(texts: readonly string[], output: string): string[] {
  return texts
    .filter((text) => !output.includes(text))
    .map(
      (text) => `expected ${JSON.stringify(text)} in the output, found ${JSON.stringify(output.slice(-300))}`,
    );
}

/**
 * Whether code ran where it must not, or did not where it must: the wording and the status are no part of it, so that
 * an implementation that is not this kit's can be judged.
 *
 * @returns what it did; `hole` and `break` begin what is wrong
 */
export function judgeOutcome(
  scenario: Scenario,
  expected: 'ran' | 'refused',
  { status, output }: Ending,
  refusal: Refusal | undefined = scenario.refused,
): { readonly seen: Seen; readonly wrong: readonly string[] } {
  const ended = `status ${status}, printed ${JSON.stringify(output.slice(-300))}`;
  const ran = scenario.says.every((text) => output.includes(text));
  if (expected === 'ran') {
    // What is refused though nothing of this kit refuses it yet is a better answer than ours.
    if (ran || scenario.open !== undefined) return { seen: ran ? 'ran' : 'refused', wrong: [] };
    return { seen: 'refused', wrong: [`break: ${ended}`] };
  }
  const holes = (refusal?.never ?? scenario.says).filter((text) => output.includes(text));
  return holes.length === 0 ? { seen: 'refused', wrong: [] } : { seen: 'ran', wrong: [`hole: ${ended}`] };
}
