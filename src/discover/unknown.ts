import type { Target, Tree } from '../target/contract.ts';
import type { Shipped } from '../evidence/program.ts';

/** Whether a name is that of a C file. */
export const C_FILE = /\.(?:c|h|y|l|def|xs|inc|cc|cpp|cxx|hh)$/;

/** Parts of a tree that are no part of what is installed, by the usual names of their folders. */
export const LEFT =
  /(?:^|\/)(?:tests?|t|testing|testsuite|unittests?|examples?|samples?|demos?|docs?|bench(?:marks?)?|fuzz\w*)\//i;

/** Parts of a tree that are for a system without these system calls, by the usual names of their folders and files. */
const OTHER_SYSTEM =
  /(?:^|\/)(?:win(?:32|64|dows|ce)?|os2|os390|vms|amiga\w*|cygwin|msdos|djgpp|mac(?:os|osx)?|beos|haiku|plan9|netware|symbian|epoc|qnx|vos|mint|riscos|nt|pc|emscripten|wasm)(?:[-/_.]|$)|_(?:win32?|windows|msvc|mingw|vms|os2|mac)\.c$/i;

/** Parts of a tree that are programs for whoever builds or develops it, by the usual names of their folders. */
export const TOOLS = /(?:^|\/)(?:tools?|contrib|scripts?|build-?aux)\//i;

const SYSTEMS =
  '_*(?:MS_)?WIN(?:32|64|DOWS)_*|_MSC_VER|VMS|__VMS|OS2|__OS2__|__EMX__|_*MSDOS_*|DJGPP|__DJGPP__|__CYGWIN__|__MINT__|__MINGW32__|AMIGA|NETWARE|PLAN9|__BEOS__|__HAIKU__|__EMSCRIPTEN__|__wasi__|__APPLE__|_AIX|__hpux|__sgi|__sun|sun|__FreeBSD__|__NetBSD__|__OpenBSD__';

/** What stands in the place of a target where none is: the C of a tree, without what its name says is not compiled. */
export const UNKNOWN: Pick<Target, 'name' | 'masks' | 'dead'> = {
  name: 'unknown',
  masks: [
    // Documentation in the middle of code: perlpod(1).
    { files: /\.xs$/, text: /^=[a-z][\s\S]*?^=cut\b.*$/, as: 'comment' },
    // A macro that brings its comma with it, before the first argument: no parser knows what stands beside what.
    { files: /(?:)/, text: /(?<=\()\w*[A-Z]\w*_(?=\s+["&*(\w])/, as: 'comment' },
  ],
  dead: [/^0$/, new RegExp(`^(?:defined ?)?\\(?(?:${SYSTEMS})\\)?$`)],
};

/** What yacc(1), bison(1), lex(1) and flex(1) write where a line of what they make has its origin: `#line 7 "grammar.y"`. */
const ORIGIN = /^#[ \t]*line[ \t]+\d+[ \t]+"(?:[^"\n]*\/)?([^"\n/]+\.[yl])"/gm;

/** Whether a file was made from one of the grammars of its folder, which have all that it opens. */
function isMade(file: string, grammars: readonly string[], tree: Tree): boolean {
  return (
    file.endsWith('.c') &&
    grammars.length > 0 &&
    [...tree.read(file).matchAll(ORIGIN)].some(([, name = '']) => grammars.includes(folderOf(file) + name))
  );
}

/** The folder of a file, up to its last slash. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** The grammars of yacc and lex in a tree, by folders. */
function grammarsIn({ files }: Tree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    if (!/\.[yl]$/.test(file)) continue;
    const folder = folderOf(file);
    const others = found.get(folder);
    if (others) others.push(file);
    else found.set(folder, [file]);
  }
  return found;
}

/** The C files of a tree that may be a part of what is installed. */
export function shippedIn(tree: Tree): readonly Shipped[] {
  const grammars = grammarsIn(tree);
  return tree.files.flatMap((file) =>
    C_FILE.test(file) &&
    !LEFT.test(file) &&
    !OTHER_SYSTEM.test(file) &&
    !isMade(file, grammars.get(folderOf(file)) ?? [], tree)
      ? [{ file, language: 'c' }]
      : [],
  );
}
