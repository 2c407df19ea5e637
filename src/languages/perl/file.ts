import type { Site, Span } from '../../target/contract.ts';
import { folded } from '../folded.ts';
import type { Hit } from '../hits.ts';
import { perlRegions } from './regions.ts';
import { endOfSub, hasEnded, subsIn } from './subs.ts';
import type { Sub } from './subs.ts';
import { regionAt } from '../regions.ts';
import type { Region } from '../regions.ts';
import { span } from '../site.ts';
import type { Judge } from '../language.ts';
import type { Judged } from '../site.ts';

/** Judges the hits in one Perl file by the text around them: no grammar of Perl exists as wasm. */
export class PerlFile implements Judge {
  private readonly file: string;
  private readonly text: string;
  /** Nothing is parsed. */
  readonly slices = 0;
  readonly outline = undefined;
  private readonly regions: readonly Region[];
  private subs: readonly Sub[] | undefined;

  /**
   * @param file its name
   * @param text its bytes as latin1
   * @param until the end of the last hit that will be judged
   */
  constructor(file: string, text: string, until: number) {
    this.file = file;
    this.text = text;
    this.regions = perlRegions(text, until);
  }

  /** Says what a hit is. */
  judge(hit: Hit): Judged {
    const region = regionAt(this.regions, hit.start);
    if (region) return { other: region.kind };
    const from = this.text.lastIndexOf('\n', hit.start - 1) + 1;
    const before = this.text.slice(from, hit.start);
    const behind = this.text.slice(hit.end, hit.end + 80);
    if (/(?:^|[;{}\s])(?:sub|package)\s+(?:\w+::)*$/.test(before)) return { other: 'prototype' };
    if (/^\s*(?:use|no|require)\s+$/.test(before)) return { other: 'directive' };
    // A variable, a key of a hash.
    if (/[$@%](?:\w+::)*$/.test(before) && !before.endsWith('$$')) return { other: 'local' };
    if (/^\s*=>/.test(behind) || (/\{\s*$/.test(before) && /^\s*\}/.test(behind))) return { other: 'local' };
    return this.site(hit, from, behind);
  }

  /** Frees nothing. */
  free(): void {
    return;
  }

  private site(hit: Hit, from: number, behind: string): Judged {
    const line = this.text.indexOf('\n', hit.end);
    const end = line < 0 ? this.text.length : line;
    const stop = this.text.slice(hit.end, end).indexOf(';');
    const call = span(hit.start, stop < 0 ? end : hit.end + stop);
    const { owner, within } = this.ownerOf(from);
    const isText = hit.opener.as !== 'callee';
    const kind: Site['kind'] = isText ? 'text' : /^\s*(?:[($"'\w*]|->)/.test(behind) ? 'call' : 'value';
    return {
      site: {
        file: this.file,
        callee: folded(this.text.slice(hit.start, hit.end)),
        text: folded(this.text.slice(call.start, call.end)),
        statement: folded(this.text.slice(from, end)),
        kind,
        guards: [],
        owner,
        state: hit.opener.rewritten === true ? 'rewritten' : 'plain',
        gives: hit.opener.gives,
        spans: {
          callee: span(hit.start, hit.end),
          call,
          statement: span(from, end),
          owner: within,
        },
      },
    };
  }

  /** The sub whose head is the nearest above, unless a brace in the first column has ended it. */
  private ownerOf(from: number): { readonly owner: Site['owner']; readonly within: Span } {
    this.subs ??= subsIn(this.text, this.regions);
    const sub = this.subs.findLast(({ start }) => start < from);
    if (sub === undefined || hasEnded(sub, this.text, from))
      return { owner: { kind: 'file', name: '-' }, within: span(0, this.text.length) };
    return {
      owner: { kind: 'function', name: sub.name },
      within: span(sub.start, endOfSub(this.text, from)),
    };
  }
}
