import * as v from 'valibot';
import { problem } from '../problems.ts';
import { visible } from '../target/visible.ts';

/** How a review file says which shape it has. */
export const REVIEW_SCHEMA = 'mayexec-review/1';

const filled = v.pipe(v.string(), v.trim(), v.nonEmpty('must be filled in'));

/** The shape of a review file, by what its words are. */
const fileOf = (said: v.GenericSchema<string, string>) =>
  v.strictObject({
    schema: v.literal(REVIEW_SCHEMA),
    target: v.string(),
    release: v.string(),
    sites: v.array(
      v.strictObject({
        site: v.string(),
        verdict: v.picklist(['mark', 'exempt', 'policy', 'gone'], 'must be mark, exempt, policy or gone'),
        why: said,
        by: said,
        body: v.exactOptional(v.string()),
        replacement: v.exactOptional(v.string()),
      }),
    ),
  });

const whole = fileOf(filled);
/** As `mayexec review` writes it, before anybody has filled it in. */
const begun = fileOf(v.string());

/** What a person decided about the sites of a tree that no known release answers for. */
export type ReviewFile = v.InferOutput<typeof whole>;
/** What was decided about one site. */
export type Reviewed = ReviewFile['sites'][number];

/**
 * Reads a review file.
 *
 * @param path what the text is called in errors
 * @param state `begun` where words may be empty still: to go on with it
 * @throws Problem `review-file`
 */
export function reviewFrom(text: string, path: string, state: 'filled' | 'begun' = 'filled'): ReviewFile {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw problem('review-file', { path, message: `not JSON: ${(error as Error).message}` }, error);
  }
  const result = v.safeParse(state === 'filled' ? whole : begun, read);
  if (result.success) {
    const sites = result.output.sites.map(({ site }) => site);
    const twice = sites.find((site, index) => sites.indexOf(site) !== index);
    if (twice === undefined) return result.output;
    throw problem('review-file', { path, message: `${visible(twice)}: occurs twice` });
  }
  const [issue] = result.issues;
  throw problem('review-file', { path, message: `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}` });
}
