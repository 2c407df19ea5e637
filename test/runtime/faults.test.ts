import { afterAll, describe, expect, test } from 'vitest';
import { drive, driven, errno, type Injection, type Surroundings } from './lab.ts';
import { namespaces, needs, securebits } from '../needs.ts';
import { apart, makeScripts, WITH_SYSCTL } from './ground.ts';

const ERRORS = ['ENOSYS', 'EPERM', 'EINVAL', 'EACCES', 'EMFILE', 'ENOMEM', 'EINTR', 'EAGAIN'] as const;
const RESTRICT_FILE = 'bits=0x100';

const scripts = makeScripts();
afterAll(scripts.remove);

/** Opens a script twice under a policy that refuses it, and one more time what is allowed. */
async function opens(script: string, before: readonly string[], around: Surroundings): Promise<string[]> {
  return (await drive([...before, `open=${script}`, `open=${script}`], around)).map((line) => line.slice(5));
}

function fault(call: Injection['call'], error: string, when: Injection['when']): Surroundings {
  return { inject: [{ call, error, when }] };
}

describe('openat2 fails on a kernel that knows the flag and has the sysctl', () => {
  const possible = needs(namespaces);
  const kernel = { kernel: 2, under: apart(WITH_SYSCTL) } as const;

  test.each(ERRORS)('%s: a script without x is never opened', possible, async (error) => {
    const answers = async (when: Injection['when']): Promise<string[]> =>
      opens(scripts.no, [], { ...kernel, ...fault('openat2', error, when) });
    // A filter gives the call without a size the same answer, and is overruled by the sysctl.
    expect(await answers('always')).toEqual(['EACCES', 'EACCES']);
    // What the kernel itself says of the probe: no such flag, which the sysctl overrules; or no answer, asked again.
    const probe = error === 'EINVAL' ? 'EACCES' : error;
    expect(await answers('once')).toEqual([probe, 'EACCES']);
    expect(await answers('probe')).toEqual([probe, probe]);
    // An error of the real call is final, whatever it is.
    expect(await answers('real')).toEqual([error, error]);
  });

  test.each(ERRORS)('%s once: a script with x is opened after that', possible, async (error) => {
    const [, second] = await opens(scripts.yes, [], { ...kernel, ...fault('openat2', error, 'once') });
    expect(second).toBe('ok');
  });

  test('EACCES for the probe, as a root directory that cannot be read gives: the flag is known', async () => {
    const around = { kernel: 2, ...fault('openat2', 'EACCES', 'probe') } as const;
    expect(await opens(scripts.yes, [], around)).toEqual(['ok', 'ok']);
    expect(await opens(scripts.no, [], around)).toEqual(['EACCES', 'EACCES']);
  });

  test('the stand-in without a fault changes nothing', possible, async () => {
    expect(await opens(scripts.yes, [], kernel)).toEqual(['ok', 'ok']);
    expect(await opens(scripts.no, [], kernel)).toEqual(['EACCES', 'EACCES']);
  });

  test(
    'a kernel without the flag and a sysctl that says otherwise: nothing is opened',
    possible,
    async () => {
      expect(await opens(scripts.yes, [], { under: apart(WITH_SYSCTL) })).toEqual(['EACCES', 'EACCES']);
    },
  );
});

describe('a filter that lies where the sysctl is hidden', () => {
  test.each(ERRORS)('%s: the plain build opens, the strict one does not', async (error) => {
    const lie = { kernel: 2, ...fault('openat2', error, 'always') } as const;
    expect(await opens(scripts.no, [], lie)).toEqual(['ok', 'ok']);
    const strict = { source: 'drive.c', flags: ['-DMAYEXEC_STRICT'] } as const;
    expect(await opens(scripts.no, [], { ...lie, recipe: strict })).toEqual(['EACCES', 'EACCES']);
  });

  test.each(ERRORS.filter((error) => error !== 'EINVAL'))(
    '%s for the probe, from a kernel that is seen to answer, is taken for no filter',
    async (error) => {
      const failing = { kernel: 2, ...fault('openat2', error, 'probe') } as const;
      expect(await opens(scripts.no, [], failing)).toEqual([error, error]);
    },
  );

  test('a filter that kills on openat2 kills', async () => {
    const ended = await driven(['openat2=kill', `open=${scripts.yes}`]);
    expect(ended.signal).toBe('SIGSYS');
  });
});

describe('a filter in the process itself', () => {
  test.each([...ERRORS, 'EISDIR'])(
    '%s on openat2: opened as ever, where there is no sysctl',
    async (error) => {
      expect(await drive([`openat2=${errno(error)}`, `open=${scripts.no}`])).toEqual(['open ok']);
    },
  );

  test('0 on openat2 is no descriptor, and the standard input stays open', needs(securebits), async () => {
    const actions = ['bits=0x400', `stdin=${scripts.yes}`, 'openat2=0', `open=${scripts.no}`, 'passes=0'];
    expect(await drive(actions)).toEqual(['open ok', 'passes ok']);
  });

  test('put up after the probe: no open without the flag', needs(securebits), async () => {
    const late = [`open=${scripts.yes}`, `openat2=${errno('ENOSYS')}`, `open=${scripts.yes}`];
    expect(await drive(late, { kernel: 0 })).toEqual(['open ok', 'open ENOSYS']);
  });

  test('EINTR for ever: ends, where those who call try again without end', async () => {
    const late = [`open=${scripts.yes}`, `openat2=${errno('EINTR')}`, `again=${scripts.yes}`];
    expect(await drive(late, { kernel: 0 })).toEqual(['open ok', 'again EACCES']);
  });

  test('0 after the probe: the standard input is taken for the file, as the page says', async () => {
    const late = [`stdin=${scripts.yes}`, `open=${scripts.yes}`, 'openat2=0', 'fopen=/nowhere:r'];
    expect(await drive(late, { kernel: 2 })).toEqual(['open ok', 'fopen ok']);
  });
});

describe('execveat fails while RESTRICT_FILE is set', needs(securebits), () => {
  test.each(ERRORS)('%s: never an open that the check did not allow', async (error) => {
    const answers = (script: string, when: Injection['when']): Promise<string[]> =>
      opens(script, [RESTRICT_FILE], fault('execveat', error, when));
    // The first call is the guard, which wants EINVAL.
    const guarded = error === 'EINVAL' ? 'ok' : 'EACCES';
    expect(await answers(scripts.yes, 'always')).toEqual(['EACCES', 'EACCES']);
    expect(await answers(scripts.yes, 'once')).toEqual([guarded, 'ok']);
    expect(await answers(scripts.yes, 'probe')).toEqual([guarded, guarded]);
    expect(await answers(scripts.yes, 'real')).toEqual(['EACCES', 'EACCES']);
    expect(await answers(scripts.yes, 'retry')).toEqual([error === 'EAGAIN' ? 'ok' : 'EACCES', 'ok']);
    for (const when of ['always', 'once', 'probe', 'real', 'retry'] as const) {
      expect(await answers(scripts.no, when)).toEqual(['EACCES', 'EACCES']);
    }
  });
});

describe('prctl fails', needs(securebits), () => {
  test.each(ERRORS)('%s from the start: nothing is known of a policy, and nothing refused', async (error) => {
    const fails = fault('prctl', error, 'always');
    expect(await opens(scripts.no, [], fails)).toEqual(['ok', 'ok']);
    expect(await drive(['stdin', 'denied', 'passes=0'], fails)).toEqual(['denied ok', 'passes ok']);
    // The page says so: a filter that was there before the process hides the bits from it.
    expect(await opens(scripts.no, [RESTRICT_FILE], fails)).toEqual(['ok', 'ok']);
  });

  test.each(ERRORS)('%s in a strict build: no answer, no code', async (error) => {
    const fails = {
      ...fault('prctl', error, 'always'),
      recipe: { source: 'drive.c', flags: ['-DMAYEXEC_STRICT'] },
    } as const;
    expect(await opens(scripts.no, [], fails)).toEqual(['EACCES', 'EACCES']);
    expect(await opens(scripts.yes, [], fails)).toEqual(['ok', 'ok']);
    expect(await drive(['stdin', 'denied', 'passes=0'], fails)).toEqual(['denied EACCES', 'passes EACCES']);
    // The flag decides about files, and only the bits about the rest.
    expect(await opens(scripts.yes, [], { ...fails, kernel: 2 })).toEqual(['ok', 'ok']);
    expect(await drive(['denied'], { ...fails, kernel: 2 })).toEqual(['denied EACCES']);
    // A program of the build follows the system alone.
    expect(await drive(['exempt', `open=${scripts.no}`, 'denied'], fails)).toEqual(['open ok', 'denied ok']);
  });

  test.each(ERRORS)('%s after an answer: the bits that were seen go on to count', async (error) => {
    const late = `prctl=${errno(error)}`;
    const [no, yes] = [`open=${scripts.no}`, `open=${scripts.yes}`];
    expect(await drive([RESTRICT_FILE, yes, late, no, yes, 'denied'])).toEqual([
      'open ok',
      'open EACCES',
      'open ok',
      'denied ok',
    ]);
    expect(await drive(['bits=0x400', 'denied', late, no, 'denied', 'fork=denied'])).toEqual([
      'denied EACCES',
      'open ok',
      'denied EACCES',
      'denied EACCES',
    ]);
    expect(await drive([no, late, no, 'denied'])).toEqual(['open ok', 'open ok', 'denied ok']);
    // Of any thread, and both bits, whichever came first.
    const one = `thread=bits=0x100,${no}`;
    const other = 'thread=bits=0x400,denied';
    expect(await drive([one, other, late, no, 'denied'])).toEqual([
      'open EACCES',
      'denied EACCES',
      'open EACCES',
      'denied EACCES',
    ]);
  });
});
