import { expect, it } from 'vitest';
import { textOf, trackedFiles } from './tracked.ts';

/** Turns of phrase that a reader has to read twice, each with a plain one in its place. */
const BANNED: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bis had\b/, 'name who has it'],
  [/\b(?:can|to|could|may) be had\b/, 'say available or unavailable'],
  [/\bstands? (?!for\b)/, 'say is, or comes before or after'],
  [/\bof (?:its|their|his) own\b/, 'say separate, private or its own ...'],
  [/\bthat there (?:is|are)\b/, 'say that ... exists'],
  [/\bx bits?\b/, 'say execute permission'],
];

/** What a user reads: pages, messages, help, the reasons of verdicts, the ways in. */
const READ = [
  /^(?:docs\/)?[^/]+\.md$/,
  /^src\/(?:problems|cli)\.ts$/,
  /^src\/commands\/[^/]+\.ts$/,
  /^targets\/[^/]+\/(?:rules\/[^/]+|answers)\.yml$/,
  /^targets\/[^/]+\/(?:entries|ways|deploy|wrappers)\.ts$/,
];

/** The lines of a text, of TypeScript without comments, which only programmers read. */
function read(file: string): readonly string[] {
  const text = textOf(file);
  return (file.endsWith('.ts') ? text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '') : text).split('\n');
}

/** The banned phrases of lines, each with what to say instead. */
function found(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    BANNED.filter(([phrase]) => phrase.test(line)).map(([, instead]) => `${line.trim()} (${instead})`),
  );
}

const files = trackedFiles().filter((file) => READ.some((pattern) => pattern.test(file)));

it('what a user reads has none of the phrases that a reader has to read twice', () => {
  const wrong = files.flatMap((file) => found(read(file)).map((line) => `${file}: ${line}`));
  expect(wrong).toEqual([]);
});

it('each kind of text is looked at, and each phrase is seen', () => {
  for (const pattern of READ)
    expect(
      files.some((file) => pattern.test(file)),
      String(pattern),
    ).toBe(true);
  for (const line of [
    'a source that is had',
    'the archive was not to be had',
    'a text that stands there',
    'a folder of its own',
    'all that there is',
    'files that need x bits',
  ])
    expect(found([line]), line).toHaveLength(1);
  expect(found(['`{name}` stands for a name'])).toEqual([]);
});
