import { describe, expect, it } from 'vitest';
import { reachedIn } from '../../src/sites/closure.ts';
import type { Named } from '../../src/languages/language.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Target } from '../../src/target/contract.ts';
import { plain } from '../fixtures/plain.ts';

/** What is found in a tree, as `file name < file:line` of its caller. */
async function found(
  files: Readonly<Record<string, string>>,
  named: readonly Named[] = [],
  target: Target = plain,
): Promise<readonly string[]> {
  const tree = memoryTree(new Map(Object.entries(files)));
  const reached = await reachedIn(await censusOf(tree, target), tree, target, named);
  return reached.map(({ file, name, caller }) => `${file} ${name} < ${caller.file}:${caller.line}`);
}

const WRAPPER = 'int my_open_any(const char *p)\n{\n  return open(p, O_RDONLY);\n}\n';
const CALLER = 'int run(char *name)\n{\n  return my_open_any(name);\n}\n';
const SEEN = ['a.c my_open_any < b.c:3'];

describe('a function that opens what other files name to it', () => {
  it('is found, with the call of it that somebody should look at', async () => {
    expect(await found({ 'a.c': WRAPPER, 'b.c': CALLER })).toEqual(SEEN);
    const more = {
      'a.c': WRAPPER,
      'a.h': 'extern int my_open_any(const char *);\n#define ANY(x) my_open_any(x)\n',
      'b.c': CALLER,
    };
    expect(await found(more)).toEqual(SEEN);
    expect(await found({ 'a.c': WRAPPER, 'a.h': more['a.h'] })).toEqual(['a.c my_open_any < a.h:2']);
  });

  it('is none where it is an opener, is named, or is called by nobody else', async () => {
    const files = { 'a.c': WRAPPER, 'b.c': CALLER };
    const opener = { ...plain.openers[2], token: /my_open_any/ } as (typeof plain.openers)[number];
    expect(await found(files, [], { ...plain, openers: [...plain.openers, opener] })).toEqual([]);
    expect(await found(files, [{ file: 'a.c', name: 'my_open_any' }])).toEqual([]);
    expect(await found(files, [{ file: 'b.c', name: 'my_open_any' }])).toEqual(SEEN);
    expect(await found({ 'a.c': WRAPPER + CALLER })).toEqual([]);
    const notShipped = [{ files: /^b/, why: 'tests' }];
    expect(await found(files, [], { ...plain, notShipped })).toEqual([]);
  });

  it.each([
    ['a prototype', 'int my_open_any(const char *);\n'],
    ['a comment', '/* my_open_any(p) */\n'],
    ['a string', 'char *s = "my_open_any(p)";\n'],
    ['a dead branch', '#if 0\nint x(char *p)\n{\n  return my_open_any(p);\n}\n#endif\n'],
    ['a member', 'int x(struct s *s)\n{\n  return s->my_open_any(0);\n}\n'],
    ['a function of its own by that name', `static ${WRAPPER}${CALLER}`],
  ])('is not called by %s', async (_what, text) => {
    expect(await found({ 'a.c': WRAPPER, 'b.c': text })).toEqual([]);
  });

  it.each([
    ['given as a value', 'int x(void)\n{\n  return each(my_open_any);\n}\n', 3],
    ['in a table', 'struct t table[] = {\n  { "any", my_open_any },\n};\n', 2],
    ['by another name', '#define other_name my_open_any\n', 1],
  ])('is called where it is %s', async (_what, text, line) => {
    expect(await found({ 'a.c': WRAPPER, 'b.c': text })).toEqual([`a.c my_open_any < b.c:${line}`]);
  });

  it('is one whose path is made of what it is given', async () => {
    // As CPython 3.14 does it: an object is encoded through an address, and a variable holds its bytes.
    const converted = `FILE*
Any_fopen(Object *path, const char *how)
{
    FILE *f;
    Object *encoded;
    if (!to_bytes(path, &encoded)) {
        return NULL;
    }
    const char *name = BYTES(encoded);
    do {
        BEGIN_THREADS
        f = fopen(name, "rb");
        END_THREADS
    } while (f == NULL && errno == EINTR);
    return f;
}
`;
    const caller = 'void x(void)\n{\n  FILE *fp = Any_fopen(filename, "rb");\n}\n';
    expect(await found({ 'a.c': converted, 'b.c': caller })).toEqual(['a.c Any_fopen < b.c:3']);
    const array = WRAPPER.replace('return', 'char full[99]; join(p, full); return').replace(
      'open(p',
      'open(full',
    );
    expect(await found({ 'a.c': array, 'b.c': CALLER })).toEqual(SEEN);
    const copied = array.replace(
      'char full[99]; join(p, full)',
      'char *full = new(); sprintf(full, "%s", p)',
    );
    expect(await found({ 'a.c': copied, 'b.c': CALLER })).toEqual(SEEN);
    const member = WRAPPER.replace('const char *p', 'struct s *p').replace('open(p', 'open(p->name');
    expect(await found({ 'a.c': member, 'b.c': CALLER })).toEqual(SEEN);
    const old = WRAPPER.replace('(const char *p)', '(n, p)\n  int n;\n  char *p;');
    expect(await found({ 'a.c': old, 'b.c': CALLER })).toEqual(SEEN);
  });

  it('is none whose path is not', async () => {
    for (const [given, opened] of [
      ['const char *p', '"/dev/tty"'],
      ['void', 'global'],
      ['int p', 'p'],
    ] as const) {
      const text = WRAPPER.replace('const char *p', given).replace('open(p', `open(${opened}`);
      expect(await found({ 'a.c': text, 'b.c': CALLER }), given).toEqual([]);
    }
  });

  it('is static only for its own file, unless that is a header', async () => {
    expect(await found({ 'a.c': `static ${WRAPPER}`, 'b.c': CALLER })).toEqual([]);
    expect(await found({ 'a.c': `MY_STATIC_INLINE ${WRAPPER}`, 'b.c': CALLER })).toEqual([]);
    expect(await found({ 'a.h': `static inline ${WRAPPER}`, 'b.c': CALLER })).toEqual([
      'a.h my_open_any < b.c:3',
    ]);
  });

  it('may be a macro with parameters', async () => {
    const macro = '#define my_open_any(p) \\\n  open((p), O_RDONLY)\n';
    expect(await found({ 'a.h': macro, 'b.c': CALLER })).toEqual(['a.h my_open_any < b.c:3']);
    expect(await found({ 'a.h': macro.replace('(p)', '(q)'), 'b.c': CALLER })).toEqual([]);
  });
});

describe('a function that hands what it is given to one of its own file', () => {
  const hands =
    'int deep(char *q)\n{\n  return open(q, 0);\n}\nint my_open_any(char *p)\n{\n  return deep(p);\n}\n';

  it('is found behind those that nobody else sees', async () => {
    expect(await found({ 'a.c': `static ${hands}`, 'b.c': CALLER })).toEqual(SEEN);
    expect(await found({ 'a.c': hands, 'b.c': CALLER })).toEqual(SEEN);
    const macro = '#define deep(q) open(q, 0)\n' + hands.slice(hands.indexOf('int my_'));
    expect(await found({ 'a.c': macro, 'b.c': CALLER })).toEqual(SEEN);
    const through = hands.replace('int my_', 'static int more(char *q)\n{\n  return deep(q);\n}\nint my_');
    const three = through.replace('deep(p)', 'more(p)');
    expect(await found({ 'a.c': `static ${three}`, 'b.c': CALLER })).toEqual(SEEN);
  });

  it('is not where another file sees that one: its calls are sites as soon as it is an opener', async () => {
    const other = CALLER.replace('my_open_any', 'deep');
    expect(await found({ 'a.c': hands, 'b.c': CALLER, 'c.c': other })).toEqual(['a.c deep < c.c:3']);
    expect(await found({ 'a.c': hands, 'b.c': CALLER }, [{ file: 'a.c', name: 'deep' }])).toEqual([]);
  });

  it('is not where it gives something else', async () => {
    expect(await found({ 'a.c': `static ${hands.replace('deep(p)', 'deep("x")')}`, 'b.c': CALLER })).toEqual(
      [],
    );
  });
});
