import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/classify/classify.ts';
import { Problem } from '../../src/problems.ts';
import type { Finding, Kind } from '../../src/review/finding.ts';
import { REVIEW_SCHEMA, reviewFrom } from '../../src/review/review-file.ts';
import type { Reviewed } from '../../src/review/review-file.ts';
import { REVIEWED, settle, withReview } from '../../src/review/settle.ts';
import { reviewTemplate } from '../../src/review/template.ts';
import type { Rule } from '../../src/target/contract.ts';
import { site } from '../sites/site.ts';

const A = site({ text: 'open (a)' });
const GONE = 'a.c#f#open#open (gone)#1';

const rule = (id: string, verdict: Rule['verdict']): Rule => ({
  id,
  places: [{ files: { 'a.c': 'f' } }],
  verdict,
  ...(verdict === 'policy' && { default: 'exempt' as const }),
  roles: ['data'],
  why: 'it is read',
});
const data = rule('data', 'exempt');
const script = rule('script', 'mark');

const undecided: Finding = {
  ...{ kind: 'undecided', level: 'review', about: A.id, site: A, body: 'hash' },
  says: 'no rule decides it',
};
const fresh = (kind: Kind, by: Rule): Finding => ({ ...undecided, kind, rule: by, says: 'new' });
const stop = (kind: Kind, about: string): Finding => ({
  kind,
  level: 'stop',
  about,
  says: 'gone',
});
const note: Finding = {
  kind: 'unbundled',
  level: 'note',
  about: 'b.c',
  says: 'is not in this tree',
};

const word = (more: Partial<Reviewed> = {}): Reviewed => ({
  ...{ site: A.id, verdict: 'exempt', why: 'a sample', by: 'A Packager', body: 'hash' },
  ...more,
});
const gone = (replacement?: string): Reviewed => ({
  ...{ site: GONE, verdict: 'gone', why: 'moved', by: 'A Packager' },
  ...(replacement !== undefined && { replacement }),
});

const PATH = 'mayexec-review.json';

/** A review file as text. */
const written = (sites: readonly object[], more: object = {}): string =>
  JSON.stringify({ schema: REVIEW_SCHEMA, target: 'toy', release: '1.2', sites, ...more });

/** What comes of findings, and of what a person says of them: `code: message`, or nothing. */
function ends(
  findings: readonly Finding[],
  sites?: readonly object[],
  decisions: readonly Decision[] = [{ site: A, rule: undefined }],
  more: object = {},
): string {
  try {
    const review = sites && { path: PATH, file: reviewFrom(written(sites, more), PATH) };
    settle(findings, decisions, 'toy@1.2', review);
    return '';
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('what is left of the findings', () => {
  it('is nothing where there are none, or notes alone', () => {
    expect(ends([])).toBe('');
    expect(ends([note], [])).toBe('');
  });

  it('is listed, each on a line', () => {
    expect(ends([undecided, note])).toBe(
      'unreviewed: toy@1.2: no rule decides 1 site(s):\n  undecided: a.c:1: f: open (a): no rule decides it',
    );
    expect(ends([undecided, fresh('new-exempt', data)])).toBe(
      [
        'to-review: toy@1.2: no known release confirms 2 site(s):',
        '  undecided: a.c:1: f: open (a): no rule decides it',
        '  new-exempt: a.c:1: f: open (a): new',
      ].join('\n'),
    );
  });

  it('stops before anything else', () => {
    const said = ends([stop('emptied', 'script'), stop('lost-mark', GONE), undecided]);
    expect(said).toBe(
      [
        'stopped: toy@1.2 opens code in 2 way(s) that no known release does:',
        '  emptied: script: gone',
        `  lost-mark: ${GONE}: gone`,
      ].join('\n'),
    );
  });
});

describe('what a person says', () => {
  const KINDS = [
    'new-mark',
    'new-policy',
    'other-verdict',
    'new-broad',
    'new-exempt',
    'changed-body',
  ] as const;

  it.each(KINDS)('of a site that is %s settles it where the rule says the same, and only then', (kind) => {
    for (const verdict of ['mark', 'exempt', 'policy'] as const) {
      const findings = [fresh(kind, rule('r', verdict))];
      for (const said of ['mark', 'exempt', 'policy', 'gone'] as const) {
        const end = ends(findings, [word({ verdict: said })]);
        if (said === verdict) expect(end).toBe('');
        else
          expect(end).toBe(
            `review-file: ${PATH}: ${A.id}: rule r says ${verdict}: agree with it, or correct the rule`,
          );
      }
    }
  });

  it('of an undecided site settles it as data or by choice; what opens code wants a rule', () => {
    expect(ends([undecided], [word()])).toBe('');
    expect(ends([undecided], [word({ verdict: 'policy' })])).toBe('');
    for (const verdict of ['mark', 'gone'] as const) {
      expect(ends([undecided], [word({ verdict })])).toContain(
        `review-file: ${PATH}: ${A.id}: a review cannot mark a site: write a rule and an edit`,
      );
    }
  });

  it('is of the function that was looked at, and of no other', () => {
    for (const finding of [undecided, fresh('new-exempt', data)]) {
      const other = 'its function has changed since the review';
      expect(ends([finding], [word({ body: 'other' })])).toContain(other);
      expect(ends([finding], [{ ...word(), body: undefined }])).toContain(other);
    }
  });

  it('leaves the rest as it is', () => {
    const other: Finding = { ...fresh('new-broad', data), about: 'b.c#f#open#open (b)#1' };
    expect(ends([undecided, other], [word()])).toMatch(/^to-review: .* confirms 1 site/);
    expect(ends([undecided, stop('lost-mark', GONE)], [word()])).toMatch(/^stopped: /);
  });

  it('is used: what nothing is left to be decided about is refused', () => {
    const said = `review-file: ${PATH}: ${A.id}: needs no decision in this tree`;
    expect(ends([], [word()])).toBe(said);
    expect(ends([{ ...undecided, level: 'note' }], [word()])).toBe(said);
    expect(ends([stop('emptied', 'script')], [word()])).toBe(said);
  });

  it('is about this release', () => {
    expect(ends([undecided], [word()], undefined, { release: '1.3' })).toBe(
      `review-file: ${PATH}: is about toy@1.3, not toy@1.2`,
    );
    expect(ends([undecided], [word()], undefined, { target: 'boy' })).toContain('is about boy@1.2');
  });

  it('of code that is gone names a site of this tree that opens it now', () => {
    const lost = [stop('lost-mark', GONE)];
    const marked: readonly Decision[] = [{ site: A, rule: script }];
    expect(ends(lost, [gone(A.id)], marked)).toBe('');
    const none = 'its replacement is not a marked site of this tree';
    expect(ends(lost, [gone()], marked)).toContain(none);
    expect(ends(lost, [gone(GONE)], marked)).toContain(none);
    expect(ends(lost, [gone(A.id)], [{ site: A, rule: data }])).toContain(none);
    expect(ends(lost, [gone(A.id)])).toContain(none);
    expect(ends(lost, [{ ...gone(A.id), verdict: 'exempt' }], marked)).toContain('set its verdict to gone');
  });

  it.each<[Kind, string]>([
    ['emptied', 'script'],
    ['vanished-patch', 'helper'],
  ])('of what is %s does not help', (kind, about) => {
    for (const verdict of ['gone', 'exempt', 'mark'] as const) {
      expect(ends([stop(kind, about)], [word({ site: about, verdict })])).toContain(
        'a review cannot settle this',
      );
    }
  });
});

describe('a review file', () => {
  const refused = (text: string): string => {
    try {
      reviewFrom(text, PATH);
      return '';
    } catch (error) {
      if (error instanceof Problem && error.code === 'review-file') return error.message;
      throw error;
    }
  };

  it('is gone on with where words are empty still, and does not pass so', () => {
    const text = written([word({ why: '', by: ' ' })]);
    expect(reviewFrom(text, PATH, 'begun').sites).toEqual([word({ why: '', by: ' ' })]);
    expect(() => reviewFrom(text, PATH)).toThrow('must be filled in');
  });

  it('is read', () => {
    expect(reviewFrom(written([word(), gone(A.id)]), PATH)).toEqual({
      schema: REVIEW_SCHEMA,
      target: 'toy',
      release: '1.2',
      sites: [word(), gone(A.id)],
    });
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', ': not JSON: '],
    ['nothing', '', ': not JSON: '],
    ['a list', '[]', ': '],
    ['another schema', written([], { schema: 'mayexec-review/2' }), ': schema: '],
    ['no release', written([], { release: undefined }), ': release: '],
    ['a word more', written([], { accept: 'all' }), ': accept: '],
    ['a word more of a site', written([word(), { ...word({ site: 'b' }), all: true }]), ': sites.1.all: '],
    ['an empty why', written([word({ why: '' })]), ': sites.0.why: must be filled in'],
    ['a blank why', written([word({ why: ' \n' })]), ': sites.0.why: must be filled in'],
    ['nobody', written([word({ by: '' })]), ': sites.0.by: must be filled in'],
    ['no why', written([{ ...word(), why: undefined }]), ': sites.0.why: '],
    [
      'another verdict',
      written([{ ...word(), verdict: 'fine' }]),
      ': sites.0.verdict: must be mark, exempt, policy or gone',
    ],
    ['a site twice', written([word(), word({ verdict: 'policy' })]), `: ${A.id}: occurs twice`],
  ])('with %s is refused', (_what, text, message) => {
    expect(refused(text)).toContain(`${PATH}${message}`);
  });

  it('as it is written for findings has all that is to be said, and does not pass as it is', () => {
    const marked = { ...fresh('new-mark', script), about: 'b.c#f#open#open (b)#1', body: 'b' };
    const findings = [
      stop('vanished-patch', 'helper'),
      stop('emptied', 'script'),
      stop('lost-mark', GONE),
      undecided,
      marked,
      note,
    ];
    const text = reviewTemplate('toy', '1.2', findings, []);
    expect(refused(text)).toContain('must be filled in');
    const { sites } = JSON.parse(text) as { sites: readonly object[] };
    expect(sites).toEqual([
      { site: GONE, verdict: 'gone', replacement: '', why: '', by: '' },
      { site: A.id, verdict: 'exempt', why: '', by: '', body: 'hash' },
      { site: marked.about, verdict: 'mark', why: '', by: '', body: 'b' },
    ]);
    const filled = sites.map((one) => ({ ...one, why: 'w', by: 'b' })).slice(1);
    expect(ends([undecided, marked], filled)).toBe('');
  });

  it('keeps what was said of a function that is as it was', () => {
    const said = [word({ verdict: 'policy' })];
    expect(JSON.parse(reviewTemplate('toy', '1.2', [undecided], said))).toMatchObject({ sites: said });
    const changed = reviewTemplate('toy', '1.2', [{ ...undecided, body: 'new' }], said);
    expect(JSON.parse(changed)).toMatchObject({
      sites: [{ why: '', by: '', body: 'new', verdict: 'exempt' }],
    });
    expect(JSON.parse(reviewTemplate('toy', '1.2', [], said))).toMatchObject({ sites: [] });
  });
});

describe('decisions with those of a person', () => {
  const file = (...sites: readonly Reviewed[]) => reviewFrom(written(sites), PATH);

  it('have a rule where there was none, with the word of the person', () => {
    const [exempt] = withReview([{ site: A, rule: undefined }], file(word()));
    expect(exempt?.rule).toMatchObject({
      id: REVIEWED,
      verdict: 'exempt',
      why: 'reviewed by A Packager: a sample',
    });
    expect(exempt?.rule?.default).toBeUndefined();
    const [policy] = withReview([{ site: A, rule: undefined }], file(word({ verdict: 'policy' })));
    expect(policy?.rule).toMatchObject({ verdict: 'policy', default: 'exempt' });
  });

  it('keep the rule that there is, and its verdict', () => {
    const [one] = withReview([{ site: A, rule: data }], file(word()));
    expect(one?.rule).toEqual({ ...data, why: 'it is read; reviewed by A Packager: a sample' });
  });

  it('never make code of what no rule decides, and leave the rest as it is', () => {
    const decisions: readonly Decision[] = [
      { site: A, rule: undefined },
      { site: site({ text: 'b' }), rule: script },
    ];
    expect(withReview(decisions, file(word({ verdict: 'mark' }), gone(A.id)))).toEqual(decisions);
  });
});
