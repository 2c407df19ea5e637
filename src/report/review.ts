import type { Finding } from '../review/finding.ts';
import type { Near } from '../review/near.ts';
import { visible } from '../target/visible.ts';

/** What a person sees of a finding beside itself. */
export interface Shown {
  readonly finding: Finding;
  /** Lines of the file with their numbers (1-based), the site's own among them. */
  readonly source: readonly { readonly number: number; readonly text: string }[];
  /** Lines of the same function that evaluate something. */
  readonly evaluates: readonly { readonly number: number; readonly text: string }[];
  readonly near: Near | undefined;
}

/** Findings for a person, worst first. */
export function reviewText(shown: readonly Shown[]): string {
  return shown.map(entry).join('\n');
}

function entry({ finding, source, evaluates, near }: Shown): string {
  const { kind, level, about, site, rule, says } = finding;
  const place = site === undefined ? about : `${site.file}:${site.line}: ${site.owner.name}: ${site.text}`;
  const lines = [`${level} ${kind}: ${visible(place)}`, `  ${says}`];
  if (rule !== undefined) {
    const decided = rule.default === undefined ? rule.verdict : `${rule.verdict} (${rule.default})`;
    lines.push(`  rule ${rule.id}: ${decided}; ${rule.roles.join(', ')}: ${rule.why}`);
  }
  if (near !== undefined) {
    lines.push(`  nearest in ${near.release}: ${visible(near.id)}: ${near.rule.verdict} by ${near.rule.id}`);
  }
  lines.push(...source.map((one) => numbered(one, one.number === site?.line ? '>' : ' ')));
  if (evaluates.length > 0) {
    lines.push('  the function also evaluates:', ...evaluates.map((one) => numbered(one, ' ')));
  }
  return `${lines.join('\n')}\n`;
}

function numbered(
  { number, text }: { readonly number: number; readonly text: string },
  mark: string,
): string {
  return `  ${mark}${String(number).padStart(6)}  ${visible(text.replaceAll('\t', '        '))}`.trimEnd();
}
