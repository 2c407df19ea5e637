import type { Node, Tree } from 'web-tree-sitter';
import { GRAMMAR } from '../languages/python/grammar.ts';
import { parserFor } from '../parse/grammar.ts';
import { partsOf, pythonText } from '../languages/python/parts.ts';
import { regionAt } from '../languages/regions.ts';
import { argumentsOf, calleeOf, PythonValues } from './python-values.ts';
import type { PathValue } from './python-values.ts';
import { linesOf, NOTHING, oneLine, tooMuch } from './sourcing.ts';
import type { Named, Reader, Untold } from './sourcing.ts';

/** What may open a file as code: nearly all files have none of it, and need not be parsed. */
const CALLS =
  /\b(?:exec|execfile|run_path|Source(?:less)?FileLoader|spec_from_file_location|load_source)\s*\(/g;
/** What `exec` is given is the content of a file only where a file is read. */
const READ = /\.read(?:_text|_bytes)?\s*\(/;

/** Functions that open a file as code, and which of their arguments is its path. */
const OPENERS: Readonly<Record<string, number>> = {
  execfile: 0,
  run_path: 0,
  SourceFileLoader: 1,
  SourcelessFileLoader: 1,
  spec_from_file_location: 1,
  load_source: 1,
};

/** A reader of Python code: files that are executed or imported by their path. */
export async function pythonReader(): Promise<Reader> {
  const parser = await parserFor(GRAMMAR);
  return (bytes) => {
    const reads = READ.test(bytes);
    const some = [...bytes.matchAll(CALLS)].filter(([call]) => reads || !/^exec\s*\(/.test(call));
    if (some.length === 0) return NOTHING;
    const much = tooMuch(bytes, some.length);
    if (much !== undefined) return much;
    // A mark of the byte order is no Python to the grammar.
    const text = bytes.replace(/^\xef\xbb\xbf/, '\f\f\f');
    const { regions } = pythonText(text);
    const calls = some.filter(({ index }) => regionAt(regions, index) === undefined);
    const parts = calls.length === 0 ? [] : partsOf(text, regions);
    const trees: Tree[] = [];
    const parsed = (code: string): Node => {
      const tree = parser.parse(code);
      if (tree === null) throw new Error('tree-sitter gave no tree: the parser has no language');
      trees.push(tree);
      return tree.rootNode;
    };
    try {
      const lineAt = linesOf(text);
      const named: Named[] = [];
      const untold: Untold[] = [];
      const global = (name: string): readonly Node[] =>
        statements(text, name).flatMap((one) => valueIn(parsed(one)));
      for (const part of parts) {
        if (!calls.some(({ index }) => index >= part.start && index < part.end)) continue;
        const head = part.within === undefined ? '' : `class ${part.within}:\n`;
        const root = parsed(head + text.slice(part.start, part.end));
        const values = new PythonValues(root, global);
        for (const call of root.descendantsOfType('call')) {
          for (const path of opened(call, values)) {
            const line = lineAt(part.start + call.startIndex - head.length);
            const known = placed(values.pathOf(path));
            if (known === undefined) untold.push({ line, text: oneLine(call.text) });
            else named.push({ line, ...known, pattern: false });
          }
        }
      }
      return { named, untold };
    } finally {
      for (const tree of trees) tree.delete();
    }
  };
}

/** The statements at the top of a file that assign to a name; more lines of each than it has, at times. */
function statements(text: string, name: string): readonly string[] {
  const found = text.matchAll(new RegExp(`^${name}[ \\t]*=(?!=)[^\\n]*(?:\\n[ \\t)\\]}][^\\n]*)*`, 'gm'));
  return [...found].map(([statement]) => statement);
}

function valueIn(root: Node): readonly Node[] {
  const value = root.descendantsOfType('assignment')[0]?.childForFieldName('right');
  return value === null || value === undefined ? [] : [value];
}

/** The expressions that name the files which a call has executed. */
function opened(call: Node, values: PythonValues): readonly Node[] {
  const callee = calleeOf(call);
  const args = argumentsOf(call);
  if (callee === 'exec' || callee === 'builtins.exec') {
    const file = args[0] === undefined ? undefined : readIn(args[0], values, 0);
    return file === undefined ? [] : [file];
  }
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  const index = Object.hasOwn(OPENERS, name) ? OPENERS[name] : undefined;
  const path = index === undefined ? undefined : args[index];
  return path === undefined ? [] : [path];
}

/** The file whose content an expression is: `open(x).read()`, `f.read()`, `Path(x).read_text()`, within compile() or not. */
function readIn(node: Node, values: PythonValues, depth: number): Node | undefined {
  if (depth > 4) return undefined;
  const [expression] = node.type === 'identifier' ? values.bindings(node.text) : [node];
  if (expression === undefined) return undefined;
  if (expression.id !== node.id) return readIn(expression, values, depth + 1);
  if (node.type !== 'call') return undefined;
  const method = node.childForFieldName('function');
  if (method?.type === 'attribute') {
    const name = method.childForFieldName('attribute')?.text ?? '';
    const object = method.childForFieldName('object');
    if (object !== null && name === 'decode') return readIn(object, values, depth + 1);
    if (object !== null && (name === 'read' || name === 'read_text' || name === 'read_bytes')) {
      return name === 'read' ? openedAs(object, values, depth) : object;
    }
  }
  if (/(?:^|\.)(?:compile|bytes|str)$/.test(calleeOf(node))) {
    const [first] = argumentsOf(node);
    return first === undefined ? undefined : readIn(first, values, depth + 1);
  }
  return undefined;
}

/** The path of what an expression has opened. */
function openedAs(node: Node, values: PythonValues, depth: number): Node | undefined {
  if (node.type === 'call' && /(?:^|\.)open(?:_code)?$/.test(calleeOf(node))) return argumentsOf(node)[0];
  const [bound] = node.type === 'identifier' && depth <= 4 ? values.bindings(node.text) : [];
  return bound === undefined ? undefined : openedAs(bound, values, depth + 1);
}

/** @returns undefined for what is not known, or counts from the folder where the program happens to be */
function placed(path: PathValue | undefined): Pick<Named, 'from' | 'path'> | undefined {
  if (path === undefined) return undefined;
  if (path.itself) return { from: 'itself', path: path.text.replace(/^\/+/, '') };
  return path.text.startsWith('/') ? { from: 'root', path: path.text } : undefined;
}
