import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { textOf, trackedFiles } from './tracked.ts';

const pages = trackedFiles().filter((file) => /^(?:docs\/)?[^/]+\.md$/.test(file));

/** The name by which a heading can be linked to, as GitHub makes it. */
function anchor(heading: string): string {
  return heading
    .replace(/[`*]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replace(/ /g, '-');
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}

function anchorsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));
}

/** Links of a page that lead nowhere, as they are written. */
function broken(page: string, text: string): readonly string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^\w+:/.test(link)) return false;
    const [path = '', heading] = link.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(packageFolder, file))) return true;
    return heading !== undefined && !anchorsOf(textOf(file)).includes(heading);
  });
}

describe('a link', () => {
  it('leads to a file, and to a heading of it', () => {
    expect(Object.fromEntries(pages.map((page) => [page, broken(page, textOf(page))]))).toEqual(
      Object.fromEntries(pages.map((page) => [page, []])),
    );
  });

  it('that leads nowhere is seen', () => {
    const text = '# A `b` c\n[x](#a-b-c) [x](#a-b) [y](targets.md#locks) [y](targets.md#no) [z](none.md)\n';
    // The page itself is not on the disk.
    expect(broken('docs/beds.md', text)).toEqual(['#a-b-c', '#a-b', 'targets.md#no', 'none.md']);
    expect(anchorsOf(text)).toEqual(['a-b-c']);
  });
});

it('the index of docs/ lists each page there, once', () => {
  const index = textOf('docs/README.md');
  const listed = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, link = '']) => `docs/${link}`);
  const there = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(listed.toSorted()).toEqual(there.toSorted());
});
