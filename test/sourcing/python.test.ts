import { beforeAll, describe, expect, it } from 'vitest';
import { pythonReader } from '../../src/sourcing/python.ts';
import type { Reader } from '../../src/sourcing/sourcing.ts';

let read: Reader;

beforeAll(async () => {
  read = await pythonReader();
});

/** What a text names, as `line from path`, and where it cannot be told, as `line ?`. */
function names(text: string): readonly string[] {
  const { named, untold } = read(text);
  return [
    ...named.map(({ line, from, path }) => `${line} ${from} ${path}`),
    ...untold.map(({ line }) => `${line} ?`),
  ];
}

describe('what Python executes and imports by a path', () => {
  it.each([
    ['exec(open("/a").read())', '1 root /a'],
    ["exec(compile(open('/a', 'rb').read(), '/a', 'exec'), {})", '1 root /a'],
    ['exec(io.open_code("/a").read())', '1 root /a'],
    ['with open("/a") as f: exec(f.read())', '1 root /a'],
    ['with open("/a") as f:\n  code = compile(f.read(), "x", "exec")\nexec(code)', '3 root /a'],
    ['exec(open("/a", "rb").read().decode())', '1 root /a'],
    ['exec(Path("/a").read_text())', '1 root /a'],
    ['runpy.run_path("/a")', '1 root /a'],
    ['execfile("/a")', '1 root /a'],
    ['importlib.util.spec_from_file_location("x", "/a" "/b")', '1 root /a/b'],
    ["SourceFileLoader('x', r'/a\\n').load_module()", '1 root /a\\n'],
    ['A = "/a"\nclass X:\n  def f(self):\n    exec(open(A + "/b").read())', '4 root /a/b'],
    ['A = os.path.join(\n  "/a",\n  "b",\n)\nrunpy.run_path(A)', '5 root /a/b'],
    ["exec(open(os.path.join(os.path.dirname(__file__), 'a')).read())", '1 itself a'],
    ["exec((Path(__file__).parent / 'a').read_text())", '1 itself a'],
    ['run_path(dirname(dirname(abspath(__file__))) + "/a")', '1 itself ../a'],
    ['\xef\xbb\xbfexec(open("/\xc3\xa9").read())', '1 root /\xc3\xa9'],
    ['import x; exec(open("/a").read())', '1 root /a'],
  ])('%j', (text, expected) => {
    expect(names(text)).toEqual([expected]);
  });

  it.each([
    'exec(open(x).read())',
    'exec(open("a").read())',
    'exec(open(f"/a/{x}").read())',
    'exec(open("/a\\x41").read())',
    'A = "/a"\nA = "/b"\nrunpy.run_path(A)',
    'runpy.run_path(sys.argv[1])',
  ])('what %j executes cannot be told', (text) => {
    expect(names(text).map((one) => one.replace(/^\d+/, 'n'))).toEqual(['n ?']);
  });

  it.each([
    '# exec(open("/a").read())',
    '"""\nexec(open("/a").read())\n"""',
    'exec("x = 1")',
    'exec(code); open("/a").read()',
    'x.execute(open("/a").read())',
    'def execfile(path): pass',
    'eval(open("/a").read())',
  ])('%j executes nothing that is known', (text) => {
    expect(names(text)).toEqual([]);
  });

  it('data that looks like code is not parsed, which is said', () => {
    const from = Date.now();
    expect(names(`"""${'x'.repeat(4_000_000)}"""\nrun_path("/a")`)).toEqual(['0 ?']);
    expect(names('run_path("/a")\n'.repeat(20_000))).toEqual(['0 ?']);
    expect(names('"""a\n'.repeat(500_001))).toEqual([]);
    expect(Date.now() - from).toBeLessThan(10_000);
  });
});
