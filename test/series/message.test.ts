import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/programs/run.ts';
import { header, NO_PERSON } from '../../src/series/message.ts';
import { seriesOf } from '../../src/series/series.ts';
import { needs, tool } from '../needs.ts';

const message = {
  author: NO_PERSON,
  date: '2024-02-29',
  subject: 'area: do it',
  body: '\nWhy.\n\nMore.\n\n',
  origin: 'vendor, mayexec-kit',
  forwarded: 'no',
  upstreamStatus: 'Pending',
};

describe('header', () => {
  it('is a mail with fields at the end of its body', () => {
    expect(header(message)).toBe(
      [
        'From: mayexec-kit <mayexec-kit@localhost.invalid>',
        'Date: Thu, 29 Feb 2024 12:00:00 +0000',
        'Subject: [PATCH] area: do it',
        '',
        'Why.',
        '',
        'More.',
        '',
        'Origin: vendor, mayexec-kit',
        'Forwarded: no',
        'Last-Update: 2024-02-29',
        'Upstream-Status: Pending',
        '---',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['2022-12-13', 'Tue, 13 Dec 2022'],
    ['2001-01-07', 'Sun, 7 Jan 2001'],
    ['1999-10-30', 'Sat, 30 Oct 1999'],
  ])('has the day %s as %s, whatever the time zone', (date, mail) => {
    expect(header({ ...message, date })).toContain(`\nDate: ${mail} 12:00:00 +0000\n`);
  });

  it('is read by git as it was meant, names beyond ASCII too', needs(tool('git')), async () => {
    const person = 'Jos\u00e9 \u0160vejk <j@localhost.invalid>';
    const { patches } = seriesOf([
      {
        id: 'x',
        message: { ...message, author: person, signoff: person },
        changes: [{ file: 'a', before: undefined, after: 'a\n', executable: false }],
      },
    ]);
    const top = mkdtempSync(join(tmpdir(), 'message-'));
    try {
      writeFileSync(join(top, 'p'), patches[0]?.text ?? '', 'latin1');
      const git = async (...args: string[]): Promise<string> => {
        const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
        const ended = await run('git', args, { cwd: top, env, purpose: 'a test', package: 'git' });
        expect(ended.stderr.toString()).toBe('');
        return ended.stdout.toString('utf8');
      };
      await git('init', '-q');
      await git('-c', 'user.name=A', '-c', 'user.email=a@localhost', 'am', '-q', 'p');
      expect(await git('log', '--format=%an <%ae>%n%aI%n%s%n%B')).toBe(
        [
          person,
          '2024-02-29T12:00:00+00:00',
          message.subject,
          message.subject,
          '',
          'Why.',
          '',
          'More.',
          '',
          ...['Origin: vendor, mayexec-kit', 'Forwarded: no', 'Last-Update: 2024-02-29'],
          ...['Upstream-Status: Pending', `Signed-off-by: ${person}`, '', ''],
        ].join('\n'),
      );
    } finally {
      rmSync(top, { recursive: true });
    }
  });
});
