import { describe, expect, test } from 'vitest';
import { layout } from '../../src/runtime/layout.ts';
import { renderRuntime, type RuntimeOptions } from '../../src/runtime/render.ts';
import { STYLES, type StyleName } from '../../src/runtime/style.ts';
import { EVERYTHING } from './lab.ts';

const SAMPLE = `/* One line. */
static int
answer(const char *question, int flags)
{
    int value = count(question);

    if (value < 0) {
        /* A comment that is long enough to need a second line, whatever column it begins in. */
        report(question, "a string with call(s) in it", flags);
        return 0;
    } else
        value++;
    return (value > 0 && value < the_largest_value_that_there_is && is_prime(value) && is_prime(value + 2));
}`;

describe('layout', () => {
  test('GNU, K&R definitions', () => {
    expect(layout(SAMPLE, STYLES.gnu, { ansi: false })).toBe(`/* One line. */
static int
answer (question, flags)
     const char *question;
     int flags;
{
  int value = count (question);

  if (value < 0)
    {
      /* A comment that is long enough to need a second line, whatever column
\t it begins in. */
      report (question, "a string with call(s) in it", flags);
      return 0;
    }
  else
    value++;
  return (value > 0 && value < the_largest_value_that_there_is
\t  && is_prime (value) && is_prime (value + 2));
}`);
  });

  test('Linux', () => {
    expect(layout(SAMPLE, STYLES.linux, { ansi: true })).toBe(`/* One line. */
static int answer(const char *question, int flags)
{
\tint value = count(question);

\tif (value < 0) {
\t\t/* A comment that is long enough to need a second line,
\t\t * whatever column it begins in.
\t\t */
\t\treport(question, "a string with call(s) in it", flags);
\t\treturn 0;
\t} else
\t\tvalue++;
\treturn (value > 0 && value < the_largest_value_that_there_is
\t\t&& is_prime(value) && is_prime(value + 2));
}`);
  });

  test('PEP 7: braces around every body, below a condition of several lines on a line by themselves', () => {
    const sample = `static int
first(const int *numbers, int count)
{
    int n = 0;

    for (n = 0; n < count; n++)
        if (numbers[n] > 0)
            return n;
    if (count > the_largest_number_that_there_is)
        report("too many");
    else if (numbers == NULL)
        /* Nobody asked. */
        return -1;
    else {
        while (next(&numbers) && count)
            ;
    }
    if (count > the_largest_number_that_there_is && is_prime(count) && numbers != NULL)
        return -2;
    if (n > 0) {
        n--;
        if (n > 1)
            n--;
    }
    return n;
}`;
    expect(layout(sample, STYLES.pep7, { ansi: true })).toBe(`static int
first(const int *numbers, int count)
{
    int n = 0;

    for (n = 0; n < count; n++) {
        if (numbers[n] > 0) {
            return n;
        }
    }
    if (count > the_largest_number_that_there_is) {
        report("too many");
    }
    else if (numbers == NULL) {
        /* Nobody asked. */
        return -1;
    }
    else {
        while (next(&numbers) && count) {
            ;
        }
    }
    if (count > the_largest_number_that_there_is && is_prime(count)
        && numbers != NULL)
    {
        return -2;
    }
    if (n > 0) {
        n--;
        if (n > 1) {
            n--;
        }
    }
    return n;
}`);
  });

  test('a macro around the arguments of prototypes', () => {
    const dialect = { ansi: false, prototype: 'PARAMS' };
    expect(layout('extern int answer(int flags);', STYLES.gnu, dialect)).toBe(
      'extern int answer PARAMS((int flags));',
    );
  });
});

const styles = Object.keys(STYLES) as StyleName[];

describe.each(styles)('style %s', (style) => {
  const render = (more: Partial<RuntimeOptions>): string => renderRuntime({ ...EVERYTHING, style, ...more });

  test('no line is too wide but a directive, none ends in a blank, none is left of the template', () => {
    for (const line of [...render({}).split('\n'), ...render({ part: 'header' }).split('\n')]) {
      const columns = line.replaceAll('\t', ' '.repeat(8)).length;
      if (!line.startsWith('#')) expect(columns, line).toBeLessThanOrEqual(79);
      expect(line).not.toMatch(/\s$|<%|undefined/);
    }
  });

  test('only what was asked for', () => {
    const least = render({
      stdio: false,
      interactive: false,
      passes: false,
      descriptor: false,
      threads: false,
      exempt: 'macro',
    });
    expect([...new Set(least.match(/\bt_\w+/g))]).toEqual(['t_open_code']);
    expect(least).not.toMatch(/BUILT_IN_DENY|NO_NAME|stdio\.h|clone/);
  });

  test('functions of one file have the prefix that was asked for', () => {
    const heads = [...render({ localPrefix: 'S_' }).matchAll(/^(?:static int )?(\w+) ?\(.*\)$/gm)].map(
      ([, name]) => name,
    );
    expect(heads.length).toBeGreaterThan(10);
    expect(heads.filter((name) => !/^(?:S_|t_)/.test(name ?? ''))).toEqual([]);
  });
});
