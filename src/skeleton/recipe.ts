import type { Tree } from '../target/contract.ts';

/** How a tree seems to be built. */
export interface FoundRecipe {
  /** What says so, for whoever corrects it. */
  readonly from: string;
  readonly configure: readonly string[];
  readonly make: readonly string[];
  readonly binary: string;
  readonly packages: readonly string[];
  /** What makes the compiler say more, and what it takes to optimise nothing: words of configure. */
  readonly warnings: string;
  readonly unoptimised: string;
}

const WARN = '-g -O2 -Wall -Wextra';
const PLAIN = '-O0 -g';
const flags = { warnings: `CFLAGS=${WARN}`, unoptimised: `CFLAGS=${PLAIN}` };

/**
 * Where there is no configure, its words are for make, which is called later: they are kept in a file. A makefile that has
 * words of its own in CFLAGS loses them by these.
 */
const KEEP = `printf '%s\\n' "$@" >mayexec-options`;
const KEPT =
  'while read -r word; do [ -z "$word" ] || set -- "$@" "$word"; done <mayexec-options; exec make "$@"';

/**
 * How a tree seems to be configured and made, by the files at its top: configure, autoconf, CMake, meson, a makefile.
 *
 * @param name of the interpreter, which its program is guessed to have
 */
export function recipeIn(tree: Tree, name: string): FoundRecipe {
  const program = programIn(tree, name);
  const common = ['gcc', 'libc6-dev'];
  if (tree.has('configure') || tree.has('Configure')) {
    const script = tree.has('configure') ? 'configure' : 'Configure';
    const packages = [...common, 'make'];
    return { from: script, configure: [`./${script}`], make: ['make'], binary: program, packages, ...flags };
  }
  const autoconf = ['configure.ac', 'configure.in'].find((file) => tree.has(file));
  if (autoconf !== undefined) {
    const configure = ['sh', '-c', 'autoreconf -fi && exec ./configure "$@"', 'configure'];
    const packages = [...common, 'make', 'autoconf', 'automake'];
    return { from: autoconf, configure, make: ['make'], binary: program, packages, ...flags };
  }
  if (tree.has('CMakeLists.txt'))
    return {
      from: 'CMakeLists.txt',
      configure: ['cmake', '-S', '.', '-B', 'build'],
      make: ['cmake', '--build', 'build'],
      binary: `build/${name}`,
      packages: [...common, 'cmake', 'make'],
      warnings: `-DCMAKE_C_FLAGS=${WARN}`,
      unoptimised: `-DCMAKE_C_FLAGS=${PLAIN}`,
    };
  if (tree.has('meson.build'))
    return {
      from: 'meson.build',
      configure: ['meson', 'setup', 'build'],
      make: ['ninja', '-C', 'build'],
      binary: `build/${name}`,
      packages: [...common, 'meson', 'ninja-build'],
      warnings: `-Dc_args=${WARN}`,
      unoptimised: `-Dc_args=${PLAIN}`,
    };
  const makefile = ['GNUmakefile', 'Makefile', 'makefile'].find((file) => tree.has(file));
  return {
    from: makefile ?? 'nothing: no file of a build was found at the top',
    configure: ['sh', '-c', KEEP, 'configure'],
    make: ['sh', '-c', KEPT, 'make'],
    binary: program,
    packages: [...common, 'make'],
    ...flags,
  };
}

/** Where a makefile of automake says that a program of that name is made; at the top unless one says so. */
function programIn(tree: Tree, name: string): string {
  const makefile = tree.files.find(
    (file) =>
      /(?:^|\/)Makefile\.am$/.test(file) &&
      new RegExp(`^\\s*bin_PROGRAMS\\s*\\+?=.*(?<![\\w-])${name}(?![\\w-])`, 'm').test(tree.read(file)),
  );
  return makefile === undefined ? name : makefile.replace(/Makefile\.am$/, name);
}
