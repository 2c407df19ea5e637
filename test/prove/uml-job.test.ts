import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { jobText, readAnswer } from '../../src/prove/uml/job-text.ts';
import type { GuestJob } from '../../src/prove/uml/job-text.ts';
import { missingIn } from '../../src/prove/uml/kernel.ts';

const JOB: GuestJob = {
  policy: 3,
  timeout: 20_000,
  most: 100,
  work: '/tmp/mayexec-bed-0a1b2c',
  argv: ['/bin/sh', '-c', 'echo "a b"\n', ''],
  env: { PATH: '/bin', LEFT: undefined, 'ODD NAME': 'ä%' },
  fixtures: '',
  input: undefined,
};

describe('a job for the guest', () => {
  it('is a line a word, with no byte that would end one', () => {
    expect(jobText(JOB)).toBe(
      [
        'policy 3',
        'timeout 20000',
        'most 100',
        'work /tmp/mayexec-bed-0a1b2c',
        'argument /bin/sh',
        'argument -c',
        'argument echo%20%22a%20b%22%0a',
        'argument ',
        'environment PATH%3d/bin',
        'environment ODD%20NAME%3d%c3%a4%25',
        '',
      ].join('\n'),
    );
  });

  it('says whether there is an input, an empty one too', () => {
    expect(jobText({ ...JOB, input: '' }).split('\n')).toContain('input');
    expect(jobText(JOB).split('\n')).not.toContain('input');
  });
});

describe('what the guest says', () => {
  it('is read with and without the CR that terminals put there', () => {
    const end = {
      ...{ kind: 'end', number: 12, ended: 'signal', status: 137, policy: 2, stdout: 5, stderr: 0 },
    };
    expect(readAnswer('end 12 signal 137 2 5 0')).toEqual(end);
    expect(readAnswer('end 12 signal 137 2 5 0\r')).toEqual(end);
    expect(readAnswer('ready\r')).toEqual({ kind: 'ready' });
    expect(readAnswer('failed 3 the job is not whole: Permission denied')).toEqual({
      ...{ kind: 'failed', number: 3, reason: 'the job is not whole: Permission denied' },
    });
  });

  it('has a policy that could not be read', () => {
    expect(readAnswer('end 1 exit 0 -1 0 0')).toMatchObject({ policy: -1 });
  });

  it.each(['', 'read', 'ready?', 'end 1 exit 0 3 0', 'end 1 gone 0 3 0 0', 'end x exit 0 3 0 0', 'failed x'])(
    'is nothing that it cannot say: %s',
    (line) => {
      expect(readAnswer(line)).toBeUndefined();
    },
  );
});

describe('the configuration of the kernel', () => {
  const fragment = readFileSync(join(packageFolder, 'src/prove/uml/kernel.config'), 'utf8');

  it('has options and comments, and each option once', () => {
    const lines = fragment.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines) expect(line).toMatch(/^CONFIG_[0-9A-Z_]+=(?:y|\d+|"[a-z]*")$/);
    const names = lines.map((line) => line.replace(/=.*/, ''));
    expect(new Set(names).size).toBe(names.length);
  });

  it('is missed where make has left something out', () => {
    expect(missingIn(fragment, fragment)).toEqual([]);
    const without = fragment.replace('CONFIG_SECCOMP=y', '# CONFIG_SECCOMP is not set');
    expect(missingIn(fragment, without)).toEqual(['CONFIG_SECCOMP=y']);
  });
});
